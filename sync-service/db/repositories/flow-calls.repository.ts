import type { Sql } from '../../base/sql.ts';

/** A microflow call that was answered, and what came of it as JSON. */
export interface StoredCall {
  readonly id: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly hash: string;
  readonly outcome: string;
  readonly atMs: number;
}

export async function findCall(sql: Sql, id: string): Promise<StoredCall | null> {
  const [row] = await sql.all('SELECT * FROM "flow_call" WHERE "id" = ?', [id]);
  return row
    ? {
        id,
        userId: String(row.userId),
        deviceId: String(row.deviceId),
        hash: String(row.hash),
        outcome: String(row.answer),
        atMs: Number(row.atMs),
      }
    : null;
}

/** What is not asked for again after so long. @returns number of calls that went */
export async function forgetCalls(sql: Sql, beforeMs: number): Promise<number> {
  return sql.run('DELETE FROM "flow_call" WHERE "atMs" < ?', [beforeMs]);
}

export async function insertCall(sql: Sql, call: StoredCall): Promise<void> {
  await sql.run(
    'INSERT INTO "flow_call" ("id", "userId", "deviceId", "hash", "answer", "atMs") VALUES (?, ?, ?, ?, ?, ?)',
    [call.id, call.userId, call.deviceId, call.hash, call.outcome, call.atMs],
  );
}
