import type { ObjectId } from '@skerry/shared/base/ids';
import type { Verdict } from '@skerry/shared/sync/verdict';
import type { SqlRow } from '../platform/ports.ts';
import { keepNotices } from './notice-table.ts';
import { forgetEntry, type PendingTransaction, readPending, type StoredEntry } from './pending-work.ts';
import type { SqlReader, SqlTransaction } from './sql-queue.ts';

export type Refusal = Exclude<Verdict, { kind: 'applied' }>;

/** A refused transaction, with all that is needed to make its changes again. */
export interface InboxRecord {
  /** The transaction's id. */
  readonly id: string;
  readonly atMs: number;
  readonly transaction: PendingTransaction;
  readonly verdict: Refusal;
}

/**
 * Takes an entry that is answered and covered out of the outbox: a refused transaction moves to the inbox, of an
 * applied one stays what others won. (A refused settlement came second: the service's record is settled anyhow.)
 */
export async function closeEntry(transaction: SqlTransaction, entry: StoredEntry): Promise<void> {
  const { answer } = entry;
  if (answer && answer.kind !== 'applied' && entry.settles === null) {
    await moveToInbox(transaction, entry, answer);
    return;
  }
  if (answer?.kind === 'applied' && answer.resolutions.length > 0)
    await keepNotices(transaction, await readPending(transaction, entry), answer.resolutions);
  await forgetEntry(transaction, entry.ordinal);
}

/** Moves a refused entry out of the outbox; what it held stays whole. */
async function moveToInbox(transaction: SqlTransaction, entry: StoredEntry, verdict: Refusal): Promise<void> {
  const pending = await readPending(transaction, entry);
  await transaction.run(
    'INSERT OR REPLACE INTO "$inbox" ("id", "atMs", "transaction", "verdict") VALUES (?, ?, ?, ?)',
    [entry.id, Math.round(pending.atMs), JSON.stringify(pending), JSON.stringify(verdict)],
  );
  const objects = new Set(pending.operations.map((operation) => operation.objectId));
  await transaction.runMany(
    'INSERT OR IGNORE INTO "$inbox_object" ("object", "entry") VALUES (?, ?)',
    [...objects].map((objectId) => [objectId, entry.id]),
  );
  await forgetEntry(transaction, entry.ordinal);
}

/** Open records, oldest first. */
export async function readInbox(reader: SqlReader): Promise<readonly InboxRecord[]> {
  const rows = await reader.all('SELECT * FROM "$inbox" ORDER BY "atMs", "id"');
  return rows.map(inboxRecord);
}

export async function readInboxRecord(reader: SqlReader, id: string): Promise<InboxRecord | null> {
  const row = await reader.first('SELECT * FROM "$inbox" WHERE "id" = ?', [id]);
  return row ? inboxRecord(row) : null;
}

/** Takes a record out of sight. What it held is forgotten: by then it is settled here or on the service. */
export async function removeFromInbox(transaction: SqlTransaction, id: string): Promise<void> {
  await transaction.run('DELETE FROM "$inbox_object" WHERE "entry" = ?', [id]);
  await transaction.run('DELETE FROM "$inbox" WHERE "id" = ?', [id]);
}

/** Settled elsewhere, by the server's name of the record. */
export async function settleByRecord(transaction: SqlTransaction, record: string): Promise<void> {
  for (const entry of await readInbox(transaction)) {
    if (entry.verdict.record === record) await removeFromInbox(transaction, entry.id);
  }
}

/** Objects that open records speak of. */
export async function inInbox(reader: SqlReader): Promise<ReadonlySet<ObjectId>> {
  const rows = await reader.all('SELECT DISTINCT "object" FROM "$inbox_object"');
  return new Set(rows.map((row) => String(row.object) as ObjectId));
}

function inboxRecord(row: SqlRow): InboxRecord {
  return {
    id: String(row.id),
    atMs: Number(row.atMs),
    transaction: JSON.parse(String(row.transaction)) as PendingTransaction,
    verdict: JSON.parse(String(row.verdict)) as Refusal,
  };
}
