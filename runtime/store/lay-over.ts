import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { overlay, type PendingOperation } from '@skerry/shared/sync/rebase';
import type { AppTables, StoredRow } from './app-tables.ts';
import {
  appendOperation,
  type BaseRow,
  dropBase,
  overlaidOperations,
  readBase,
  type TransactionHeader,
  writeBase,
} from './pending-work.ts';
import type { RightsDictionary, StoredRights } from './rights-dictionary.ts';
import type { SqlTransaction } from './sql-queue.ts';

/** What laying over needs of the store. */
export interface LayOverContext {
  readonly tables: AppTables;
  readonly rights: RightsDictionary;
}

/**
 * Writes one operation of a transaction and what it changes, in one: the outbox entry, the server's copy of the object,
 * and its row as the user now sees it.
 */
export async function writeLocally(
  transaction: SqlTransaction,
  context: LayOverContext,
  header: TransactionHeader,
  operation: PendingOperation,
): Promise<void> {
  await keepBase(transaction, context, operation.entityId, operation.objectId);
  await appendOperation(transaction, header, operation);
  await layOver(transaction, context, operation.objectId);
}

/** Fixes what the user may do with an object that the server has not confirmed. */
export async function setProvisionalRights(
  transaction: SqlTransaction,
  context: LayOverContext,
  objectId: ObjectId,
  rights: StoredRights,
): Promise<void> {
  const base = await readBase(transaction, objectId);
  if (base?.state !== 'none') return;
  await writeBase(transaction, { ...base, rights: await context.rights.keyOf(transaction, rights) });
  await layOver(transaction, context, objectId);
}

/**
 * Makes one object's row again from the server's copy and what is pending. When nothing is pending any more the copy
 * becomes the row and goes.
 *
 * @param stays says of an object whose work was applied, and which no pull brings, that its row stays as it is
 */
export async function layOver(
  transaction: SqlTransaction,
  context: LayOverContext,
  objectId: ObjectId,
  stays: (base: BaseRow) => boolean = () => false,
): Promise<void> {
  const base = await readBase(transaction, objectId);
  if (!base) return;
  const operations = await overlaidOperations(transaction, objectId);
  if (operations.length === 0) {
    await dropBase(transaction, objectId);
    if (base.state === 'present') await context.tables.write(transaction, base.entityId, [rowOf(base)]);
    else if (!stays(base)) await context.tables.remove(transaction, base.entityId, [objectId]);
    return;
  }
  const { read } = await context.rights.read(transaction, base.rights);
  // Before the service has spoken nothing is withheld from who made the object.
  const withheld = base.state === 'none' ? undefined : (memberId: string) => !read.includes(memberId);
  const state = overlay(base.state === 'none' ? null : base, operations, withheld);
  if (state) await context.tables.write(transaction, base.entityId, [{ ...rowOf(base), ...state }]);
  else await context.tables.remove(transaction, base.entityId, [objectId]);
}

/** Puts the server's copy of an object aside before its first pending change. */
async function keepBase(
  transaction: SqlTransaction,
  context: LayOverContext,
  entityId: ElementId,
  objectId: ObjectId,
): Promise<void> {
  if (await readBase(transaction, objectId)) return;
  const row = await context.tables.row(transaction, entityId, objectId);
  await writeBase(
    transaction,
    row
      ? { ...row, state: 'present' }
      : { objectId, entityId, state: 'none', rev: 0, rights: null, cells: {}, links: {} },
  );
}

function rowOf(base: BaseRow): StoredRow {
  const { entityId, objectId, rev, rights, cells, links } = base;
  return { entityId, objectId, rev, rights, cells, links };
}
