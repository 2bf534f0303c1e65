import { createStore, useStore } from 'zustand';

/** The document of the tab in front; undefined when nothing is open. */
export const activeStore = createStore<{ readonly document: string | undefined }>(() => ({ document: undefined }));

export function useActiveDocument(): string | undefined {
  return useStore(activeStore, ({ document }) => document);
}
