import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import styles from './splitter.module.css';

export interface SplitterProps {
  /** horizontal: side by side. */
  readonly direction: 'horizontal' | 'vertical';
  /** Pixels of the pane that keeps its size when the whole grows. */
  readonly initial: number;
  /** Pixels, for either pane. */
  readonly min: number;
  /** Where the size is remembered, in localStorage. */
  readonly storageKey: string;
  readonly children: readonly [ReactNode, ReactNode];
  /** Which pane keeps its size; the first when absent. */
  readonly sized?: 'first' | 'second' | undefined;
  /** Gives all room to the other pane. Both stay mounted. */
  readonly isSizedHidden?: boolean | undefined;
  readonly label?: string | undefined;
}

const STEP = 24;

export function Splitter(props: SplitterProps) {
  const { direction, initial, min, storageKey, children, sized = 'first', isSizedHidden = false } = props;
  const [size, setSize] = useState(() => remembered(storageKey) ?? initial);
  const frame = useRef<HTMLDivElement>(null);
  const isHorizontal = direction === 'horizontal';
  const sign = sized === 'first' ? 1 : -1;

  const resize = (wanted: number) => {
    const box = frame.current?.getBoundingClientRect();
    const whole = (isHorizontal ? box?.width : box?.height) ?? Number.POSITIVE_INFINITY;
    const next = Math.round(Math.max(min, Math.min(wanted, whole - min)));
    setSize(next);
    localStorage.setItem(storageKey, String(next));
  };

  const drag = (start: PointerEvent<HTMLDivElement>) => {
    if (start.button !== 0) return;
    start.preventDefault();
    const bar = start.currentTarget;
    bar.setPointerCapture(start.pointerId);
    const from = isHorizontal ? start.clientX : start.clientY;
    const before = size;
    bar.onpointermove = (move) => resize(before + sign * ((isHorizontal ? move.clientX : move.clientY) - from));
    bar.onlostpointercapture = () => {
      bar.onpointermove = null;
    };
  };

  const press = (event: KeyboardEvent) => {
    const back = isHorizontal ? 'ArrowLeft' : 'ArrowUp';
    const forth = isHorizontal ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== back && event.key !== forth) return;
    event.preventDefault();
    resize(size + sign * (event.key === forth ? STEP : -STEP));
  };

  const sizedStyle = isSizedHidden ? { display: 'none' } : { flex: 'none', [isHorizontal ? 'width' : 'height']: size };
  return (
    <div ref={frame} className={`${styles.frame} ${styles[direction]}`}>
      <div className={styles.pane} style={sized === 'first' ? sizedStyle : { flex: 1 }}>
        {children[0]}
      </div>
      {!isSizedHidden && (
        // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a widget, which <hr> is not
        <div
          role="separator"
          tabIndex={0}
          aria-label={props.label ?? 'Resize'}
          aria-orientation={isHorizontal ? 'vertical' : 'horizontal'}
          aria-valuenow={size}
          aria-valuemin={min}
          className={styles.bar}
          onPointerDown={drag}
          onKeyDown={press}
          onDoubleClick={() => resize(initial)}
        />
      )}
      <div className={styles.pane} style={sized === 'second' ? sizedStyle : { flex: 1 }}>
        {children[1]}
      </div>
    </div>
  );
}

function remembered(storageKey: string): number | undefined {
  const size = Number(localStorage.getItem(storageKey) ?? Number.NaN);
  return Number.isFinite(size) && size > 0 ? size : undefined;
}
