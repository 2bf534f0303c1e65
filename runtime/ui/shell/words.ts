/** The shell's own words; everything else an app says comes from its model. */
const WORDS = {
  en: {
    back: 'Back', close: 'Close', cancel: 'Cancel', ok: 'OK', confirm: 'Confirm', delete: 'Delete', more: 'More', menu: 'Menu', search: 'Search', clear: 'Clear',
    loadMore: 'Show more', nothingHere: 'Nothing here yet', nothingFound: 'Nothing matches “{1}”.', loading: 'Loading', retry: 'Try again', discard: 'Discard',
    deleteQuestion: 'Delete this for good?', deleteNote: 'It disappears here at once and for everybody with the next synchronisation.',
    synced: 'Synced', offline: 'Offline', syncing: 'Syncing', notSent: '{1} not sent', attention: '{1} to look at', never: 'not yet',
    syncTitle: 'Synchronisation', syncNow: 'Sync now', lastSync: 'Last sync', waiting: 'Waiting to be sent', inbox: 'Inbox', inboxEmpty: 'Nothing needs your attention.',
    connection: 'Connection', reachable: 'The service answers', unreachable: 'No connection. Your work is safe here and goes out by itself.',
    lastResult: '{1} sent, {2} received, {3} removed', storage: 'Storage', persistent: 'kept until you sign out', bestEffort: 'the browser may clear it when space runs out', memory: 'in memory only: lost when this page closes',
    version: 'App version', updateReady: 'Version {1} is ready', update: 'Update', signOut: 'Sign out', signIn: 'Sign in', signInAs: 'Demo users', name: 'Name', password: 'Password', signedInAs: 'Signed in as {1}',
    unsentTitle: 'There is unsent work', unsentNote: '{1} change(s) have not reached the service. Send them first, or they are lost when you sign out.', sendFirst: 'Send, then sign out', discardAndSignOut: 'Discard and sign out', stay: 'Stay signed in',
    firstSync: 'Getting your data', firstSyncNote: '{1} rows so far. You can start as soon as it is complete.', loadingBundle: 'Getting the app', loadingBundleNote: 'This needs a connection once.',
    pending: 'Not sent yet', inInbox: 'Needs attention', new: 'New', required: 'Fill this in.', notNumber: 'This is not a number.', notWhole: 'Use a whole number.', notDate: 'This is not a date.',
    choose: 'Choose', none: 'None', selected: '{1} selected', takePhoto: 'Take or choose a photo', chooseFile: 'Choose a file', noPhoto: 'No photo', photoMissing: 'The picture is not on this device yet.', tooLarge: 'The file is larger than {1} MB.',
    sign: 'Sign here', wipe: 'Wipe', locate: 'Use my position', locating: 'Finding your position', noPosition: 'The position cannot be found here.', scan: 'Scan',
    mine: 'Here', base: 'Before', theirs: 'Service', rejectedEntry: 'Refused', parkedEntry: 'Waiting for a decision', retryEntry: 'Apply again', discardEntry: 'Discard mine', open: 'Open', discardQuestion: 'Discard this change? It cannot be brought back.',
    saved: 'Saved', yes: 'Yes', no: 'No', unknownWidget: 'This part ({1}) cannot be shown on this device.', broken: 'This device cannot go on', foreignService: 'Another service answers here', pageMissing: 'The page {1} is not part of this app version.', needsNetwork: 'This needs a connection.', failed: 'That did not work', pull: 'Pull to refresh', gone: 'This is no longer here.', navigation: 'Main', previous: 'Previous', edit: 'Edit',
  },
  de: {
    back: 'Zurück', close: 'Schließen', cancel: 'Abbrechen', ok: 'OK', confirm: 'Bestätigen', delete: 'Löschen', more: 'Mehr', menu: 'Menü', search: 'Suchen', clear: 'Leeren',
    loadMore: 'Mehr zeigen', nothingHere: 'Noch nichts da', nothingFound: 'Nichts passt zu „{1}“.', loading: 'Lädt', retry: 'Noch einmal', discard: 'Verwerfen',
    deleteQuestion: 'Endgültig löschen?', deleteNote: 'Es verschwindet hier sofort und mit dem nächsten Abgleich für alle.',
    synced: 'Abgeglichen', offline: 'Offline', syncing: 'Gleicht ab', notSent: '{1} nicht gesendet', attention: '{1} zu prüfen', never: 'noch nie',
    syncTitle: 'Abgleich', syncNow: 'Jetzt abgleichen', lastSync: 'Letzter Abgleich', waiting: 'Wartet auf Versand', inbox: 'Eingang', inboxEmpty: 'Nichts braucht deine Aufmerksamkeit.',
    connection: 'Verbindung', reachable: 'Der Dienst antwortet', unreachable: 'Keine Verbindung. Deine Arbeit ist hier sicher und geht von selbst hinaus.',
    lastResult: '{1} gesendet, {2} empfangen, {3} entfernt', storage: 'Speicher', persistent: 'bleibt bis zur Abmeldung', bestEffort: 'der Browser kann ihn bei Platzmangel leeren', memory: 'nur im Arbeitsspeicher: weg, wenn die Seite schließt',
    version: 'App-Version', updateReady: 'Version {1} ist bereit', update: 'Aktualisieren', signOut: 'Abmelden', signIn: 'Anmelden', signInAs: 'Demo-Benutzer', name: 'Name', password: 'Passwort', signedInAs: 'Angemeldet als {1}',
    unsentTitle: 'Es gibt nicht gesendete Arbeit', unsentNote: '{1} Änderung(en) haben den Dienst nicht erreicht. Sende sie zuerst, sonst gehen sie beim Abmelden verloren.', sendFirst: 'Senden, dann abmelden', discardAndSignOut: 'Verwerfen und abmelden', stay: 'Angemeldet bleiben',
    firstSync: 'Deine Daten kommen', firstSyncNote: 'Bisher {1} Zeilen. Es geht los, sobald alles da ist.', loadingBundle: 'Die App kommt', loadingBundleNote: 'Das braucht einmal eine Verbindung.',
    pending: 'Noch nicht gesendet', inInbox: 'Bitte prüfen', new: 'Neu', required: 'Bitte ausfüllen.', notNumber: 'Das ist keine Zahl.', notWhole: 'Bitte eine ganze Zahl.', notDate: 'Das ist kein Datum.',
    choose: 'Auswählen', none: 'Keine', selected: '{1} ausgewählt', takePhoto: 'Foto aufnehmen oder wählen', chooseFile: 'Datei wählen', noPhoto: 'Kein Foto', photoMissing: 'Das Bild ist noch nicht auf diesem Gerät.', tooLarge: 'Die Datei ist größer als {1} MB.',
    sign: 'Hier unterschreiben', wipe: 'Löschen', locate: 'Meine Position', locating: 'Position wird gesucht', noPosition: 'Die Position lässt sich hier nicht finden.', scan: 'Scannen',
    mine: 'Hier', base: 'Vorher', theirs: 'Dienst', rejectedEntry: 'Abgelehnt', parkedEntry: 'Wartet auf Entscheidung', retryEntry: 'Noch einmal anwenden', discardEntry: 'Meine verwerfen', open: 'Öffnen', discardQuestion: 'Diese Änderung verwerfen? Sie lässt sich nicht zurückholen.',
    saved: 'Gespeichert', yes: 'Ja', no: 'Nein', unknownWidget: 'Dieser Teil ({1}) lässt sich auf diesem Gerät nicht zeigen.', broken: 'Dieses Gerät kann nicht weiter', foreignService: 'Hier antwortet ein anderer Dienst', pageMissing: 'Die Seite {1} gehört nicht zu dieser Version der App.', needsNetwork: 'Das braucht eine Verbindung.', failed: 'Das hat nicht geklappt', pull: 'Zum Aktualisieren ziehen', gone: 'Das gibt es nicht mehr.', navigation: 'Haupt', previous: 'Zurück', edit: 'Bearbeiten',
  },
} as const;

export type Word = keyof (typeof WORDS)['en'];
export type Say = (word: Word, ...parameters: readonly (string | number)[]) => string;

/** @param language BCP 47 tag; anything but German speaks English */
export function sayIn(language: string): Say {
  const words = language.startsWith('de') ? WORDS.de : WORDS.en;
  return (word, ...parameters) => fill(words[word], parameters);
}

/** Puts parameters in the places {1}, {2}… of a text. */
export function fill(text: string, parameters: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d+)\}/g, (place, number: string) => String(parameters[Number(number) - 1] ?? place));
}
