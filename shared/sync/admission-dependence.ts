import type { Cell, Cells } from '../base/cell.ts';
import type { ObjectId } from '../base/ids.ts';
import type { Operation, Transaction } from './change.ts';

/** An earlier transaction of the same device that was rejected or parked. */
export interface Refused {
  readonly transaction: Transaction;
  /** Whether the device had stored the verdict when it sent the batch (SY8). */
  readonly isKnownToDevice: boolean;
}

export interface Present {
  exists(object: ObjectId): boolean;
  /** The server's value now; undefined for an object that is not there. */
  cell(object: ObjectId, member: string): Cell | undefined;
}

/** SY6–SY8: the first refused transaction that `transaction` depends on, or null. */
export function dependsOn<T extends Refused>(
  transaction: Transaction,
  refused: readonly T[],
  present: Present,
): T | null {
  return refused.find((earlier) => dependsOnOne(transaction, earlier, present)) ?? null;
}

function dependsOnOne(later: Transaction, earlier: Refused, present: Present): boolean {
  const own = createdBy(later);
  const needed = neededBy(later);
  for (const id of createdBy(earlier.transaction)) {
    if (!needed.has(id) || own.has(id)) continue;
    if (!earlier.isKnownToDevice || !present.exists(id)) return true;
  }
  return later.operations.some((operation) =>
    earlier.transaction.operations.some((before) => writesSame(operation, before, earlier.isKnownToDevice, present)),
  );
}

function writesSame(later: Operation, earlier: Operation, isKnownToDevice: boolean, present: Present): boolean {
  if (later.objectId !== earlier.objectId || later.kind !== 'update' || earlier.kind === 'delete') return false;
  if (!isKnownToDevice) return membersOf(later).some((member) => membersOf(earlier).includes(member));
  const written: Cells = earlier.set;
  return Object.entries(later.was).some(
    ([member, was]) =>
      Object.hasOwn(written, member) && written[member] === was && present.cell(later.objectId, member) !== was,
  );
}

/** Members an operation writes, reference sets included. */
export function membersOf(operation: Operation): readonly string[] {
  if (operation.kind === 'delete') return [];
  const removed = operation.kind === 'update' ? Object.keys(operation.remove ?? {}) : [];
  return [...new Set([...Object.keys(operation.set), ...Object.keys(operation.add ?? {}), ...removed])];
}

function createdBy(transaction: Transaction): ReadonlySet<ObjectId> {
  return new Set(transaction.operations.filter((one) => one.kind === 'create').map((one) => one.objectId));
}

/** Objects touched or referred to. Any text cell may be a reference: ids are unique, so a match is one. */
function neededBy(transaction: Transaction): ReadonlySet<string> {
  const needed = new Set<string>();
  for (const operation of transaction.operations) {
    needed.add(operation.objectId);
    if (operation.kind === 'delete') continue;
    for (const cell of Object.values(operation.set)) if (typeof cell === 'string') needed.add(cell);
    for (const ids of Object.values(operation.add ?? {})) for (const id of ids) needed.add(id);
  }
  return needed;
}
