import type { Cell } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { userRoleObjectId } from '@skerry/shared/expression/user-role';
import { cellOf, readColumn } from '../base/column.ts';
import { quoted } from '../base/quoted.ts';
import type { Sql } from '../base/sql.ts';
import type { ActiveModel } from '../releases/index.ts';

/** A user as the tables hold them now. */
export interface User {
  readonly id: ObjectId;
  readonly entityId: ElementId;
  /** Qualified name of the object's own entity. */
  readonly entity: string;
  readonly name: string;
  readonly fullName: string | null;
  readonly isOpen: boolean;
  readonly roles: readonly { readonly id: ElementId; readonly name: string }[];
}

/** Null when there is no such user object any more. */
export async function readUser(sql: Sql, model: ActiveModel, entityId: ElementId, id: ObjectId): Promise<User | null> {
  const info = model.entities.get(entityId);
  if (!info) return null;
  const columns = ['Name', 'FullName', 'Active', 'Blocked'].map((name) => {
    const column = info.columns.find((one) => one.name === name);
    return column ? `, ${quoted(column.name)} AS "${name}"` : `, NULL AS "${name}"`;
  });
  const rows = await sql.all(`SELECT "$id"${columns.join('')} FROM ${quoted(info.table)} WHERE "$id" = ?`, [id]);
  const row = rows[0];
  if (!row) return null;
  return {
    id,
    entityId,
    entity: info.name,
    name: String(row.Name ?? ''),
    fullName: row.FullName === null ? null : String(row.FullName),
    // A user object made by a flow that says nothing of Active is open; only false closes it.
    isOpen: Number(row.Active ?? 1) !== 0 && Number(row.Blocked ?? 0) === 0,
    roles: await rolesOf(sql, model, id),
  };
}

async function rolesOf(sql: Sql, model: ActiveModel, user: ObjectId): Promise<User['roles']> {
  const links = await sql.all(`SELECT "$target" AS "id" FROM ${quoted(model.userRolesTable)} WHERE "$owner" = ?`, [
    user,
  ]);
  const ids = new Set(links.map((link) => link.id));
  return model.model.security.userRoles
    .filter((role) => ids.has(userRoleObjectId(role.id)))
    .map(({ id, name }) => ({ id, name }));
}

/** The signed-in user's own members that travel with the session: those their rules let them read of themselves. */
export async function ownMembers(
  sql: Sql,
  model: ActiveModel,
  user: User,
  rights: ReadRights,
): Promise<{ readonly [member: string]: Cell }> {
  const readable = await rights(sql, model, user);
  const info = model.entities.get(user.entityId);
  const columns = (info?.columns ?? []).filter((column) => readable.has(column.memberId));
  if (!info || columns.length === 0) return {};
  const read = columns.map((column, at) => `${readColumn(column, 't')} AS "c${at}"`).join(', ');
  const [row] = await sql.all(`SELECT ${read} FROM ${quoted(info.table)} t WHERE t."$id" = ?`, [user.id]);
  return Object.fromEntries(columns.map((column, at) => [column.memberId, cellOf(row?.[`c${at}`], column)]));
}

/** Members of their own object that a user may read. */
export type ReadRights = (sql: Sql, model: ActiveModel, user: User) => Promise<ReadonlySet<string>>;
