import type { Cells } from '../base/cell.ts';
import { membersOf } from './admission-dependence.ts';
import type { CreateOperation, DeleteOperation, UpdateOperation } from './change.ts';

/** A grant of the user's roles that holds for the object in the state that matters (SY22). */
export interface Holding {
  readonly write: ReadonlySet<string>;
  readonly create: boolean;
  readonly delete: boolean;
  /** Whether its constraint for the state after an update holds there; true without one. */
  readonly holdsAfter: boolean;
}

/** Null allows; otherwise what is refused, by code and, where one is at fault, member. */
export type Refusal = { readonly code: string; readonly member?: string } | null;

/** SY23. @param holding grants that hold just before the update */
export function judgeUpdate(operation: UpdateOperation, holding: readonly Holding[]): Refusal {
  for (const member of membersOf(operation)) {
    const writing = holding.filter((grant) => grant.write.has(member));
    if (writing.length === 0) return { code: 'sync/access-denied', member };
    if (!writing.some((grant) => grant.holdsAfter)) return { code: 'sync/access-denied-after', member };
  }
  return null;
}

/** SY24. @param holding grants that hold just after the create @param defaults values that need no right */
export function judgeCreate(operation: CreateOperation, holding: readonly Holding[], defaults: Cells): Refusal {
  if (!holding.some((grant) => grant.create)) return { code: 'sync/create-denied' };
  for (const member of membersOf(operation)) {
    if (holding.some((grant) => grant.write.has(member))) continue;
    const isSet = Object.hasOwn(operation.set, member);
    if (isSet && operation.set[member] === (defaults[member] ?? null)) continue;
    return { code: 'sync/access-denied', member };
  }
  return null;
}

/** SY22. @param holding grants that hold just before the delete */
export function judgeDelete(_: DeleteOperation, holding: readonly Holding[]): Refusal {
  return holding.some((grant) => grant.delete) ? null : { code: 'sync/delete-denied' };
}
