import type { DocumentKind } from '@skerry/shared/metamodel/kinds';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useHost } from '../../host/host-link.ts';
import { useWords } from '../../words/index.ts';
import { openDocument } from '../open.ts';

export interface NewDocumentDialogProps {
  readonly kind: DocumentKind;
  /** '' for kinds outside modules. */
  readonly module: string;
  readonly folders: readonly string[];
  readonly onClose: () => void;
}

/** Asks for the name of a new document, makes it and opens it. */
export function NewDocumentDialog({ kind, module, folders, onClose }: NewDocumentDialogProps) {
  const t = useWords('workbench');
  const { ask } = useHost();
  const form = useId();
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const wanted = name.trim() === '' ? {} : { name: name.trim() };
      const outcome =
        kind === 'module'
          ? await ask('command/run', { command: 'module.create', arguments: wanted })
          : kind === 'entity'
            ? await ask('command/run', { command: 'entity.create', arguments: { module, ...wanted } })
            : await ask('command/run', { command: 'document.create', arguments: { kind, module, folders, ...wanted } });
      onClose();
      const [made] = outcome.created;
      if (made && kind !== 'module') openDocument(made.document, { element: made.element });
    } catch (fault) {
      setError(fault instanceof Error ? fault.message : String(fault));
    }
  };
  return (
    <Dialog
      title={t(module === '' ? 'newDocument.titleAlone' : 'newDocument.title', {
        kind: t(`kind.${kind}`).toLowerCase(),
        module: [module, ...folders].join('/'),
      })}
      isOpen
      onClose={onClose}
      width={420}
      footer={
        <>
          <Button onClick={onClose}>{t('newDocument.cancel')}</Button>
          <Button tone="accent" type="submit" form={form}>
            {t('newDocument.create')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('newDocument.name')}
          value={name}
          error={error}
          placeholder={t('newDocument.free')}
          onChange={(next) => {
            setName(next);
            setError(undefined);
          }}
        />
      </form>
    </Dialog>
  );
}
