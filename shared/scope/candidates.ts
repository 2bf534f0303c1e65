import type { ElementId } from '../base/ids.ts';
import { type ConstraintReads, stepsKey } from './constraint-reads.ts';
import type { Candidate, CandidateStep } from './plan.ts';

/** SC10: how objects that the constraints may let in or out are found, from all that the constraints read. */
export function candidatesOf(reads: readonly ConstraintReads[]): readonly Candidate[] {
  const own = new Set<ElementId>();
  const paths = new Map<string, { steps: readonly CandidateStep[]; members: Set<ElementId> }>();
  const clocks = new Map<string, Candidate>();
  for (const { steps, member } of reads.flatMap((one) => one.members)) {
    if (steps.length === 0) own.add(member);
    else {
      const key = stepsKey(steps);
      const path = paths.get(key) ?? { steps, members: new Set<ElementId>() };
      paths.set(key, path);
      path.members.add(member);
    }
  }
  for (const { steps, member } of reads.flatMap((one) => one.clocks)) {
    clocks.set(`${stepsKey(steps)}.${member}`, { kind: 'clock', steps, member });
  }
  return [
    { kind: 'own', members: [...own].sort() },
    ...byKey(paths).map(
      ([, { steps, members }]): Candidate => ({ kind: 'path', steps: [...steps], members: [...members].sort() }),
    ),
    ...byKey(clocks).map(([, candidate]) => candidate),
    ...[...new Set(reads.flatMap((one) => one.beyond))]
      .sort()
      .map((because): Candidate => ({ kind: 'reconcile', because })),
  ];
}

function byKey<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
