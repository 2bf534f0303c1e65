import { createStore } from 'zustand';

export const ENTITY_TABS = [
  'attributes',
  'associations',
  'validation',
  'indexes',
  'handlers',
  'access',
  'conflicts',
] as const;
export type EntityTab = (typeof ENTITY_TABS)[number];

export interface OpenEntityDialog {
  /** Path of the entity's document. */
  readonly document: string;
  readonly tab: EntityTab;
}

/** The dialog that is open; EntityDialogHost shows it. */
export const entityDialogStore = createStore<{ readonly open: OpenEntityDialog | undefined }>(() => ({
  open: undefined,
}));

export function openEntityDialog(document: string, tab: EntityTab = 'attributes'): void {
  entityDialogStore.setState({ open: { document, tab } });
}

export function closeEntityDialog(): void {
  entityDialogStore.setState({ open: undefined });
}
