import { createStore } from 'zustand';

/** Something a person can do from the palette, a menu or the keyboard. */
export interface Action {
  /** `area.verb`, also the key of a rebinding. */
  readonly id: string;
  readonly title: string;
  readonly category: string;
  /** In tinykeys' words (`$mod+Shift+KeyP`); the first is shown. Browser-taken keys need a second. */
  readonly keys?: readonly string[];
  /** Absent: always. */
  readonly isEnabled?: () => boolean;
  readonly run: () => void | Promise<void>;
}

export const actionStore = createStore<{ readonly actions: ReadonlyMap<string, Action> }>(() => ({
  actions: new Map(),
}));

/** @returns how to take them back; editors register theirs while they are active */
export function registerActions(actions: readonly Action[]): () => void {
  actionStore.setState((state) => ({
    actions: new Map([...state.actions, ...actions.map((one) => [one.id, one] as const)]),
  }));
  return () =>
    actionStore.setState((state) => ({
      actions: new Map(
        [...state.actions].filter(([id, action]) => !actions.some((one) => one.id === id && one === action)),
      ),
    }));
}
