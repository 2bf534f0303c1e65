import { Select as Base } from '@base-ui/react/select';
import { useId } from 'react';
import fieldStyles from './field.module.css';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';
import styles from './select.module.css';

export interface SelectOption<V extends string = string> {
  readonly value: V;
  readonly label: string;
  readonly icon?: string | undefined;
  /** Dim words behind the label. */
  readonly hint?: string | undefined;
}

export interface SelectProps<V extends string = string> {
  readonly label: string;
  readonly value: V | undefined;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
  readonly hideLabel?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly placeholder?: string | undefined;
  readonly error?: string | undefined;
}

export function Select<V extends string>(props: SelectProps<V>) {
  const { label, value, options, onChange, hideLabel, disabled, placeholder = '', error } = props;
  const id = useId();
  const chosen = options.find((option) => option.value === value);
  return (
    <Field id={id} label={label} hideLabel={hideLabel} error={error}>
      <Base.Root
        items={options}
        value={value ?? null}
        disabled={disabled ?? false}
        onValueChange={(next) => next !== null && onChange(next)}
      >
        <Base.Trigger id={id} aria-label={label} className={`${fieldStyles.input} ${styles.trigger}`}>
          {chosen?.icon && <Icon name={chosen.icon} />}
          <Base.Value className={styles.value}>
            {() => chosen?.label ?? <span className={styles.placeholder}>{placeholder}</span>}
          </Base.Value>
          <Base.Icon className={styles.arrow}>
            <Icon name="chevron-down" />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner className={styles.positioner} sideOffset={2} alignItemWithTrigger={false}>
            <Base.Popup className={styles.popup}>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={styles.item}>
                  <Base.ItemIndicator className={styles.check} keepMounted>
                    <Icon name="check" />
                  </Base.ItemIndicator>
                  {option.icon && <Icon name={option.icon} />}
                  <Base.ItemText className={styles.value}>{option.label}</Base.ItemText>
                  {option.hint && <span className={styles.hint}>{option.hint}</span>}
                </Base.Item>
              ))}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Field>
  );
}
