import { Menu } from '@base-ui/react/menu';
import { Icon } from './icon.tsx';
import { keysText } from './keys-text.ts';
import styles from './menu.module.css';

interface Titled {
  readonly id: string;
  readonly title: string;
  readonly icon?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export interface MenuCommand extends Titled {
  /** In tinykeys' words. */
  readonly keys?: string | undefined;
  readonly tone?: 'plain' | 'danger' | undefined;
  /** Makes it a choice that is on or off. */
  readonly isChecked?: boolean | undefined;
  readonly run: () => void;
}

export interface MenuSeparator {
  readonly id: string;
  readonly separator: true;
}

export interface Submenu extends Titled {
  readonly items: readonly MenuItem[];
}

export type MenuItem = MenuCommand | MenuSeparator | Submenu;

/** The rows of a menu, submenus within. Works inside Menu and ContextMenu alike. */
export function MenuItems({ items }: { readonly items: readonly MenuItem[] }) {
  return items.map((item) => {
    if ('separator' in item) return <Menu.Separator key={item.id} className={styles.separator} />;
    if ('items' in item) return <SubmenuRow key={item.id} item={item} />;
    return <CommandRow key={item.id} item={item} />;
  });
}

function CommandRow({ item }: { readonly item: MenuCommand }) {
  const content = (
    <>
      <span className={styles.icon}>
        {item.isChecked ? <Icon name="check" /> : item.icon ? <Icon name={item.icon} /> : null}
      </span>
      <span className={styles.title}>{item.title}</span>
      {item.keys && <span className={styles.keys}>{keysText(item.keys)}</span>}
    </>
  );
  const common = {
    disabled: item.disabled ?? false,
    className: `${styles.item} ${item.tone === 'danger' ? styles.danger : ''}`,
  };
  if (item.isChecked === undefined) {
    return (
      <Menu.Item {...common} onClick={item.run}>
        {content}
      </Menu.Item>
    );
  }
  return (
    <Menu.CheckboxItem {...common} checked={item.isChecked} onCheckedChange={item.run} closeOnClick>
      {content}
    </Menu.CheckboxItem>
  );
}

function SubmenuRow({ item }: { readonly item: Submenu }) {
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger disabled={item.disabled ?? false} className={styles.item}>
        <span className={styles.icon}>{item.icon && <Icon name={item.icon} />}</span>
        <span className={styles.title}>{item.title}</span>
        <Icon name="chevron-right" />
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner className={styles.positioner} sideOffset={-2} alignOffset={-5}>
          <Menu.Popup className={styles.popup}>
            <MenuItems items={item.items} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}
