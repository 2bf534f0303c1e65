import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** Escape, the cross, a press outside. */
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the one that Enter means last. */
  readonly footer?: ReactNode;
  /** Pixels; 480 when absent. */
  readonly width?: number | undefined;
  /** Takes the focus at first instead of the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
}

export function Dialog({ title, isOpen, onClose, children, footer, width = 480, initialFocus }: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup} style={{ width }} initialFocus={initialFocus}>
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton icon="close" label="Close" />} />
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
