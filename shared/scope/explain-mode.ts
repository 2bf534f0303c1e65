import { MODES, type ModeMeaning } from './modes.ts';

/** One row of the table of modes in words. Tooltips show it for one mode, docs/sync-modes.md for all. */
export interface ModeWords {
  readonly occasion: string;
  readonly meaning: string;
}

type Words<K extends keyof ModeMeaning> = { readonly [value in ModeMeaning[K] & string]: string };

const DOWNLOAD: Words<'download'> = {
  readable: 'every object the user may read',
  readableAndConstraint: 'objects the user may read and the constraint selects',
  none: 'nothing',
};
const RETAIN: Words<'retain'> = {
  mirror: 'go when they are no longer among what comes down',
  clearedOnceApplied: 'go once the service has applied them',
  held: 'stay while the user may read them',
  none: 'there are none',
};
const HANDED_OVER: Words<'handedOver'> = {
  clearedOnceApplied: RETAIN.clearedOnceApplied,
  held: RETAIN.held,
  none: RETAIN.none,
};
const UPLOAD: Words<'upload'> = {
  yes: 'goes up by itself',
  onRequest: 'goes up only when its objects are named',
  direct: 'is written at the service at once',
};
const READ: Words<'read'> = { local: 'from the device', server: 'from the service' };
const UNSYNCHRONIZED: Words<'unsynchronized'> = { upload: 'local work goes up', ignored: 'nothing happens' };
const SELECTED: Words<'selected'> = {
  uploadAndFetch: 'go up and come down, whatever the mode downloads',
  direct: 'are at the service already',
};
const CLEAR: Words<'clear'> = {
  untilNextDownload: 'removes rows until the next download; unsent work stays',
  removes: 'removes rows; unsent work stays until it is applied',
  nothing: 'does nothing',
};

/** What a mode means, occasion by occasion, in the order of the table. */
export function explainMode(mode: ModeMeaning): readonly ModeWords[] {
  return [
    { occasion: 'A full or start-up synchronisation brings', meaning: DOWNLOAD[mode.download] },
    { occasion: 'Rows on the device when it ends', meaning: RETAIN[mode.retain] },
    { occasion: 'Rows fetched by name or handed over', meaning: HANDED_OVER[mode.handedOver] },
    { occasion: 'Work done here', meaning: UPLOAD[mode.upload] },
    { occasion: 'Pages and flows read', meaning: READ[mode.read] },
    { occasion: 'Synchronise unsynchronised objects', meaning: UNSYNCHRONIZED[mode.unsynchronized] },
    { occasion: 'Synchronise selected objects: these', meaning: SELECTED[mode.selected] },
    { occasion: 'Clear from device', meaning: CLEAR[mode.clear] },
  ];
}

/** The page docs/sync-modes.md. */
export function modesDocument(): string {
  const modes = Object.values(MODES);
  const words = modes.map(explainMode);
  const [first = []] = words;
  const rows = first.map(
    ({ occasion }, at) => `| ${occasion} | ${words.map((own) => own[at]?.meaning ?? '').join(' | ')} |`,
  );
  return `# Synchronisation modes

What each mode of an entity means on a device, occasion by occasion. Generated from the one table in
\`shared/scope/modes.ts\`, by \`node scripts/generate-modes-doc.ts\`.

| | ${modes.map(({ glyph, mode }) => `${glyph} \`${mode}\``).join(' | ')} |
|---|${modes.map(() => '---|').join('')}
| Caption in the studio | ${modes.map(({ caption }) => caption).join(' | ')} |
${rows.join('\n')}
`;
}
