import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useHost } from '../../host/host-link.ts';
import { useProject } from '../../model/project-store.ts';
import { useWords } from '../../words/index.ts';
import parts from './dialog-parts.module.css';

export interface MoveDialogProps {
  readonly path: string;
  readonly name: string;
  readonly module: string;
  readonly folders: readonly string[];
  readonly onClose: () => void;
}

/** Moves a document to another folder or module: what dragging does, for the keyboard. */
export function MoveDialog({ path, name, module: from, folders, onClose }: MoveDialogProps) {
  const t = useWords('explorer');
  const { ask } = useHost();
  const form = useId();
  const modules = useProject(({ model }) => model.all('module'));
  const [module, setModule] = useState(from);
  const [folder, setFolder] = useState(folders.join('/'));
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const to = folder.split('/').map((part) => part.trim());
    const isPlain = to.length === 1 && to[0] === '';
    if (!isPlain && !to.every((part) => /^[\w -]+$/.test(part))) {
      setError(t('moveDialog.error'));
      return;
    }
    try {
      await ask('command/run', {
        command: 'document.move',
        arguments: { document: path, module, folders: isPlain ? [] : to },
      });
      onClose();
    } catch (fault) {
      setError(fault instanceof Error ? fault.message : String(fault));
    }
  };
  return (
    <Dialog
      title={t('moveDialog.title', { name })}
      isOpen
      onClose={onClose}
      width={420}
      footer={
        <>
          <Button onClick={onClose}>{t('moveDialog.cancel')}</Button>
          <Button tone="accent" type="submit" form={form}>
            {t('moveDialog.apply')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('moveDialog.folder')}
          value={folder}
          error={error}
          onChange={(next) => {
            setFolder(next);
            setError(undefined);
          }}
        />
      </form>
      <Select
        label={t('moveDialog.module')}
        value={module}
        options={[...modules.keys()].map((one) => ({ value: one, label: one }))}
        onChange={setModule}
      />
      <p className={parts.text}>{t('moveDialog.hint')}</p>
    </Dialog>
  );
}
