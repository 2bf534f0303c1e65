import { Checkbox as Base } from '@base-ui/react/checkbox';
import { useId } from 'react';
import styles from './checkbox.module.css';
import { Icon } from './icon.tsx';

export interface CheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Some of several are on. */
  readonly isMixed?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly hideLabel?: boolean | undefined;
}

export function Checkbox({ label, checked, onChange, isMixed, disabled, hideLabel }: CheckboxProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <Base.Root
        id={id}
        aria-labelledby={`${id}-label`}
        checked={checked}
        indeterminate={isMixed ?? false}
        disabled={disabled ?? false}
        onCheckedChange={onChange}
        className={styles.box}
      >
        <Base.Indicator className={styles.mark}>
          <Icon name={isMixed ? 'dash' : 'check'} />
        </Base.Indicator>
      </Base.Root>
      <label id={`${id}-label`} htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
    </div>
  );
}
