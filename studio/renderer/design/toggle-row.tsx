import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Icon } from './icon.tsx';
import styles from './toggle-row.module.css';

export interface ToggleRowProps<V extends string = string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string; readonly icon?: string | undefined }[];
  readonly onChange: (value: V) => void;
}

/** A few choices side by side, one of them on. */
export function ToggleRow<V extends string>({ label, value, options, onChange }: ToggleRowProps<V>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const [chosen] = next;
        if (chosen !== undefined) onChange(chosen as V);
      }}
      className={styles.row}
    >
      {options.map((option) => (
        <Toggle key={option.value} value={option.value} className={styles.toggle}>
          {option.icon && <Icon name={option.icon} />}
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
