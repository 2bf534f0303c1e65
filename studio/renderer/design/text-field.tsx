import { type KeyboardEvent, type Ref, useId, useRef } from 'react';
import styles from './field.module.css';
import { Field } from './field.tsx';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The text as it stands on Enter, or when the focus leaves after typing. */
  readonly onCommit?: ((value: string) => void) | undefined;
  /** Escape. */
  readonly onCancel?: (() => void) | undefined;
  readonly placeholder?: string | undefined;
  readonly error?: string | undefined;
  readonly hideLabel?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly isMultiline?: boolean | undefined;
  readonly type?: 'text' | 'search' | undefined;
  readonly ref?: Ref<HTMLInputElement & HTMLTextAreaElement> | undefined;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, onCommit, onCancel, placeholder, error, hideLabel, disabled } = props;
  const id = useId();
  const committed = useRef(value);
  const commit = (text: string) => {
    if (committed.current !== text) onCommit?.(text);
    committed.current = text;
  };
  const control = {
    id,
    ref: props.ref,
    value,
    placeholder,
    disabled,
    spellCheck: false,
    autoComplete: 'off',
    className: styles.input,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error ? `${id}-error` : undefined,
    onFocus: () => {
      committed.current = value;
    },
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    onBlur: (event: { target: { value: string } }) => commit(event.target.value),
    onKeyDown: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      if (event.key === 'Escape' && onCancel) {
        event.stopPropagation();
        onCancel();
      }
      if (event.key === 'Enter' && (!props.isMultiline || event.ctrlKey || event.metaKey)) {
        commit(event.currentTarget.value);
      }
    },
  };
  return (
    <Field id={id} label={label} hideLabel={hideLabel} error={error}>
      {props.isMultiline ? <textarea rows={3} {...control} /> : <input type={props.type ?? 'text'} {...control} />}
    </Field>
  );
}
