import { ContextMenu as Base } from '@base-ui/react/context-menu';
import { type ReactElement, useState } from 'react';
import styles from './menu.module.css';
import { type MenuItem, MenuItems } from './menu-items.tsx';

export interface ContextMenuProps {
  /** Asked each time the menu opens when it is a function. */
  readonly items: readonly MenuItem[] | (() => readonly MenuItem[]);
  /** One element that takes props and a ref. */
  readonly children: ReactElement;
}

/** A menu at the pointer, and at the focus with the menu key or Shift+F10. */
export function ContextMenu({ items, children }: ContextMenuProps) {
  const [shown, setShown] = useState<readonly MenuItem[]>([]);
  return (
    <Base.Root onOpenChange={(isOpen) => isOpen && setShown(typeof items === 'function' ? items() : items)}>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <MenuItems items={typeof items === 'function' ? shown : items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
