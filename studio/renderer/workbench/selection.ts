import { createStore, useStore } from 'zustand';

/** What the properties panel shows. No elements: the document itself. Never part of the history. */
export interface Selection {
  readonly document: string;
  /** Ids; the last one is the one the user touched last. */
  readonly elements: readonly string[];
}

export const selectionStore = createStore<{ readonly selection: Selection | undefined }>(() => ({
  selection: undefined,
}));

export function select(document: string, elements: readonly string[] = []): void {
  const { selection } = selectionStore.getState();
  const same =
    selection?.document === document &&
    selection.elements.length === elements.length &&
    selection.elements.every((id, i) => id === elements[i]);
  if (!same) selectionStore.setState({ selection: { document, elements } });
}

export function useSelection(): Selection | undefined {
  return useStore(selectionStore, ({ selection }) => selection);
}

const NONE: readonly string[] = [];
/** Ids selected in a document. */
export function useSelectedElements(document: string): readonly string[] {
  return useStore(selectionStore, ({ selection }) => (selection?.document === document ? selection.elements : NONE));
}
