import { resolveConstraint } from '../constraint/resolve.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import { type ConstraintReads, constraintReads, NO_READS } from './constraint-reads.ts';

/** What a constraint in the context of an entity reads. One that does not check reads nothing: validation reports it. */
export type ReadsOf = (entity: string, constraint: string) => ConstraintReads;

/** Looks into each text once. */
export function constraintReader(view: DomainView): ReadsOf {
  const known = new Map<string, ConstraintReads>();
  return (entity, text) => {
    if (text === '') return NO_READS;
    const key = `${entity} ${text}`;
    const before = known.get(key);
    if (before) return before;
    const { resolved } = resolveConstraint(text, { view, entity });
    const reads = resolved ? constraintReads(resolved) : NO_READS;
    known.set(key, reads);
    return reads;
  };
}
