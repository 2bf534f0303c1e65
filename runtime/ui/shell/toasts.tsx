import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { layers } from './layers.ts';
import './overlays.css';
import { useWords } from './words-context.ts';

type Level = 'information' | 'warning' | 'error';
interface Toast {
  readonly key: number;
  readonly level: Level;
  readonly text: string;
}

const SHOWN_MS = 5000;
/** Errors stay until they are read. */
const ERROR_SHOWN_MS = 15_000;
const SHAPES = { information: CircleCheck, warning: Info, error: TriangleAlert };
let keys = 0;

export function useToasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const drop = useCallback((key: number) => setToasts((known) => known.filter((toast) => toast.key !== key)), []);
  const toast = useCallback(
    (level: Level, text: string) => {
      const key = ++keys;
      setToasts((known) => [...known.filter((other) => other.text !== text), { key, level, text }].slice(-3));
      setTimeout(() => drop(key), level === 'error' ? ERROR_SHOWN_MS : SHOWN_MS);
    },
    [drop],
  );
  return { toasts: <ToastList toasts={toasts} onDrop={drop} />, toast };
}

function ToastList({ toasts, onDrop }: { readonly toasts: readonly Toast[]; onDrop(key: number): void }) {
  const say = useWords();
  const over = useSyncExternalStore(layers.subscribe, layers.top);
  const list = (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ key, level, text }) => {
        const Shape = SHAPES[level];
        return (
          <p key={key} className={`toast toast-${level}`}>
            <Shape size={18} aria-hidden />
            <span>{text}</span>
            <button type="button" className="icon-button" aria-label={say('dismiss')} onClick={() => onDrop(key)}>
              <X size={16} aria-hidden />
            </button>
          </p>
        );
      })}
    </div>
  );
  return over ? createPortal(list, over) : list;
}
