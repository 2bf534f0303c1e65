import { useRef } from 'react';
import { NumberField } from '../../design/number-field.tsx';
import { useWords } from '../../words/index.ts';
import type { FieldProps } from '../field-control.tsx';
import type { FieldEditor } from '../field-editor.ts';
import { useField, useForm } from '../form-context.tsx';
import styles from './fields.module.css';

type Editor = Extract<FieldEditor, { kind: 'number' }>;
let visits = 0;

/** A number. Emptied, it is absent, or `null` where that has a meaning (unlimited); a required one keeps its value. */
export function NumberValueField({ path, editor, label, optional }: FieldProps<Editor>) {
  const t = useWords('properties');
  const form = useForm();
  const { value, isMixed } = useField(path);
  const merge = useRef('');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notes that the focus came and went
    <div
      className={styles.number}
      onFocus={() => {
        merge.current = `number-${++visits}`;
      }}
      onBlur={form.flush}
    >
      <NumberField
        label={label}
        hideLabel
        value={typeof value === 'number' && !isMixed ? value : undefined}
        step={1}
        disabled={form.isReadOnly}
        onChange={(next) => {
          const whole = next === undefined || !editor.isInteger ? next : Math.round(next);
          if (whole !== undefined) form.write(path, whole, { merge: merge.current, isTyping: true });
          else if (editor.nullable) form.write(path, null, { merge: merge.current, isTyping: true });
          else if (optional) form.write(path, undefined, { merge: merge.current, isTyping: true });
        }}
      />
      {value === null && <span className={styles.note}>{t('unlimited')}</span>}
    </div>
  );
}
