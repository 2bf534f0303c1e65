import { MENU_ACTION } from '@skerry/studio/bridge/edge-words';
import { actionStore } from '../workbench/actions.ts';

/** Runs what the desktop's menus name. */
export function followDesktopMenu(): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window || typeof event.data !== 'object' || event.data === null) return;
    const id = (event.data as { readonly [name: string]: unknown })[MENU_ACTION];
    const action = typeof id === 'string' ? actionStore.getState().actions.get(id) : undefined;
    if (action && action.isEnabled?.() !== false) void action.run();
  });
}
