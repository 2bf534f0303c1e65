import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { Kbd } from './kbd.tsx';
import styles from './tooltip.module.css';

export interface TooltipProps {
  readonly text: string;
  /** In tinykeys' words. */
  readonly keys?: string | undefined;
  /** Where there is room for it; above when absent. */
  readonly side?: 'top' | 'right' | undefined;
  /** One element that takes props and a ref. Its own label must not depend on the tooltip. */
  readonly children: ReactElement;
}

export function Tooltip({ text, keys, side = 'top', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={500} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {text}
            {keys && <Kbd keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
