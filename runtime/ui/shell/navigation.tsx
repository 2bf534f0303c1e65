import type { MenuItem } from '@skerry/shared/metamodel/navigation-profile';
import { useMemo, useState } from 'react';
import { createPageState, PageContext, ScopeContext, useApp } from '../app-context.ts';
import { Icon } from '../widgets/icon.tsx';
import { itemsFor, MenuRow } from '../widgets/system/menu-widget.tsx';
import { useAction } from '../widgets/use-action.ts';
import { FittedCaption } from './fitted-caption.tsx';
import { Sheet } from './sheet.tsx';

/** As many as a thumb can hit on 360 px. */
const TABS = 5;

/** The profile's menu: a bar at the bottom of a phone, a rail beside the page on wide screens. */
export function Navigation({ page }: { readonly page: string }) {
  const { content, say, status, words } = useApp();
  const [open, setOpen] = useState<readonly MenuItem[] | null>(null);
  const state = useMemo(createPageState, []);
  const items = itemsFor(content.navigation.menu, status.user?.roles ?? []);
  if (items.length === 0) return null;
  const tabs = items.length <= TABS ? items : items.slice(0, TABS - 1);
  const rest = items.slice(tabs.length);
  return (
    <PageContext value={state}>
      <ScopeContext value={{ variables: new Map(), entity: null, readOnly: false }}>
        <nav className="navigation" aria-label={say('navigation')}>
          {tabs.map((item) => (
            <NavigationTab
              key={item.id}
              item={item}
              page={page}
              onOpen={() => setOpen(itemsFor(item.items, status.user?.roles ?? []))}
            />
          ))}
          {rest.length > 0 && (
            <button type="button" className="navigation-tab" aria-haspopup="dialog" onClick={() => setOpen(rest)}>
              <Icon name="ellipsis" size={22} />
              <FittedCaption text={say('more')} />
            </button>
          )}
        </nav>
        {open && (
          <Sheet
            title={
              words(items.find(({ items: children }) => children.some(({ id }) => id === open[0]?.id))?.caption) ||
              say('more')
            }
            onClose={() => setOpen(null)}
          >
            <div className="menu-list">
              {open.map((item) => (
                <MenuRow key={item.id} item={item} onChosen={() => setOpen(null)} />
              ))}
            </div>
          </Sheet>
        )}
      </ScopeContext>
    </PageContext>
  );
}

function NavigationTab({ item, page, onOpen }: { readonly item: MenuItem; readonly page: string; onOpen(): void }) {
  const { words } = useApp();
  const { run } = useAction(item.action);
  const group = item.items.length > 0;
  const current = group
    ? item.items.some(({ action }) => action.kind === 'openPage' && action.page === page)
    : item.action.kind === 'openPage' && item.action.page === page;
  return (
    <button
      type="button"
      className="navigation-tab"
      aria-current={current ? 'page' : undefined}
      aria-haspopup={group ? 'dialog' : undefined}
      onClick={group ? onOpen : run}
    >
      <Icon name={item.icon ?? 'circle'} size={22} />
      <FittedCaption text={words(item.caption)} />
    </button>
  );
}
