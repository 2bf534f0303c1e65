import { Switch as Base } from '@base-ui/react/switch';
import { useId } from 'react';
import checkboxStyles from './checkbox.module.css';
import styles from './switch.module.css';

export interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean | undefined;
  readonly hideLabel?: boolean | undefined;
}

export function Switch({ label, checked, onChange, disabled, hideLabel }: SwitchProps) {
  const id = useId();
  return (
    <div className={checkboxStyles.row}>
      <Base.Root
        id={id}
        aria-labelledby={`${id}-label`}
        checked={checked}
        disabled={disabled ?? false}
        onCheckedChange={onChange}
        className={styles.track}
      >
        <Base.Thumb className={styles.thumb} />
      </Base.Root>
      <label id={`${id}-label`} htmlFor={id} className={hideLabel ? 'visually-hidden' : checkboxStyles.label}>
        {label}
      </label>
    </div>
  );
}
