import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { Diagram } from './diagram.ts';
import type { ProblemCount } from './domain-context.ts';

/** Problems by card, and by attribute where they are an attribute's. Information is no problem. */
export function problemCounts(
  diagram: Diagram,
  byDocument: ReadonlyMap<string, readonly Diagnostic[]>,
): ReadonlyMap<string, ProblemCount> {
  const counts = new Map<string, ProblemCount>();
  for (const { id, data } of diagram.nodes) {
    if (data.kind !== 'entity' || data.isForeign) continue;
    const found = (byDocument.get(data.document) ?? []).filter(({ severity }) => severity !== 'information');
    if (found.length > 0) counts.set(id, countOf(found));
    for (const row of data.rows) {
      const own = found.filter(({ element }) => element === row.id);
      if (own.length > 0) counts.set(row.id, countOf(own));
    }
  }
  return counts;
}

function countOf(found: readonly Diagnostic[]): ProblemCount {
  const shown = found.slice(0, 5).map(({ message }) => message);
  if (found.length > shown.length) shown.push('…');
  return { count: found.length, isError: found.some(({ severity }) => severity === 'error'), text: shown.join('\n') };
}
