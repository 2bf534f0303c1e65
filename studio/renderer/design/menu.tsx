import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import styles from './menu.module.css';
import { type MenuItem, MenuItems } from './menu-items.tsx';

export type { MenuItem } from './menu-items.tsx';

export interface MenuProps {
  readonly items: readonly MenuItem[];
  /** A button (Button, IconButton) that opens the menu. */
  readonly trigger: ReactElement;
  readonly align?: 'start' | 'center' | 'end' | undefined;
}

export function Menu({ items, trigger, align = 'start' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} align={align} sideOffset={2}>
          <Base.Popup className={styles.popup}>
            <MenuItems items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
