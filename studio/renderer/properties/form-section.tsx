import { type ReactNode, useId, useState } from 'react';
import { Icon } from '../design/icon.tsx';
import styles from './form.module.css';

export interface FormSectionProps {
  readonly title: string;
  readonly isClosed?: boolean;
  readonly children: ReactNode;
}

/** A titled group of rows that can be folded away. */
export function FormSection({ title, isClosed = false, children }: FormSectionProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(!isClosed);
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h3 className={styles.heading}>
        <button id={id} type="button" aria-expanded={isOpen} className={styles.fold} onClick={() => setOpen(!isOpen)}>
          <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
          {title}
        </button>
      </h3>
      {isOpen && <div className={styles.rows}>{children}</div>}
    </section>
  );
}
