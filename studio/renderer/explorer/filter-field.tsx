import { useId } from 'react';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import styles from './filter-field.module.css';

export interface FilterFieldProps {
  readonly label: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The down arrow: on to the list. */
  readonly onDown?: (() => void) | undefined;
  /** For data-focus-first: the view this field is the first control of. */
  readonly view?: string | undefined;
}

/** One line that narrows a list; Escape empties it. */
export function FilterField({ label, clearLabel, value, onChange, onDown, view }: FilterFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <Icon name="search" className={styles.icon} />
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input
        id={id}
        data-focus-first={view}
        value={value}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        className={styles.input}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation();
            onChange('');
          }
          if (event.key === 'ArrowDown' && onDown) {
            event.preventDefault();
            onDown();
          }
        }}
      />
      {value !== '' && (
        <IconButton icon="close" label={clearLabel} className={styles.clear} onClick={() => onChange('')} />
      )}
    </div>
  );
}
