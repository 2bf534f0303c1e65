import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useHost } from '../../host/host-link.ts';
import { projectFromState, projectStore } from '../../model/project-store.ts';
import { useWords } from '../../words/index.ts';
import { showDialog } from '../dialog-store.ts';
import { showFault } from '../messages.ts';
import parts from './dialog-parts.module.css';
import styles from './new-project-dialog.module.css';
import { OpenFolderDialog } from './open-folder-dialog.tsx';

export interface NewProjectDialogProps {
  /** Id of the template that is chosen at first. */
  readonly template?: string | undefined;
  readonly onClose: () => void;
}

/** A new project from a template, into a new folder. */
export function NewProjectDialog({ template: first, onClose }: NewProjectDialogProps) {
  const t = useWords('workbench');
  const { ask } = useHost();
  const form = useId();
  const [templates, setTemplates] = useState<CallReply<'project/templates'>>([]);
  const [template, setTemplate] = useState(first);
  const [name, setName] = useState('');
  const [parent, setParent] = useState('');
  const [error, setError] = useState<string>();
  useEffect(() => {
    ask('project/templates', {}).then((found) => {
      setTemplates(found);
      setTemplate((chosen) => chosen ?? found[0]?.id);
    }, showFault);
    ask('folder/list', {}).then(({ folder }) => setParent((known) => known || folder), showFault);
  }, [ask]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!/^[A-Za-z][\w -]*$/.test(name)) {
      setError(t('newProject.nameError'));
      return;
    }
    const separator = parent.includes('\\') ? '\\' : '/';
    const folder = `${parent.replace(/[/\\]$/, '')}${separator}${name.trim().toLowerCase().replaceAll(/\s+/g, '-')}`;
    try {
      const state = await ask('project/new', { folder, name: name.trim(), template: template ?? '' });
      projectStore.setState({ project: projectFromState(state) });
      onClose();
    } catch (fault) {
      setError(fault instanceof Error ? fault.message : String(fault));
    }
  };
  const browse = () =>
    showDialog((close) => (
      <OpenFolderDialog
        wants="folder"
        onClose={close}
        onChoose={(folder) => {
          setParent(folder);
          close();
        }}
      />
    ));
  return (
    <Dialog
      title={t('newProject.title')}
      isOpen
      onClose={onClose}
      width={560}
      footer={
        <>
          <Button onClick={onClose}>{t('newProject.cancel')}</Button>
          <Button tone="accent" type="submit" form={form} disabled={template === undefined}>
            {t('newProject.create')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className={styles.form}>
        <TextField
          label={t('newProject.name')}
          value={name}
          error={error}
          onChange={(next) => {
            setName(next);
            setError(undefined);
          }}
        />
        <div className={parts.line}>
          <TextField label={t('newProject.folder')} value={parent} onChange={setParent} />
          <Button onClick={browse}>{t('newProject.browse')}</Button>
        </div>
        <fieldset className={styles.templates}>
          <legend className={styles.legend}>{t('newProject.template')}</legend>
          {templates.map(({ id, title, description }) => (
            <label key={id} className={styles.template}>
              <input type="radio" name="template" checked={template === id} onChange={() => setTemplate(id)} />
              <span className={styles.title}>{title}</span>
              <span className={styles.description}>{description}</span>
            </label>
          ))}
        </fieldset>
      </form>
    </Dialog>
  );
}
