import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { layers } from './layers.ts';
import './overlays.css';
import { useWords } from './words-context.ts';

interface SheetProps {
  readonly title: string;
  onClose(): void;
  readonly children: ReactNode;
  /** Stays until answered: no close button, no Escape. */
  readonly firm?: boolean;
}

/** A modal sheet: from below on a phone, in the middle on wide screens. The platform's dialog traps focus and Escape. */
export function Sheet({ title, onClose, children, firm = false }: SheetProps) {
  const say = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it still stands in the page: only then does the platform give the focus back to where it was.
  useLayoutEffect(() => {
    return dialog.current ? layers.show(dialog.current) : undefined;
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the sheet closes it; Escape does by keyboard
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (!firm) onClose();
      }}
      onClick={(event) => {
        if (!firm && event.target === event.currentTarget) onClose();
      }}
    >
      <div className="sheet-body">
        <header className="sheet-head">
          <h2 id={id}>{title}</h2>
          {!firm && (
            <button type="button" className="icon-button" aria-label={say('close')} onClick={onClose}>
              <X size={20} aria-hidden />
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  );
}
