import type { Cells } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { Links, Operation, SentTransaction } from '@skerry/shared/sync/change';
import type { OutboxEntry } from '@skerry/shared/sync/outbox';
import type { PendingOperation } from '@skerry/shared/sync/rebase';
import type { Verdict } from '@skerry/shared/sync/verdict';
import type { SqlRow } from '../platform/ports.ts';
import { count } from './meta.ts';
import type { SqlReader, SqlTransaction } from './sql-queue.ts';

/** A transaction as the device keeps it: also what is not sent, so that laying it over again gives what the user saw. */
export interface PendingTransaction extends TransactionHeader {
  readonly operations: readonly PendingOperation[];
}

export interface TransactionHeader {
  readonly id: string;
  readonly user: ObjectId;
  readonly bundleVersion: string;
  readonly flow: ElementId | null;
  readonly atMs: number;
}

/** What an entry weighs beside its operations. */
const ENTRY_BYTES = 200;

export interface StoredEntry extends OutboxEntry {
  readonly settles: string | null;
  readonly how: 'retried' | 'discarded' | null;
  readonly answer: Verdict | null;
}

/** Appends an operation, with the transaction's entry if it is the first. The sequence comes when it is first sent. */
export async function appendOperation(
  transaction: SqlTransaction,
  header: TransactionHeader,
  operation: PendingOperation,
): Promise<void> {
  const row = await transaction.first('SELECT "ordinal" FROM "$outbox" WHERE "id" = ?', [header.id]);
  const ordinal = row ? Number(row.ordinal) : await appendEntry(transaction, header);
  const content = JSON.stringify(operation);
  await transaction.run(
    'INSERT INTO "$operation" ("entry", "place", "object", "content") SELECT ?, coalesce(max("place"), -1) + 1, ?, ? FROM "$operation" WHERE "entry" = ?',
    [ordinal, operation.objectId, content, ordinal],
  );
  await transaction.run('UPDATE "$outbox" SET "bytes" = "bytes" + ? WHERE "ordinal" = ?', [content.length, ordinal]);
}

async function appendEntry(transaction: SqlTransaction, header: TransactionHeader): Promise<number> {
  const ordinal = await count(transaction, 'lastOrdinal');
  await transaction.run(
    'INSERT INTO "$outbox" ("ordinal", "id", "user", "bundleVersion", "flow", "atMs", "bytes") VALUES (?, ?, ?, ?, ?, ?, ?)',
    [ordinal, header.id, header.user, header.bundleVersion, header.flow, Math.round(header.atMs), ENTRY_BYTES],
  );
  return ordinal;
}

/** How large a transaction has become: what its limits speak of. */
export async function sizeOf(
  reader: SqlReader,
  id: string,
): Promise<{ readonly operations: number; readonly bytes: number }> {
  const row = await reader.first(
    'SELECT "bytes", (SELECT count(*) FROM "$operation" WHERE "entry" = "ordinal") AS n FROM "$outbox" WHERE "id" = ?',
    [id],
  );
  return { operations: Number(row?.n ?? 0), bytes: Number(row?.bytes ?? 0) };
}

/** The settlement of a server's record: an entry of the same sequence as transactions. */
export async function appendSettlement(
  transaction: SqlTransaction,
  settlement: { id: string; user: ObjectId; record: string; how: 'retried' | 'discarded'; atMs: number },
): Promise<void> {
  const ordinal = await count(transaction, 'lastOrdinal');
  await transaction.run(
    'INSERT INTO "$outbox" ("ordinal", "id", "user", "bundleVersion", "atMs", "settles", "how", "bytes") VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      ordinal,
      settlement.id,
      settlement.user,
      '',
      Math.round(settlement.atMs),
      settlement.record,
      settlement.how,
      ENTRY_BYTES,
    ],
  );
}

/** In local order. */
export async function readOutbox(reader: SqlReader): Promise<readonly StoredEntry[]> {
  return (await reader.all('SELECT * FROM "$outbox" ORDER BY "ordinal"')).map(storedEntry);
}

export async function readPending(reader: SqlReader, entry: StoredEntry): Promise<PendingTransaction> {
  const row = await reader.first('SELECT * FROM "$outbox" WHERE "ordinal" = ?', [entry.ordinal]);
  const operations = await reader.all('SELECT "content" FROM "$operation" WHERE "entry" = ? ORDER BY "place"', [
    entry.ordinal,
  ]);
  return {
    id: entry.id,
    user: String(row?.user) as ObjectId,
    bundleVersion: String(row?.bundleVersion),
    flow: (row?.flow ?? null) as ElementId | null,
    atMs: Number(row?.atMs),
    operations: operations.map((operation) => JSON.parse(String(operation.content)) as PendingOperation),
  };
}

