import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { createStore } from 'zustand';
import type { HostLink } from '../host/host-link.ts';
import { showFault } from '../workbench/messages.ts';
import { showPanel } from '../workbench/views-store.ts';

export type Usage = CallReply<'refactoring/usages'>[number];

export interface ReferenceSearch {
  readonly document: string;
  readonly element: string;
  readonly name: string;
  /** undefined while the host is looking. */
  readonly usages: readonly Usage[] | undefined;
}

/** What the References panel shows. */
export const referencesStore = createStore<{ readonly search: ReferenceSearch | undefined }>(() => ({
  search: undefined,
}));

/** Looks for every place that speaks of an element, and shows them. */
export async function findReferences(link: HostLink, document: string, element: string, name: string): Promise<void> {
  const search = { document, element, name, usages: undefined };
  referencesStore.setState({ search });
  showPanel('references');
  try {
    const usages = await link.ask('refactoring/usages', { document, element });
    if (referencesStore.getState().search === search) referencesStore.setState({ search: { ...search, usages } });
  } catch (error) {
    if (referencesStore.getState().search === search) referencesStore.setState({ search: undefined });
    showFault(error);
  }
}
