import type { ReactNode } from 'react';
import { createStore } from 'zustand';

interface ShownDialog {
  readonly key: number;
  readonly render: (close: () => void) => ReactNode;
}

/** Dialogs on screen; the last is in front. */
export const dialogStore = createStore<{ readonly dialogs: readonly ShownDialog[] }>(() => ({ dialogs: [] }));

let nextKey = 1;

/** Shows a dialog until it calls `close`. */
export function showDialog(render: ShownDialog['render']): void {
  const shown = { key: nextKey++, render };
  dialogStore.setState(({ dialogs }) => ({ dialogs: [...dialogs, shown] }));
}

export function closeDialog(key: number): void {
  dialogStore.setState(({ dialogs }) => ({ dialogs: dialogs.filter((dialog) => dialog.key !== key) }));
}
