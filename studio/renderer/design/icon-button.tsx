import type { ComponentProps } from 'react';
import { Icon } from './icon.tsx';
import styles from './icon-button.module.css';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: string;
  /** Its name for everybody, and its tooltip. */
  readonly label: string;
  /** Makes it a switch. */
  readonly isPressed?: boolean | undefined;
  /** Shown in the tooltip, in tinykeys' words. */
  readonly keys?: string | undefined;
}

export function IconButton({ icon, label, isPressed, keys, className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={isPressed}
        {...rest}
        className={`${styles.button} ${className}`}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
