import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { Notification } from '@skerry/studio/bridge/notifications';
import { createStore, useStore } from 'zustand';

/** Problems as the host last told them, by document; '' holds those of no document. */
export interface Problems {
  readonly revision: number;
  readonly isComplete: boolean;
  readonly byDocument: ReadonlyMap<string, readonly Diagnostic[]>;
}

export const problemsStore = createStore<Problems>(() => ({ revision: 0, isComplete: false, byDocument: new Map() }));

export function tellProblems(told: Notification<'analysis/problems'>): void {
  problemsStore.setState(({ byDocument }) => {
    const after = new Map(byDocument);
    for (const [document, found] of Object.entries(told.documents)) {
      if (found.length === 0) after.delete(document);
      else after.set(document, found as readonly Diagnostic[]);
    }
    return { revision: told.revision, isComplete: told.isComplete, byDocument: after };
  });
}

const NONE: readonly Diagnostic[] = [];
export function useProblemsOf(document: string): readonly Diagnostic[] {
  return useStore(problemsStore, ({ byDocument }) => byDocument.get(document) ?? NONE);
}
