import type { ObjectId } from '@skerry/shared/base/ids';
import type { Transaction } from '@skerry/shared/sync/change';
import type { Remembered } from '@skerry/shared/sync/recognise';
import type { Conflict, Verdict } from '@skerry/shared/sync/verdict';
import type { Sql } from '../../base/sql.ts';

export async function verdictBySequence(sql: Sql, deviceId: string, sequence: number): Promise<Remembered | null> {
  return remembered(
    await sql.all('SELECT "hash", "verdict" FROM "verdict" WHERE "deviceId" = ? AND "sequence" = ?', [
      deviceId,
      sequence,
    ]),
  );
}

export async function verdictByTransaction(sql: Sql, transactionId: string): Promise<Remembered | null> {
  return remembered(
    await sql.all('SELECT "hash", "verdict" FROM "verdict" WHERE "transactionId" = ? LIMIT 1', [transactionId]),
  );
}

function remembered(rows: readonly { readonly [column: string]: unknown }[]): Remembered | null {
  const row = rows[0];
  return row ? { hash: String(row.hash), verdict: JSON.parse(String(row.verdict)) as Verdict } : null;
}

export async function insertVerdict(
  sql: Sql,
  deviceId: string,
  hash: string,
  verdict: Verdict,
  atMs: number,
): Promise<void> {
  await sql.run(
    'INSERT INTO "verdict" ("deviceId", "sequence", "transactionId", "hash", "verdict", "atMs") VALUES (?, ?, ?, ?, ?, ?)',
    [deviceId, verdict.sequence, verdict.transaction, hash, JSON.stringify(verdict), atMs],
  );
}

/** The service's copy of what it refused. */
export interface RefusedRecord {
  readonly id: string;
  readonly deviceId: string;
  readonly userId: string;
  readonly sequence: number;
  readonly kind: 'parked' | 'rejected';
  readonly code: string;
  readonly message: string;
  readonly transaction: Transaction;
  readonly conflicts: readonly Conflict[];
  readonly atMs: number;
}

export async function insertRecord(sql: Sql, record: RefusedRecord): Promise<void> {
  await sql.run(
    `INSERT INTO "record" ("id", "deviceId", "userId", "sequence", "kind", "code", "message", "transaction", "conflicts", "atMs")
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      record.id,
      record.deviceId,
      record.userId,
      record.sequence,
      record.kind,
      record.code,
      record.message,
      JSON.stringify(record.transaction),
      JSON.stringify(record.conflicts),
      record.atMs,
    ],
  );
  for (const objectId of new Set(record.transaction.operations.map((operation) => operation.objectId))) {
    await sql.run('INSERT INTO "record_object" ("deviceId", "objectId", "record") VALUES (?, ?, ?)', [
      record.deviceId,
      objectId,
      record.id,
    ]);
  }
}

/** What was refused of this device and touches one of the objects, oldest first. */
export async function refusedOf(
  sql: Sql,
  deviceId: string,
  objects: readonly ObjectId[],
): Promise<readonly RefusedRecord[]> {
  const rows = await sql.all(
    `SELECT * FROM "record" WHERE "id" IN (SELECT "record" FROM "record_object"
       WHERE "deviceId" = ? AND "objectId" IN (SELECT value FROM json_each(?))) ORDER BY "sequence"`,
    [deviceId, JSON.stringify(objects)],
  );
  return rows.map((row) => ({
    id: String(row.id),
    deviceId,
    userId: String(row.userId),
    sequence: Number(row.sequence),
    kind: row.kind as 'parked' | 'rejected',
    code: String(row.code),
    message: String(row.message),
    transaction: JSON.parse(String(row.transaction)) as Transaction,
    conflicts: JSON.parse(String(row.conflicts)) as Conflict[],
    atMs: Number(row.atMs),
  }));
}

export interface Settlement {
  readonly record: string;
  readonly outcome: 'retried' | 'resolved' | 'discarded';
  readonly by: string;
}

/** By compare-and-set: whoever comes second changes nothing and gets what stands; null for an unknown record. */
export async function settleRecord(
  sql: Sql,
  settlement: Settlement,
  userId: string,
  atMs: number,
  position: number,
): Promise<Settlement | 'settled' | null> {
  const changed = await sql.run(
    `UPDATE "record" SET "outcome" = ?, "settledBy" = ?, "settledMs" = ?, "settledPosition" = ?
     WHERE "id" = ? AND "userId" = ? AND "outcome" IS NULL`,
    [settlement.outcome, settlement.by, atMs, position, settlement.record, userId],
  );
  if (changed > 0) return 'settled';
  const [row] = await sql.all('SELECT "outcome", "settledBy" FROM "record" WHERE "id" = ? AND "userId" = ?', [
    settlement.record,
    userId,
  ]);
  if (!row || row.outcome === null) return null;
  return { record: settlement.record, outcome: row.outcome as Settlement['outcome'], by: String(row.settledBy) };
}

/** Records of the device settled after a position, up to another. */
export async function settledBetween(
  sql: Sql,
  deviceId: string,
  after: number,
  upTo: number,
): Promise<readonly Settlement[]> {
  const rows = await sql.all(
    `SELECT "id", "outcome", "settledBy" FROM "record"
     WHERE "deviceId" = ? AND "settledPosition" > ? AND "settledPosition" <= ? ORDER BY "settledMs"`,
    [deviceId, after, upTo],
  );
  return rows.map((row) => ({
    record: String(row.id),
    outcome: row.outcome as Settlement['outcome'],
    by: String(row.settledBy),
  }));
}
