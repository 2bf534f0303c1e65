import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/text-field.tsx';
import { type HostLink, useHost } from '../../host/host-link.ts';
import { projectStore } from '../../model/project-store.ts';
import { useWords } from '../../words/index.ts';
import { showDialog } from '../dialog-store.ts';
import { describeDocument, fullTitle } from '../document-info.ts';
import { showFault } from '../messages.ts';
import styles from './dialog-parts.module.css';

type Preview = CallReply<'refactoring/previewRename'>;

export interface Renamed {
  readonly document: string;
  readonly element: string;
  /** The name as it is. */
  readonly name: string;
}

/** Asks for a new name, shows what changes with it, and renames. */
export function renameElement(_link: HostLink, element: Renamed): void {
  showDialog((close) => <RenameDialog element={element} onClose={close} />);
}

/**
 * Renames to a name that has been typed already: at once when nothing but the own name changes, else after a look at
 * what changes with it.
 */
export async function renameTo(link: HostLink, element: Renamed, name: string): Promise<void> {
  if (name === element.name || name === '') return;
  try {
    const preview = await link.ask('refactoring/previewRename', {
      document: element.document,
      element: element.element,
      name,
    });
    if (others(preview, element).length === 0) await rename(link, element, name);
    else {
      await focusSettled();
      showDialog((close) => <RenameDialog element={element} first={{ name, preview }} onClose={close} />);
    }
  } catch (error) {
    showFault(error);
  }
}

/** A tree takes the focus back when its field goes, a frame or two after the name was typed; the dialog comes behind that. */
function focusSettled(): Promise<void> {
  return new Promise((resolve) =>
    setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

async function rename(link: HostLink, { document, element }: Renamed, name: string): Promise<void> {
  await link.ask('command/run', { command: 'element.rename', arguments: { document, element, name } });
}

/** What changes besides the own name. */
function others(preview: Preview, { document, element }: Renamed): Preview['changes'] {
  return preview.changes.filter((change) => {
    const isOwn = change.document === document && (change.element === undefined || change.element === element);
    return !(isOwn && change.path.at(-1) === 'name');
  });
}

interface RenameDialogProps {
  readonly element: Renamed;
  readonly first?: { readonly name: string; readonly preview: Preview };
  readonly onClose: () => void;
}

function RenameDialog({ element, first, onClose }: RenameDialogProps) {
  const t = useWords('workbench');
  const link = useHost();
  const form = useId();
  const [name, setName] = useState(first?.name ?? element.name);
  const [preview, setPreview] = useState(first);
  const [error, setError] = useState<string>();
  const isPreviewed = preview?.name === name;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name === element.name || name.trim() === '') {
      setError(t('rename.same'));
      return;
    }
    try {
      if (isPreviewed) {
        await rename(link, element, name);
        onClose();
        return;
      }
      const found = await link.ask('refactoring/previewRename', {
        document: element.document,
        element: element.element,
        name,
      });
      if (others(found, element).length > 0) setPreview({ name, preview: found });
      else {
        await rename(link, element, name);
        onClose();
      }
    } catch (fault) {
      setError(fault instanceof Error ? fault.message : String(fault));
    }
  };
  const changes = isPreviewed && preview ? others(preview.preview, element) : [];
  return (
    <Dialog
      title={t('rename.title', { name: element.name })}
      isOpen
      onClose={onClose}
      width={changes.length > 0 ? 640 : 420}
      footer={
        <>
          <Button onClick={onClose}>{t('rename.cancel')}</Button>
          <Button tone="accent" type="submit" form={form}>
            {isPreviewed ? t('rename.apply') : t('rename.preview')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('rename.label')}
          value={name}
          error={error}
          onChange={(next) => {
            setName(next);
            setError(undefined);
          }}
        />
      </form>
      {isPreviewed && changes.length > 0 && (
        <>
          <p className={styles.text}>{t('rename.changes', { count: changes.length })}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable */}
          <ul className={styles.list} tabIndex={0} aria-label={t('rename.preview')}>
            {changes.map((change) => (
              <li key={`${change.document} ${change.path.join('/')}`} className={styles.row}>
                <span className={styles.where}>{titleOf(change.document)}</span>
                <span className={styles.what}>
                  <span className={styles.before}>{change.before}</span>{' '}
                  <span className={styles.after}>{change.after}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

function titleOf(path: string): string {
  const info = describeDocument(path);
  return info ? fullTitle(info) : path;
}

/** The name of a document's own element, for renaming it. */
export function renamedDocument(path: string): Renamed | undefined {
  const content = projectStore.getState().project?.content.get(path);
  if (typeof content?.id !== 'string' || typeof content.name !== 'string') return undefined;
  return { document: path, element: content.id, name: content.name };
}
