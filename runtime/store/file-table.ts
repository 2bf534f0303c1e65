import type { SqlReader, SqlTransaction } from './sql-queue.ts';

export interface StoredFile {
  readonly hash: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** A body to be had through a row that refers to it: the hash alone gives nothing. */
export interface WantedFile extends StoredFile {
  readonly entity: string;
  readonly object: string;
}

/** A row now refers to a body that stands on this device: it is to be sent, after the row. */
export async function commitBody(transaction: SqlTransaction, file: StoredFile, atMs: number): Promise<void> {
  await transaction.run(
    `INSERT INTO "$file" ("hash", "state", "bytes", "mediaType", "atMs") VALUES (?, 'toSend', ?, ?, ?)
     ON CONFLICT ("hash") DO UPDATE SET "state" = CASE "state" WHEN 'here' THEN 'here' ELSE 'toSend' END`,
    [file.hash, file.bytes, file.mediaType, Math.round(atMs)],
  );
}

export async function filesIn(
  reader: SqlReader,
  state: 'toSend' | 'toFetch',
  limit: number,
): Promise<readonly WantedFile[]> {
  const rows = await reader.all('SELECT * FROM "$file" WHERE "state" = ? ORDER BY "atMs" LIMIT ?', [state, limit]);
  return rows.map((row) => ({
    hash: String(row.hash),
    mediaType: String(row.mediaType),
    bytes: Number(row.bytes),
    entity: String(row.entity ?? ''),
    object: String(row.object ?? ''),
  }));
}

/** `here`: on the device, and the service has it too. */
export async function setFileState(
  transaction: SqlTransaction,
  hash: string,
  state: 'here' | 'missing',
): Promise<void> {
  await transaction.run('UPDATE "$file" SET "state" = ? WHERE "hash" = ?', [state, hash]);
}

export async function wantFile(transaction: SqlTransaction, file: WantedFile, atMs: number): Promise<void> {
  await transaction.run(
    `INSERT OR IGNORE INTO "$file" ("hash", "state", "bytes", "mediaType", "atMs", "entity", "object") VALUES (?, 'toFetch', ?, ?, ?, ?, ?)`,
    [file.hash, file.bytes, file.mediaType, Math.round(atMs), file.entity, file.object],
  );
}
