import { useMemo } from 'react';
import { useStore } from 'zustand';
import { problemsStore } from '../../model/problems-store.ts';
import type { Diagram } from './diagram.ts';
import type { ProblemCount } from './domain-context.ts';
import { problemCounts } from './problem-counts.ts';

/** Problems by card, and by attribute where they are an attribute's. */
export function useDomainProblems(diagram: Diagram): ReadonlyMap<string, ProblemCount> {
  const byDocument = useStore(problemsStore, (problems) => problems.byDocument);
  return useMemo(() => problemCounts(diagram, byDocument), [diagram, byDocument]);
}
