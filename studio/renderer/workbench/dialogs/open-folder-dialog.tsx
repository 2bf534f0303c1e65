import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { Badge } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Icon } from '../../design/icon.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useHost } from '../../host/host-link.ts';
import { useWords } from '../../words/index.ts';
import parts from './dialog-parts.module.css';
import styles from './open-folder-dialog.module.css';

type Listing = CallReply<'folder/list'>;

export interface OpenFolderDialogProps {
  /** Whether a folder that holds a project is wanted, or any. */
  readonly wants: 'project' | 'folder';
  readonly onChoose: (folder: string) => void | Promise<void>;
  readonly onClose: () => void;
}

/** Chooses a folder of the host's machine. */
export function OpenFolderDialog({ wants, onChoose, onClose }: OpenFolderDialogProps) {
  const t = useWords('workbench');
  const { ask } = useHost();
  const [listing, setListing] = useState<Listing>();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [error, setError] = useState<string>();

  const go = (folder?: string) => {
    ask('folder/list', folder === undefined ? {} : { folder }).then(
      (found) => {
        setListing(found);
        setTyped(found.folder);
        setChosen(undefined);
        setError(undefined);
      },
      (fault) => setError(fault instanceof Error ? fault.message : String(fault)),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first listing, once
  useEffect(() => go(), []);

  const entry = listing?.entries.find(({ name }) => name === chosen);
  const result = listing && (entry ? join(listing.folder, entry.name) : listing.folder);
  const canChoose =
    wants === 'folder' || entry?.isProject === true || (entry === undefined && typed !== listing?.folder);
  const choose = () => void onChoose(entry ? (result ?? typed) : typed);

  const move = (event: KeyboardEvent<HTMLElement>) => {
    const rows = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
    const at = rows.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === 'Backspace' && listing?.parent !== undefined) go(listing.parent);
    if (next === undefined) return;
    event.preventDefault();
    rows[Math.max(0, Math.min(next, rows.length - 1))]?.focus();
  };
  return (
    <Dialog
      title={wants === 'project' ? t('openFolder.title') : t('newProject.folder')}
      isOpen
      onClose={onClose}
      width={560}
      footer={
        <>
          <Button onClick={onClose}>{t('openFolder.cancel')}</Button>
          <Button tone="accent" disabled={!canChoose} onClick={choose}>
            {wants === 'project' ? t('openFolder.open') : t('openFolder.choose')}
          </Button>
        </>
      }
    >
      <div className={parts.line}>
        <TextField label={t('openFolder.path')} value={typed} onChange={setTyped} onCommit={go} error={error} />
        <IconButton
          icon="arrow-up"
          label={t('openFolder.up', { parent: listing?.parent ?? '' })}
          disabled={listing?.parent === undefined}
          onClick={() => go(listing?.parent)}
        />
      </div>
      {listing && (
        <section
          aria-label={t('openFolder.folders', { folder: listing.folder })}
          className={styles.folders}
          onKeyDown={move}
        >
          {listing.entries.length === 0 && <p className={styles.empty}>{t('openFolder.empty')}</p>}
          {listing.entries.map(({ name, isProject }) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === chosen}
              className={styles.folder}
              onFocus={() => setChosen(name)}
              onClick={() => setChosen(name)}
              onDoubleClick={() =>
                void (isProject && wants === 'project'
                  ? onChoose(join(listing.folder, name))
                  : go(join(listing.folder, name)))
              }
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                if (isProject && wants === 'project') void onChoose(join(listing.folder, name));
                else go(join(listing.folder, name));
              }}
            >
              <Icon name={isProject ? 'project' : 'folder'} className={isProject ? styles.project : ''} />
              <span className={styles.name}>{name}</span>
              {isProject && <Badge tone="accent">{t('openFolder.project')}</Badge>}
            </button>
          ))}
        </section>
      )}
    </Dialog>
  );
}

/** The host says paths in the way of its machine. */
function join(folder: string, name: string): string {
  const separator = folder.includes('\\') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}
