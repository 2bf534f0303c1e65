import { useStore } from 'zustand';
import { Icon } from '../design/icon.tsx';
import { Menu } from '../design/menu.tsx';
import { Tooltip } from '../design/tooltip.tsx';
import { useWords } from '../words/index.ts';
import { actionStore } from './actions.ts';
import styles from './activity-bar.module.css';
import { keysOf, runAction } from './key-bindings.ts';
import { actionItem, themeItems } from './menus.ts';
import { type SideView, viewsStore } from './views-store.ts';

const SIDES: readonly { readonly id: SideView; readonly icon: string; readonly action: string }[] = [
  { id: 'explorer', icon: 'files', action: 'view.explorer' },
  { id: 'search', icon: 'search', action: 'view.search' },
];

/** What opens beside the editors, or over them. */
const DOERS = [
  { id: 'releases.preview', icon: 'play' },
  { id: 'releases.publish', icon: 'cloud-upload' },
] as const;

/** The views of the side bar, and the settings. */
export function ActivityBar() {
  const t = useWords('workbench');
  const { side, isSideOpen } = useStore(viewsStore);
  useStore(actionStore);
  return (
    <nav aria-label={t('activity.label')} className={styles.bar}>
      {SIDES.map(({ id, icon, action }) => {
        const isShown = isSideOpen && side === id;
        return (
          <Tooltip
            key={id}
            side="right"
            text={t(`activity.${id}`)}
            keys={actionStore.getState().actions.get(action)?.keys?.[0]}
          >
            <button
              type="button"
              aria-label={t(`activity.${id}`)}
              aria-pressed={isShown}
              className={styles.item}
              onClick={() => viewsStore.setState({ side: id, isSideOpen: !isShown })}
            >
              <Icon name={icon} />
            </button>
          </Tooltip>
        );
      })}
      {DOERS.map(({ id, icon }) => {
        const action = actionStore.getState().actions.get(id);
        return (
          action && (
            <Tooltip key={id} side="right" text={action.title} keys={keysOf(action)[0]}>
              <button type="button" aria-label={action.title} className={styles.item} onClick={() => runAction(action)}>
                <Icon name={icon} />
              </button>
            </Tooltip>
          )
        );
      })}
      <span className={styles.gap} />
      <Menu
        align="end"
        trigger={
          <button type="button" aria-label={t('activity.settings')} className={styles.item}>
            <Icon name="settings-gear" />
          </button>
        }
        items={[
          ...actionItem('help.shortcuts'),
          { id: 'theme', title: t('colourTheme'), icon: 'color-mode', items: themeItems() },
          ...actionItem('view.resetLayout'),
        ]}
      />
    </nav>
  );
}
