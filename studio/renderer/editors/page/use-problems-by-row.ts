import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { useMemo } from 'react';
import type { Structure, StructureNode } from './structure.ts';

const NONE: readonly Diagnostic[] = [];

/** Problems of a row: its own, and when it is closed those of what stands in it. */
export function useProblemsByRow(
  structure: Structure,
  problems: readonly Diagnostic[],
): (node: StructureNode, isClosed: boolean) => readonly Diagnostic[] {
  return useMemo(() => {
    const own = new Map<string, Diagnostic[]>();
    const below = new Map<string, Diagnostic[]>();
    const put = (map: Map<string, Diagnostic[]>, id: string, problem: Diagnostic) =>
      map.set(id, [...(map.get(id) ?? []), problem]);
    for (const problem of problems) {
      const node = structure.byId.get(problem.element ?? '');
      if (!node) continue;
      put(own, node.id, problem);
      for (let at: StructureNode | undefined = node; at; at = at.parent) put(below, at.id, problem);
    }
    return ({ id }, isClosed) => (isClosed ? below : own).get(id) ?? NONE;
  }, [structure, problems]);
}
