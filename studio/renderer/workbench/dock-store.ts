import type { DockviewApi } from 'dockview-react';
import { createStore } from 'zustand';
import { activeStore } from './active-document.ts';

/** The editor area while it is on screen. */
export const dockStore = createStore<{ readonly api: DockviewApi | undefined }>(() => ({ api: undefined }));

/** Paths of the open tabs. */
export function openTabs(): readonly string[] {
  return dockStore.getState().api?.panels.map((panel) => panel.id) ?? [];
}

export function closeTab(path: string): void {
  dockStore.getState().api?.getPanel(path)?.api.close();
}

export function closeOtherTabs(path: string | undefined): void {
  for (const open of openTabs()) if (open !== path) closeTab(open);
}

/** Brings the next or previous tab of the group in front to the front, round the end. */
export function stepTab(step: 1 | -1): void {
  const group = dockStore.getState().api?.activeGroup;
  const at = group?.activePanel ? group.panels.indexOf(group.activePanel) : -1;
  if (!group || at === -1) return;
  group.panels[(at + step + group.panels.length) % group.panels.length]?.api.setActive();
}

/** Moves the tab in front into a new group beside its own. */
export function splitTab(direction: 'right' | 'bottom'): void {
  const panel = dockStore.getState().api?.activePanel;
  if (panel && panel.group.panels.length > 1) panel.api.moveTo({ group: panel.group, position: direction });
}

/** Puts the keyboard into the editor in front, as soon as it is on screen. */
export function focusEditor(): void {
  requestAnimationFrame(() => {
    const { document: path } = activeStore.getState();
    if (path === undefined) return;
    const editor = document.querySelector<HTMLElement>(`[data-editor="${CSS.escape(path)}"]`);
    if (editor && !editor.contains(document.activeElement)) editor.focus();
  });
}
