import type { Operation, Transaction } from '@skerry/shared/sync/change';
import type { State } from './objects.ts';

export interface EarlierRefusal {
  readonly transaction: Transaction;
  readonly kind: 'parked' | 'rejected';
  /** Whether the device knew the verdict when it sent the batch. */
  readonly known: boolean;
}

/** The first refused transaction that a later one of the same device was built on (rules SY6 to SY8). */
export function builtOn<T extends EarlierRefusal>(later: Transaction, refusals: readonly T[], state: State): T | null {
  return refusals.find((earlier) => isBuiltOn(later, earlier, state)) ?? null;
}

function isBuiltOn(later: Transaction, { transaction: earlier, known }: EarlierRefusal, state: State): boolean {
  const own = creations(later);
  const touched = mentions(later);
  const missing = creations(earlier).filter((id) => touched.has(id) && !own.includes(id));
  if (missing.some((id) => !known || !state.has(id))) return true;
  return later.operations.some((after) =>
    earlier.operations.some((before) => after.objectId === before.objectId && overwrites(after, before, known, state)),
  );
}

function overwrites(after: Operation, before: Operation, known: boolean, state: State): boolean {
  if (after.kind !== 'update' || before.kind === 'delete') return false;
  if (!known) return written(after).some((member) => written(before).includes(member));
  const here = state.get(after.objectId);
  return Object.keys(after.was).some(
    (member) =>
      Object.hasOwn(before.set, member) &&
      before.set[member] === after.was[member] &&
      (here ? (here.cells[member] ?? null) : undefined) !== after.was[member],
  );
}

function written(operation: Operation): readonly string[] {
  if (operation.kind === 'delete') return [];
  const removed = operation.kind === 'update' ? Object.keys(operation.remove ?? {}) : [];
  return [...Object.keys(operation.set), ...Object.keys(operation.add ?? {}), ...removed];
}

function creations(transaction: Transaction): readonly string[] {
  return transaction.operations.filter((one) => one.kind === 'create').map((one) => one.objectId);
}

/** Objects that a transaction changes or refers to. */
export function mentions(transaction: Transaction): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const operation of transaction.operations) {
    ids.add(operation.objectId);
    if (operation.kind === 'delete') continue;
    for (const cell of Object.values(operation.set)) if (typeof cell === 'string') ids.add(cell);
    for (const targets of Object.values(operation.add ?? {})) for (const id of targets) ids.add(id);
  }
  return ids;
}
