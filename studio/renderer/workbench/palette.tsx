import { Dialog } from '@base-ui/react/dialog';
import { Command, defaultFilter } from 'cmdk';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { Icon } from '../design/icon.tsx';
import { Kbd } from '../design/kbd.tsx';
import { projectStore } from '../model/project-store.ts';
import { useWords } from '../words/index.ts';
import { activeStore } from './active-document.ts';
import { focusEditor } from './dock-store.ts';
import styles from './palette.module.css';
import { type PaletteEntry, paletteEntries } from './palette-entries.ts';

const MOST_SHOWN = 80;

export interface PaletteProps {
  /** '' documents, > commands, @ elements of the document in front, # elements of the project. */
  readonly prefix: string;
  readonly onClose: () => void;
}

/** One field to get anywhere and do anything. */
export function Palette({ prefix, onClose }: PaletteProps) {
  const t = useWords('workbench');
  const [text, setText] = useState(prefix);
  const project = useStore(projectStore, (state) => state.project);
  const active = useStore(activeStore, (state) => state.document);
  const mode = /^[>@#]/.exec(text)?.[0] ?? '';
  const entries = useMemo(() => paletteEntries(mode, project ?? undefined, active), [mode, project, active]);
  const query = text.slice(mode.length).trim();
  const shown = useMemo(() => ranked(entries, query), [entries, query]);
  const placeholder =
    mode === '>' ? t('palette.commands') : mode === '' ? t('palette.documents') : t('palette.elements');
  const run = (entry: PaletteEntry) => {
    onClose();
    // Not before the dialog has given the focus back: what runs may want it.
    setTimeout(() => {
      entry.run();
      if (entry.opensDocument) focusEditor();
    });
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Popup className={styles.popup}>
          <Dialog.Title className="visually-hidden">{t('palette.label')}</Dialog.Title>
          <Command label={t('palette.label')} shouldFilter={false} loop>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder={placeholder}
              className={styles.input}
              aria-label={placeholder}
            />
            <Command.List className={styles.list}>
              {shown.length === 0 && (
                <Command.Item disabled value="nothing" className={styles.nothing}>
                  {mode === '@' && active === undefined ? t('palette.noDocument') : t('palette.nothing')}
                </Command.Item>
              )}
              {shown.map((entry) => (
                <Command.Item key={entry.id} value={entry.id} onSelect={() => run(entry)} className={styles.item}>
                  <Icon name={entry.icon} className={styles.icon} />
                  <span className={styles.title}>{entry.title}</span>
                  <span className={styles.detail}>{entry.detail}</span>
                  {entry.keys && <Kbd keys={entry.keys} />}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Words may come in any order, and a module's name before its document's (`Field.Sites`). */
function ranked(entries: readonly PaletteEntry[], typed: string): readonly PaletteEntry[] {
  if (typed === '') return entries.slice(0, MOST_SHOWN);
  const query = typed.replaceAll('.', ' ');
  const parts = query
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  return entries
    .flatMap((entry) => {
      // The scorer is thorough and slow; most entries do not even hold the letters.
      const text = `${entry.title} ${entry.detail}`.toLowerCase();
      if (!parts.every((part) => holdsInOrder(text, part))) return [];
      const score = Math.max(
        defaultFilter(entry.title, query, [entry.detail]),
        defaultFilter(`${entry.detail} ${entry.title}`, query),
      );
      return score > 0 ? [{ entry, score }] : [];
    })
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST_SHOWN)
    .map(({ entry }) => entry);
}

function holdsInOrder(text: string, letters: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at === -1) return false;
  }
  return true;
}
