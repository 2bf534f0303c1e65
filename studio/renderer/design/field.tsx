import type { ReactNode } from 'react';
import styles from './field.module.css';

export interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hideLabel?: boolean | undefined;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** A label above a control, and what is wrong with its value below. */
export function Field({ id, label, hideLabel, error, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children}
      {error && (
        <span id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
