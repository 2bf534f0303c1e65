import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { Icon } from './icon.tsx';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'onClick'> {
  readonly children: ReactNode;
  readonly onClick?: ComponentProps<'button'>['onClick'];
  readonly tone?: 'plain' | 'accent' | 'danger' | undefined;
  readonly icon?: string | undefined;
  readonly size?: 'small' | 'normal' | undefined;
}

export function Button({ children, tone = 'plain', icon, size = 'normal', className = '', ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={`${styles.button} ${styles[tone]} ${styles[size]} ${className}`}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
