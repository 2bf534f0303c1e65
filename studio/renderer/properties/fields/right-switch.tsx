import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../words/index.ts';
import styles from './fields.module.css';

export const RIGHTS = ['none', 'read', 'readWrite'] as const;
export const RIGHT_ICONS: { readonly [right: string]: string } = {
  none: 'circle-slash',
  read: 'eye',
  readWrite: 'edit',
};

export interface RightSwitchProps {
  readonly label: string;
  /** Undefined: as the rule says for members not named. */
  readonly value: string | undefined;
  readonly fallback: string;
  readonly caption: (right: string) => string;
  readonly disabled?: boolean;
  readonly onChange: (right: string | undefined) => void;
}

/** Three rights side by side. The one that holds by default is outlined; pressing the chosen one gives it back. */
export function RightSwitch({ label, value, fallback, caption, disabled, onChange }: RightSwitchProps) {
  const t = useWords('properties');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame that the row has already
    <div role="group" aria-label={label} className={styles.switch}>
      {RIGHTS.map((right) => {
        const isDefault = value === undefined && right === fallback;
        const words = isDefault ? t('inheritsDefault', { right: caption(right) }) : caption(right);
        return (
          <button
            key={right}
            type="button"
            aria-pressed={value === right}
            aria-label={`${label}: ${words}`}
            title={words}
            data-right={right}
            data-default={isDefault || undefined}
            disabled={disabled}
            onClick={() => onChange(value === right ? undefined : right)}
          >
            <Icon name={RIGHT_ICONS[right] ?? 'circle'} />
          </button>
        );
      })}
    </div>
  );
}
