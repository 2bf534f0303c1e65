import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { useId, useRef, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useHost } from '../../host/host-link.ts';
import { useRun } from '../../model/use-run.ts';
import { useWords } from '../../words/index.ts';
import type { FieldProps } from '../field-control.tsx';
import { useField, useForm } from '../form-context.tsx';
import { valueAt } from '../locate.ts';
import styles from './fields.module.css';

type Preview = CallReply<'refactoring/previewRename'>;
const SHOWN = 8;

/** The name of an element. Changing it changes whatever speaks of it, which is shown before it happens. */
export function NameField({ path, label }: FieldProps) {
  const t = useWords('properties');
  const { ask } = useHost();
  const run = useRun();
  const form = useForm();
  const { value } = useField(path);
  const name = String(value ?? '');
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const [error, setError] = useState<string | undefined>(undefined);
  const [preview, setPreview] = useState<Preview | undefined>(undefined);
  const list = useId();
  const asked = useRef('');
  const element = valueAt(form.content, [...path.slice(0, -1), 'id']);
  const text = draft ?? name;

  const leave = () => {
    setDraft(undefined);
    setPreview(undefined);
    setError(undefined);
  };
  const rename = async (to: string) => {
    asked.current = '';
    leave();
    if (typeof element === 'string') await run('element.rename', { document: form.document, element, name: to });
    else form.write(path, to);
  };
  const look = async (to: string) => {
    if (to === name) return leave();
    if (typeof element !== 'string') return rename(to);
    if (asked.current === to) return;
    asked.current = to;
    try {
      const found = await ask('refactoring/previewRename', { document: form.document, element, name: to });
      if (asked.current !== to) return;
      setError(undefined);
      const elsewhere = found.changes.filter((change) => change.element !== element || change.path.at(-1) !== 'name');
      if (elsewhere.length === 0) await rename(to);
      else setPreview({ ...found, changes: elsewhere });
    } catch (fault) {
      asked.current = '';
      setError(fault instanceof Error ? fault.message : String(fault));
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter on the shown preview means yes
    <div
      onKeyDown={(event) => {
        if (event.key === 'Enter' && preview && text !== name) {
          event.preventDefault();
          event.stopPropagation();
          void rename(text);
        }
        if (event.key === 'Escape' && (preview || draft !== undefined)) {
          event.stopPropagation();
          leave();
        }
      }}
    >
      <TextField
        label={label}
        hideLabel
        value={text}
        disabled={form.isReadOnly || form.roots.length > 1}
        {...(error ? { error } : {})}
        onChange={(next) => {
          setDraft(next);
          setPreview(undefined);
          setError(undefined);
        }}
        onCommit={(next) => void look(next.trim())}
        onCancel={leave}
      />
      {preview && (
        <section className={styles.preview} aria-labelledby={list}>
          <p id={list}>{t('renameAlso', { count: preview.changes.length })}</p>
          <ul>
            {preview.changes.slice(0, SHOWN).map((change) => (
              <li key={`${change.document} ${change.path.join('/')}`}>
                <span className={styles.where}>{shortName(change.document)}</span>
                <span className={styles.after} title={`${change.before} → ${change.after}`}>
                  {change.after}
                </span>
              </li>
            ))}
            {preview.changes.length > SHOWN && (
              <li className={styles.where}>{t('renameMore', { count: preview.changes.length - SHOWN })}</li>
            )}
          </ul>
          <div className={styles.buttons}>
            <Button size="small" onMouseDown={(event) => event.preventDefault()} onClick={leave}>
              {t('cancel')}
            </Button>
            <Button
              size="small"
              tone="accent"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => void rename(text)}
            >
              {t('rename')}
            </Button>
          </div>
        </section>
      )}
    </div>
  );
}

function shortName(document: string): string {
  return document.slice(document.lastIndexOf('/') + 1).replace(/\.json$/, '');
}
