import { NumberField as Base } from '@base-ui/react/number-field';
import { useId } from 'react';
import fieldStyles from './field.module.css';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';
import styles from './number-field.module.css';

export interface NumberFieldProps {
  readonly label: string;
  /** undefined: empty. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  /** When the focus leaves, a step button is let go, or Enter is pressed. */
  readonly onCommit?: ((value: number | undefined) => void) | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  readonly error?: string | undefined;
  readonly hideLabel?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, onCommit, min, max, step, error, hideLabel, disabled } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hideLabel={hideLabel} error={error}>
      <Base.Root
        id={id}
        value={value ?? null}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        format={{ useGrouping: false, maximumFractionDigits: 10 }}
        onValueChange={(next) => onChange(next ?? undefined)}
        onValueCommitted={(next) => onCommit?.(next ?? undefined)}
      >
        <Base.Group className={styles.group}>
          <Base.Input
            className={`${fieldStyles.input} ${styles.input}`}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
          />
          <span className={styles.steps}>
            <Base.Increment className={styles.step} aria-label={`${label} +`}>
              <Icon name="chevron-up" />
            </Base.Increment>
            <Base.Decrement className={styles.step} aria-label={`${label} −`}>
              <Icon name="chevron-down" />
            </Base.Decrement>
          </span>
        </Base.Group>
      </Base.Root>
    </Field>
  );
}
