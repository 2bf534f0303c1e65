import type { RecentProject } from '@skerry/studio/bridge/calls/project-calls';
import type { MenuItem } from '../design/menu-items.tsx';
import { projectStore } from '../model/project-store.ts';
import { words } from '../words/index.ts';
import { actionStore } from './actions.ts';
import { documentHistoryStore } from './document-history.ts';
import { keysOf, runAction } from './key-bindings.ts';
import { type ThemeChoice, viewsStore } from './views-store.ts';

/** An action as a row of a menu; none when nobody registered it. */
export function actionItem(id: string, changes: { title?: string; isChecked?: boolean } = {}): readonly MenuItem[] {
  const action = actionStore.getState().actions.get(id);
  if (!action) return [];
  return [
    {
      id,
      title: action.title,
      keys: keysOf(action)[0],
      disabled: action.isEnabled?.() === false,
      run: () => runAction(action),
      ...changes,
    },
  ];
}

export function themeItems(): readonly MenuItem[] {
  const t = words('workbench');
  const now = viewsStore.getState().theme;
  const titles: readonly (readonly [ThemeChoice, string])[] = [
    ['dark', t('action.view.themeDark')],
    ['light', t('action.view.themeLight')],
    ['system', t('action.view.themeSystem')],
  ];
  return titles.map(([theme, title]) => ({
    id: theme,
    title,
    isChecked: theme === now,
    run: () => viewsStore.setState({ theme }),
  }));
}

const line = (id: string): MenuItem => ({ id, separator: true });

export interface MenuOfBar {
  readonly id: string;
  readonly title: string;
  readonly items: readonly MenuItem[];
}

/** The menus of the title bar as they are now. */
export function menuBar(recent: readonly RecentProject[], open: (folder: string) => void): readonly MenuOfBar[] {
  const t = words('workbench');
  const history = documentHistoryStore.getState();
  const whole = projectStore.getState().project?.history;
  const views = viewsStore.getState();
  const named = (key: string, label: string | undefined) =>
    label === undefined ? {} : { title: t(`action.${key}Named`, { label }) };
  const recentItems: readonly MenuItem[] =
    recent.length === 0
      ? [{ id: 'none', title: t('action.file.noRecent'), disabled: true, run: () => {} }]
      : recent.map(({ folder, name }) => ({ id: folder, title: `${name}   ${folder}`, run: () => open(folder) }));
  return [
    {
      id: 'file',
      title: t('menubar.file'),
      items: [
        ...actionItem('file.newFromTemplate'),
        ...actionItem('file.openFolder'),
        { id: 'recent', title: t('action.file.recent'), items: recentItems },
        line('1'),
        ...actionItem('file.save'),
        ...actionItem('file.saveAll'),
        ...actionItem('file.revert'),
        line('2'),
        ...actionItem('releases.publish'),
        line('3'),
        ...actionItem('file.closeProject'),
      ],
    },
    {
      id: 'edit',
      title: t('menubar.edit'),
      items: [
        ...actionItem('edit.undo', named('edit.undo', history.undo)),
        ...actionItem('edit.redo', named('edit.redo', history.redo)),
        ...actionItem('edit.undoProject', named('edit.undoProject', whole?.undo)),
        ...actionItem('edit.redoProject', named('edit.redoProject', whole?.redo)),
        line('1'),
        ...actionItem('edit.rename'),
        ...actionItem('edit.findReferences'),
      ],
    },
    {
      id: 'view',
      title: t('menubar.view'),
      items: [
        ...actionItem('view.commandPalette'),
        ...actionItem('view.goToDocument'),
        ...actionItem('view.goToElementInDocument'),
        ...actionItem('view.goToElement'),
        line('1'),
        ...actionItem('view.toggleSideBar', { isChecked: views.isSideOpen }),
        ...actionItem('view.togglePanel', { isChecked: views.isPanelOpen }),
        ...actionItem('view.toggleProperties', { isChecked: views.isPropertiesOpen }),
        line('2'),
        ...actionItem('releases.preview'),
        ...actionItem('view.nextProblem'),
        ...actionItem('view.previousProblem'),
        line('3'),
        ...actionItem('view.splitRight'),
        ...actionItem('view.splitDown'),
        ...actionItem('view.closeTab'),
        ...actionItem('view.closeOtherTabs'),
        ...actionItem('view.closeAllTabs'),
        line('4'),
        { id: 'theme', title: t('colourTheme'), items: themeItems() },
        ...actionItem('view.resetLayout'),
      ],
    },
    {
      id: 'help',
      title: t('menubar.help'),
      items: [...actionItem('help.shortcuts'), ...actionItem('view.commandPalette')],
    },
  ];
}