/** What goes over the wire: implied deletes and provisional values stay here. */
export function sentTransaction(pending: PendingTransaction, sequence: number): SentTransaction {
  return {
    id: pending.id,
    sequence,
    bundleVersion: pending.bundleVersion,
    flow: pending.flow,
    atMs: pending.atMs,
    operations: sentOperations(pending.operations),
  };
}

export function sentOperations(operations: readonly PendingOperation[]): readonly Operation[] {
  return operations.flatMap((operation): Operation[] => {
    if (operation.kind === 'impliedDelete') return [];
    if (operation.kind === 'delete') return [operation];
    const { provisional: _, ...sent } = operation;
    return [sent];
  });
}

/** Operations of one object that are still laid over, in order. */
export async function overlaidOperations(reader: SqlReader, objectId: ObjectId): Promise<readonly PendingOperation[]> {
  const rows = await reader.all(
    'SELECT o."content" FROM "$operation" o JOIN "$outbox" e ON e."ordinal" = o."entry" WHERE o."object" = ? AND e."covered" = 0 ORDER BY o."entry", o."place"',
    [objectId],
  );
  return rows.map((row) => JSON.parse(String(row.content)) as PendingOperation);
}

/** Those of the objects that pending work deletes, itself or by delete behaviour. */
export async function deletedAmong(reader: SqlReader, objectIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (objectIds.length === 0) return new Set();
  const rows = await reader.all(
    `SELECT DISTINCT o."object" FROM "$operation" o JOIN "$outbox" e ON e."ordinal" = o."entry" WHERE e."covered" = 0
     AND o."object" IN (SELECT "value" FROM json_each(?)) AND json_extract(o."content", '$.kind') IN ('delete', 'impliedDelete')`,
    [JSON.stringify(objectIds)],
  );
  return new Set(rows.map((row) => String(row.object)));
}

/** Objects that an entry's operations name, implied ones included. */
export async function objectsOf(reader: SqlReader, ordinal: number): Promise<readonly ObjectId[]> {
  const rows = await reader.all('SELECT DISTINCT "object" FROM "$operation" WHERE "entry" = ?', [ordinal]);
  return rows.map((row) => String(row.object) as ObjectId);
}

export async function forgetEntry(transaction: SqlTransaction, ordinal: number): Promise<void> {
  await transaction.run('DELETE FROM "$operation" WHERE "entry" = ?', [ordinal]);
  await transaction.run('DELETE FROM "$outbox" WHERE "ordinal" = ?', [ordinal]);
}

/** The server's copy of an object that has pending changes. */
export interface BaseRow {
  readonly objectId: ObjectId;
  readonly entityId: ElementId;
  /** See control-tables. */
  readonly state: 'none' | 'present' | 'gone';
  readonly rev: number;
  readonly rights: number | null;
  readonly cells: Cells;
  readonly links: Links;
}

export async function readBase(reader: SqlReader, objectId: ObjectId): Promise<BaseRow | null> {
  const row = await reader.first('SELECT * FROM "$base" WHERE "object" = ?', [objectId]);
  if (!row) return null;
  return {
    objectId,
    entityId: String(row.entity) as ElementId,
    state: row.state as BaseRow['state'],
    rev: Number(row.rev),
    rights: row.rights === null ? null : Number(row.rights),
    cells: JSON.parse(String(row.cells)) as Cells,
    links: JSON.parse(String(row.links)) as Links,
  };
}

/** Objects of an entity that have pending changes and that the server holds. */
export async function presentBases(reader: SqlReader, entityId: ElementId): Promise<readonly ObjectId[]> {
  const rows = await reader.all(`SELECT "object" FROM "$base" WHERE "entity" = ? AND "state" = 'present'`, [entityId]);
  return rows.map((row) => String(row.object) as ObjectId);
}

export async function writeBase(transaction: SqlTransaction, base: BaseRow): Promise<void> {
  await transaction.run('INSERT OR REPLACE INTO "$base" VALUES (?, ?, ?, ?, ?, ?, ?)', [
    base.objectId,
    base.entityId,
    base.state,
    base.rev,
    base.rights,
    JSON.stringify(base.cells),
    JSON.stringify(base.links),
  ]);
}

export async function dropBase(transaction: SqlTransaction, objectId: ObjectId): Promise<void> {
  await transaction.run('DELETE FROM "$base" WHERE "object" = ?', [objectId]);
}

function storedEntry(row: SqlRow): StoredEntry {
  const answer = row.verdict === null ? null : (JSON.parse(String(row.verdict)) as Verdict);
  return {
    ordinal: Number(row.ordinal),
    id: String(row.id),
    sequence: row.sequence === null ? null : Number(row.sequence),
    verdict: answer?.kind ?? null,
    covered: Number(row.covered) === 1,
    bytes: Number(row.bytes),
    settles: row.settles === null ? null : String(row.settles),
    how: row.how === null ? null : (row.how as 'retried' | 'discarded'),
    answer,
  };
}
