import '@vscode/codicons/dist/codicon.css';
import styles from './icon.module.css';

export interface IconProps {
  /** A codicon's name without prefix. */
  readonly name: string;
  readonly className?: string | undefined;
}

/** A decoration: what it means stands in the text or label beside it. */
export function Icon({ name, className = '' }: IconProps) {
  return <span aria-hidden="true" className={`codicon codicon-${name} ${styles.icon} ${className}`} />;
}
