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
