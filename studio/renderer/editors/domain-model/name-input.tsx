import { type FocusEvent, useEffect, useRef } from 'react';
import styles from './entity-card.module.css';

export interface NameInputProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string | undefined;
  /** Enter, or the focus leaves; `byEnter` tells them apart. */
  readonly onCommit: (value: string, byEnter: boolean) => void | Promise<void>;
  readonly onCancel: () => void;
}

/** A name being written in place: Enter takes it, Escape forgets it. */
export function NameInput({ label, value, placeholder, onCommit, onCancel }: NameInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    isDone.current = false;
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, []);
  const end = (byEnter: boolean, text: string) => {
    if (isDone.current) return;
    isDone.current = true;
    // The canvas takes the keyboard back, so that the next arrow key walks on.
    if (byEnter) input.current?.closest<HTMLElement>('.react-flow')?.focus({ preventScroll: true });
    void onCommit(text.trim(), byEnter);
  };
  return (
    <input
      ref={input}
      aria-label={label}
      className={`nodrag nopan ${styles.input}`}
      defaultValue={value}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(true, event.currentTarget.value);
        if (event.key === 'Escape') {
          isDone.current = true;
          input.current?.closest<HTMLElement>('.react-flow')?.focus({ preventScroll: true });
          onCancel();
        }
      }}
      onBlur={(event: FocusEvent<HTMLInputElement>) => {
        // A menu that belongs to the row (the type) does not end the writing.
        if (event.relatedTarget?.closest('[data-row-control]')) {
          isDone.current = false;
          return;
        }
        end(false, event.currentTarget.value);
      }}
    />
  );
}
