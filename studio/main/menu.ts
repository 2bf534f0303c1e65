import type { MenuItemConstructorOptions } from 'electron';
import { workbenchWords } from '../renderer/words/workbench.ts';

type ActionId = keyof typeof workbenchWords.action;

/** Actions of the workbench by menu; their keys are the workbench's own. */
export const MENU_ACTIONS = {
  file: ['file.newFromTemplate', 'file.openFolder', 'file.save', 'file.saveAll', 'file.closeProject'],
  edit: ['edit.undo', 'edit.redo', 'edit.rename', 'edit.findReferences'],
  view: ['view.commandPalette', 'view.goToDocument', 'view.problems', 'view.resetLayout'],
} as const satisfies { readonly [menu: string]: readonly ActionId[] };

/** The application's menus. @param run runs an action of the workbench in the window that has the focus */
export function menuTemplate(run: (action: string) => void, isMac: boolean): MenuItemConstructorOptions[] {
  const actions = (ids: readonly ActionId[]): MenuItemConstructorOptions[] =>
    ids.map((id) => ({ id, label: workbenchWords.action[id], click: () => run(id) }));
  const roles = (...all: NonNullable<MenuItemConstructorOptions['role']>[]): MenuItemConstructorOptions[] => [
    { type: 'separator' },
    ...all.map((role) => ({ role })),
  ];
  const { menubar } = workbenchWords;
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: menubar.file, submenu: [...actions(MENU_ACTIONS.file), ...roles(isMac ? 'close' : 'quit')] },
    { label: menubar.edit, submenu: [...actions(MENU_ACTIONS.edit), ...roles('cut', 'copy', 'paste', 'selectAll')] },
    {
      label: menubar.view,
      submenu: [...actions(MENU_ACTIONS.view), ...roles('zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen')],
    },
    { role: 'windowMenu' },
  ];
}
