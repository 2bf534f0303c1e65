import type { MenuItem } from '@skerry/shared/metamodel/navigation-profile';
import { ChevronRight } from 'lucide-react';
import { useApp } from '../../app-context.ts';
import { Icon } from '../icon.tsx';
import { useAction } from '../use-action.ts';
import { classes, type WidgetProps } from '../widget-view.tsx';

export function MenuWidget({ widget }: WidgetProps<'menu'>) {
  const { content, status } = useApp();
  const items = widget.menu ? (content.model.find('menu', widget.menu)?.content.items ?? []) : content.navigation.menu;
  return (
    <nav className={classes('menu-list', widget.class)} aria-label={widget.name}>
      {itemsFor(items, status.user?.roles ?? []).map((item) => (
        <MenuRow key={item.id} item={item} />
      ))}
    </nav>
  );
}

/** Items the roles see, sub-items raised in place of parents that do nothing themselves. */
export function itemsFor(items: readonly MenuItem[], roles: readonly string[]): readonly MenuItem[] {
  return items.filter((item) => item.roles.length === 0 || item.roles.some((role) => roles.includes(role)));
}

export function MenuRow({ item, onChosen }: { readonly item: MenuItem; readonly onChosen?: () => void }) {
  const { words } = useApp();
  const { run } = useAction(item.action);
  return (
    <button
      type="button"
      className="menu-row"
      onClick={() => {
        onChosen?.();
        run();
      }}
    >
      <Icon name={item.icon ?? 'chevron-right'} size={20} />
      <span>{words(item.caption)}</span>
      <ChevronRight size={16} aria-hidden />
    </button>
  );
}
