import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, type RefObject, useRef } from 'react';
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
  /** Takes the focus at first instead of the first control of the body. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
}

const CONTROLS = 'input, textarea, select, button, [tabindex="0"]';

export function Dialog({ title, isOpen, onClose, children, footer, width = 480, initialFocus }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  const firstControl = () => body.current?.querySelector<HTMLElement>(CONTROLS) ?? true;
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup} style={{ width }} initialFocus={initialFocus ?? firstControl}>
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton icon="close" label="Close" />} />
          </header>
          <div ref={body} className={styles.body}>
            {children}
          </div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
