import type { Cell, Cells } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { bound, cellOf, readColumn } from '../base/column.ts';
import { quoted } from '../base/quoted.ts';
import type { Sql } from '../base/sql.ts';
import { type Author, logBefore, logCreate, logLink } from '../change-log/index.ts';
import type { EntityInfo } from '../releases/index.ts';

/** An object as the tables hold it. */
export interface StoredObject {
  readonly id: ObjectId;
  readonly rev: number;
  readonly cells: Cells;
}

export async function readObject(sql: Sql, info: EntityInfo, id: ObjectId): Promise<StoredObject | null> {
  const columns = info.columns.map((column, at) => `, ${readColumn(column, 't')} AS "c${at}"`).join('');
  const rows = await sql.all(`SELECT t."$rev" AS "rev"${columns} FROM ${quoted(info.table)} t WHERE t."$id" = ?`, [id]);
  const row = rows[0];
  if (!row) return null;
  const cells: { [member: string]: Cell } = {};
  info.columns.forEach((column, at) => {
    cells[column.memberId] = cellOf(row[`c${at}`], column);
  });
  return { id, rev: Number(row.rev), cells };
}

export async function isThere(sql: Sql, table: string, id: ObjectId): Promise<boolean> {
  return (await sql.all(`SELECT 1 AS "there" FROM ${quoted(table)} WHERE "$id" = ?`, [id])).length > 0;
}

/** @param members those of the cells that conflicts look at */
export async function insertObject(
  sql: Sql,
  info: EntityInfo,
  id: ObjectId,
  cells: Cells,
  author: Author,
): Promise<void> {
  const columns = info.columns.filter((column) => Object.hasOwn(cells, column.memberId));
  const names = ['"$id"', '"$rev"', ...columns.map((column) => quoted(column.name))];
  const values = [id, 1, ...columns.map((column) => bound(cells[column.memberId] ?? null, column))];
  await sql.run(
    `INSERT INTO ${quoted(info.table)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    values,
  );
  await logCreate(sql, info.id, id, memberIds(info, cells), author);
}

/** Raises the revision, also when only links change: an object's sets are part of its content. */
export async function updateObject(
  sql: Sql,
  info: EntityInfo,
  id: ObjectId,
  cells: Cells,
  links: readonly string[],
  author: Author,
): Promise<void> {
  await logBefore(sql, 'update', logged(info), id, [...memberIds(info, cells), ...links], author);
  const columns = info.columns.filter((column) => Object.hasOwn(cells, column.memberId));
  const sets = ['"$rev" = "$rev" + 1', ...columns.map((column) => `${quoted(column.name)} = ?`)];
  const values = columns.map((column) => bound(cells[column.memberId] ?? null, column));
  await sql.run(`UPDATE ${quoted(info.table)} SET ${sets.join(', ')} WHERE "$id" = ?`, [...values, id]);
}

export async function deleteObject(sql: Sql, info: EntityInfo, id: ObjectId, author: Author): Promise<void> {
  await logBefore(sql, 'delete', logged(info), id, [], author);
  await sql.run(`DELETE FROM ${quoted(info.table)} WHERE "$id" = ?`, [id]);
}

export interface Link {
  readonly associationId: ElementId;
  readonly table: string;
  readonly owner: ObjectId;
  readonly target: ObjectId;
}

/** Whether it was not there before. */
export async function addLink(sql: Sql, link: Link, author: Author): Promise<boolean> {
  const table = quoted(link.table);
  const added = await sql.run(`INSERT INTO ${table} ("$owner", "$target") VALUES (?, ?) ON CONFLICT DO NOTHING`, [
    link.owner,
    link.target,
  ]);
  if (added > 0) await logLink(sql, 'link', link, author);
  return added > 0;
}

/** Whether it was there. */
export async function removeLink(sql: Sql, link: Link, author: Author): Promise<boolean> {
  const removed = await sql.run(`DELETE FROM ${quoted(link.table)} WHERE "$owner" = ? AND "$target" = ?`, [
    link.owner,
    link.target,
  ]);
  if (removed > 0) await logLink(sql, 'unlink', link, author);
  return removed > 0;
}

export async function targetsOf(sql: Sql, table: string, owner: ObjectId): Promise<readonly ObjectId[]> {
  const rows = await sql.all(`SELECT "$target" AS "id" FROM ${quoted(table)} WHERE "$owner" = ? ORDER BY "$target"`, [
    owner,
  ]);
  return rows.map((row) => row.id as ObjectId);
}

export async function ownersOf(sql: Sql, table: string, target: ObjectId): Promise<readonly ObjectId[]> {
  const rows = await sql.all(`SELECT "$owner" AS "id" FROM ${quoted(table)} WHERE "$target" = ? ORDER BY "$owner"`, [
    target,
  ]);
  return rows.map((row) => row.id as ObjectId);
}

function logged(info: EntityInfo) {
  return { entityId: info.id, name: info.table, columns: info.columns };
}

function memberIds(info: EntityInfo, cells: Cells): readonly string[] {
  return Object.keys(cells).filter((member) => !info.kept.has(member));
}
