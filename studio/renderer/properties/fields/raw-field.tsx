import type { Json } from '@skerry/shared/base/json';
import { useState } from 'react';
import { TextField } from '../../design/text-field.tsx';
import { useWords } from '../../words/index.ts';
import type { FieldProps } from '../field-control.tsx';
import { useField, useForm } from '../form-context.tsx';
import { useDraft } from '../use-draft.ts';
import styles from './fields.module.css';

/** JSON that nobody has declared: what an import kept, shown only, and the values of a custom widget. */
export function RawField({ path, label, fieldKey }: FieldProps) {
  const t = useWords('properties');
  const form = useForm();
  const { value } = useField(path);
  const draft = useDraft(JSON.stringify(value ?? null, null, 2));
  const [isWrong, setWrong] = useState(false);
  if (fieldKey === 'raw') {
    return (
      <div>
        <p className={styles.note}>{t('raw')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section className={styles.raw} tabIndex={0} aria-label={label}>
          <pre>{draft.text}</pre>
        </section>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notes that the focus came and went
    <div
      onFocus={draft.enter}
      onBlur={() => {
        form.flush();
        draft.leave();
        setWrong(false);
      }}
    >
      <TextField
        label={label}
        hideLabel
        isMultiline
        value={draft.text}
        disabled={form.isReadOnly}
        {...(isWrong ? { error: t('notJson') } : {})}
        onChange={(text) => {
          draft.change(text);
          const parsed = parsedJson(text);
          setWrong(parsed === undefined);
          if (parsed !== undefined) form.write(path, parsed, { merge: draft.merge, isTyping: true });
        }}
      />
    </div>
  );
}

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
