import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { quoted } from '../base/quoted.ts';
import type { Sql } from '../base/sql.ts';
import { beforeImage, type LoggedTable } from './before-image.ts';

/** Whose work an entry is: what conflicts and one object's trail are told from. */
export interface Author {
  readonly transactionId: string | null;
  readonly deviceId: ObjectId | null;
  readonly sequence: number | null;
  readonly userId: ObjectId | null;
  readonly atMs: number;
}

const AUTHOR = '"transactionId", "deviceId", "sequence", "userId", "atMs"';

function authorValues(author: Author) {
  return [author.transactionId, author.deviceId, author.sequence, author.userId, author.atMs];
}

/** The object was not there before. */
export async function logCreate(
  sql: Sql,
  entityId: ElementId,
  object: ObjectId,
  members: readonly string[],
  author: Author,
): Promise<void> {
  await sql.run(
    `INSERT INTO "change_log" ("kind", "entityId", "objectId", "rev", "members", ${AUTHOR}) VALUES ('create', ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
    [entityId, object, JSON.stringify(members), ...authorValues(author)],
  );
}

/** Before the row changes or goes: keeps what it was. Members are those that conflicts look at. */
export async function logBefore(
  sql: Sql,
  kind: 'update' | 'delete',
  table: LoggedTable,
  object: ObjectId,
  members: readonly string[],
  author: Author,
): Promise<void> {
  await sql.run(
    `INSERT INTO "change_log" ("kind", "entityId", "objectId", "rev", "beforeRev", "before", "members", ${AUTHOR})
     SELECT '${kind}', ?, "$id", "$rev" + 1, "$rev", ${beforeImage(table)}, ?, ?, ?, ?, ?, ? FROM ${quoted(table.name)} WHERE "$id" = ?`,
    [table.entityId, JSON.stringify(members), ...authorValues(author), object],
  );
}

export async function logLink(
  sql: Sql,
  kind: 'link' | 'unlink',
  link: { readonly associationId: ElementId; readonly owner: ObjectId; readonly target: ObjectId },
  author: Author,
): Promise<void> {
  await sql.run(
    `INSERT INTO "change_log" ("kind", "associationId", "objectId", "targetId", ${AUTHOR}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [kind, link.associationId, link.owner, link.target, ...authorValues(author)],
  );
}

/** An object handed over to a device: its rows do not change, the device's scope does. @returns the position */
export async function logHold(sql: Sql, object: ObjectId, author: Author): Promise<number> {
  const [row] = await sql.all(
    `INSERT INTO "change_log" ("kind", "objectId", ${AUTHOR}) VALUES ('hold', ?, ?, ?, ?, ?, ?) RETURNING "position"`,
    [object, ...authorValues(author)],
  );
  return Number(row?.position);
}

/** A verdict that changed later: the device learns of it with its next pull. @returns the position */
export async function logSettlement(sql: Sql, record: string, author: Author): Promise<number> {
  const [row] = await sql.all(
    `INSERT INTO "change_log" ("kind", "objectId", ${AUTHOR}) VALUES ('settle', ?, ?, ?, ?, ?, ?) RETURNING "position"`,
    [record, ...authorValues(author)],
  );
  return Number(row?.position);
}
