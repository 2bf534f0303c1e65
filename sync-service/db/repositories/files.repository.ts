import type { Sql } from '../../base/sql.ts';
import { fileBodyEntity } from '../entities/index.ts';

export async function hasFileBody(sql: Sql, hash: string): Promise<boolean> {
  return sql.manager.getRepository(fileBodyEntity).existsBy({ hash });
}

export async function addFileBody(
  sql: Sql,
  body: { hash: string; bytes: number; storedMs: number },
  userId: string,
): Promise<void> {
  await sql.manager.getRepository(fileBodyEntity).upsert(body, ['hash']);
  await sql.run('INSERT INTO "file_uploader" ("hash", "userId") VALUES (?, ?) ON CONFLICT DO NOTHING', [
    body.hash,
    userId,
  ]);
}

export async function hasUploaded(sql: Sql, hash: string, userId: string): Promise<boolean> {
  const rows = await sql.all('SELECT 1 AS "found" FROM "file_uploader" WHERE "hash" = ? AND "userId" = ?', [
    hash,
    userId,
  ]);
  return rows.length > 0;
}

/** Notes who made an object name a body. */
export async function claimFileBody(sql: Sql, objectId: string, hash: string, userId: string): Promise<void> {
  await sql.run('INSERT INTO "file_claim" ("objectId", "hash", "userId") VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [
    objectId,
    hash,
    userId,
  ]);
}

/** Whether somebody who made the object name the body had it. Objects that no device wrote are the service's own word. */
export async function isClaimGood(sql: Sql, objectId: string, hash: string): Promise<boolean> {
  const rows = await sql.all(
    `SELECT EXISTS (SELECT 1 FROM "file_uploader" u WHERE u."hash" = c."hash" AND u."userId" = c."userId") AS "good"
     FROM "file_claim" c WHERE c."objectId" = ? AND c."hash" = ?`,
    [objectId, hash],
  );
  return rows.length === 0 || rows.some((row) => Number(row.good) === 1);
}
