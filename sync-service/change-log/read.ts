import type { ObjectId } from '@skerry/shared/base/ids';
import type { LoggedChange } from '@skerry/shared/sync/conflict';
import type { Sql } from '../base/sql.ts';

/** The position of the newest entry; 0 for an empty log. What a cursor stands on. */
export async function logHead(sql: Sql): Promise<number> {
  // Not max("position"): entries that were cut at the retention must not move the head back.
  const rows = await sql.all(`SELECT "seq" FROM "sqlite_sequence" WHERE "name" = 'change_log'`);
  return Number(rows[0]?.seq ?? 0);
}

/** The position before the oldest entry that is still kept: cursors below it have lost their past. */
export async function logTail(sql: Sql): Promise<number> {
  const rows = await sql.all('SELECT min("position") AS "first" FROM "change_log"');
  const first = rows[0]?.first;
  return first === null || first === undefined ? await logHead(sql) : Number(first) - 1;
}

/** Changes of one object, for telling conflicts. */
export async function changesOf(sql: Sql, object: ObjectId): Promise<readonly LoggedChange[]> {
  const rows = await sql.all(
    `SELECT "rev", "deviceId", "members" FROM "change_log" WHERE "objectId" = ? AND "entityId" IS NOT NULL ORDER BY "position"`,
    [object],
  );
  return rows.map((row) => ({
    rev: Number(row.rev),
    deviceId: row.deviceId as string | null,
    members: JSON.parse(String(row.members)) as string[],
  }));
}

/** Cuts the log at its retention. @returns number of entries that went */
export async function cutLog(sql: Sql, beforeMs: number): Promise<number> {
  return sql.run(
    'DELETE FROM "change_log" WHERE "position" < (SELECT coalesce(min("position"), 0) FROM "change_log" WHERE "atMs" >= ?)',
    [beforeMs],
  );
}
