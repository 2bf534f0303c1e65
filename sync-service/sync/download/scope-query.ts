import type { ObjectId } from '@skerry/shared/base/ids';
import type { Column } from '@skerry/shared/relational/plan';
import { readColumn } from '../../base/column.ts';
import { quoted } from '../../base/quoted.ts';
import type { Sql, SqlRow, SqlValue } from '../../base/sql.ts';
import type { Overlay } from '../../change-log/index.ts';
import type { EntityInfo, OwnedSet, ResolvedGrant, ScopedEntity } from '../../releases/index.ts';
import { condition, EVERYTHING, grantsFor, type Part } from '../rights.ts';
import type { Viewpoint } from '../viewpoint.ts';

/** The tables at one position of the log, looked at from one viewpoint. */
export interface State {
  readonly viewpoint: Viewpoint;
  readonly overlay: Overlay;
  readonly position: number;
}

/** One entity's scope for one user and device: design 6.5, cells and not rows. */
export interface EntityScope {
  readonly scoped: ScopedEntity;
  readonly info: EntityInfo;
  /** Of the user's roles. */
  readonly grants: readonly ResolvedGrant[];
  readonly columns: readonly Column[];
  readonly sets: readonly OwnedSet[];
  readonly deviceId: ObjectId;
  /** Whether the device holds objects of it beside what its mode brings. */
  readonly hasHoldings: boolean;
}

/** Null for an entity that brings nothing by itself: no mode that downloads, no table any more, or no grant that reads. */
export function entityScope(
  viewpoint: Viewpoint,
  scoped: ScopedEntity,
  deviceId: ObjectId,
  held: ReadonlySet<string>,
): EntityScope | null {
  const info = viewpoint.model.entities.get(scoped.id);
  if (!info || scoped.mode === 'online' || scoped.mode === 'uploadOnly') return null;
  const grants = grantsFor(viewpoint, scoped.id);
  const columns = scoped.columns.flatMap((member) => info.columnOf.get(member) ?? []);
  const sets = scoped.sets.flatMap((association) => info.sets.get(association) ?? []);
  return { scoped, info, grants, columns, sets, deviceId, hasHoldings: held.has(scoped.id) };
}

/** A row in scope. `holds` says which of the entity's grants do, in their order. */
export interface ScopedRow {
  readonly id: ObjectId;
  readonly rev: number;
  readonly holds: readonly boolean[];
  readonly row: SqlRow;
}

export interface Asked {
  /** Null: whatever the table holds. */
  readonly ids: readonly ObjectId[] | null;
  readonly after: string;
  readonly limit: number;
  readonly withCells: boolean;
}

/** Rows in scope by id, each with the grants that hold for it, in one statement. */
export async function rowsInScope(
  sql: Sql,
  scope: EntityScope,
  state: State,
  asked: Asked,
): Promise<readonly ScopedRow[]> {
  if (!scope.grants.some(({ grant }) => grant.read.length > 0)) return [];
  const grants = scope.grants.map((one) => condition(state.viewpoint, one.constraint, scope.info.id, 'o'));
  const cells = asked.withCells
    ? scope.columns.map((column, at) => `, ${readColumn(column, 'o')} AS "c${at}"`).join('')
    : '';
  const holds = grants.map((part, at) => `, (${part.sql}) AS "g${at}"`).join('');
  const where = filter(scope, state, grants);
  const ids =
    asked.ids === null
      ? EVERYTHING
      : { sql: 'o."$id" IN (SELECT value FROM json_each(?))', parameters: [JSON.stringify(asked.ids)] };
  const statement = `${state.overlay.with}SELECT o."$id" AS "id", o."$rev" AS "rev"${holds}${cells} FROM ${quoted(scope.info.table)} o
    WHERE ${ids.sql} AND o."$id" > ? AND ${where.sql} ORDER BY o."$id" LIMIT ?`;
  const parameters: SqlValue[] = [
    ...state.overlay.parameters,
    ...grants.flatMap((part) => part.parameters),
    ...ids.parameters,
    asked.after,
    ...where.parameters,
    asked.limit,
  ];
  const rows = await sql.all(statement, parameters);
  return rows.map((row) => ({
    id: row.id as ObjectId,
    rev: Number(row.rev),
    holds: grants.map((_, at) => Number(row[`g${at}`] ?? 0) === 1),
    row,
  }));
}

export async function countInScope(sql: Sql, scope: EntityScope, state: State): Promise<number> {
  if (!scope.grants.some(({ grant }) => grant.read.length > 0)) return 0;
  const grants = scope.grants.map((one) => condition(state.viewpoint, one.constraint, scope.info.id, 'o'));
  const where = filter(scope, state, grants);
  const [row] = await sql.all(
    `${state.overlay.with}SELECT count(*) AS "rows" FROM ${quoted(scope.info.table)} o WHERE ${where.sql}`,
    [...state.overlay.parameters, ...where.parameters],
  );
  return Number(row?.rows ?? 0);
}

/** The profile's part or what the device holds, and at least one grant that reads something. */
function filter(scope: EntityScope, state: State, grants: readonly Part[]): Part {
  const reading = grants.filter((_, at) => (scope.grants[at]?.grant.read.length ?? 0) > 0);
  const profile = profilePart(scope, state);
  return {
    sql: `(${profile.sql}) AND (${reading.map((part) => `(${part.sql})`).join(' OR ')})`,
    parameters: [...profile.parameters, ...reading.flatMap((part) => part.parameters)],
  };
}

function profilePart(scope: EntityScope, state: State): Part {
  const held: Part = {
    sql: 'EXISTS (SELECT 1 FROM "holding" h WHERE h."deviceId" = ? AND h."objectId" = o."$id" AND h."position" <= ?)',
    parameters: [scope.deviceId, state.position],
  };
  if (isHeld(scope)) return held;
  const mirrored = condition(state.viewpoint, scope.scoped.constraint, scope.info.id, 'o');
  if (!scope.hasHoldings || scope.scoped.constraint === null) return mirrored;
  return { sql: `(${mirrored.sql}) OR ${held.sql}`, parameters: [...mirrored.parameters, ...held.parameters] };
}

/** Whether it brings nothing but what the device holds. */
export function isHeld(scope: EntityScope): boolean {
  return scope.scoped.mode === 'kept' || scope.scoped.mode === 'never';
}

/** What a user may do with a row. The same object for the same grants of one scope. */
export interface RowRights {
  readonly rules: string[];
  readonly read: string[];
  readonly write: string[];
  readonly delete: boolean;
}

/** Rows by the thousand share a handful of combinations: each is worked out once per scope. */
const rightsByScope = new WeakMap<EntityScope, Map<string, RowRights>>();

/** Members on the device that the holding grants let read and write, and whether the object may be deleted. */
export function rightsOf(scope: EntityScope, holds: readonly boolean[]): RowRights {
  const combinations = rightsByScope.get(scope) ?? new Map<string, RowRights>();
  rightsByScope.set(scope, combinations);
  const key = holds.map(Number).join('');
  const known = combinations.get(key);
  if (known) return known;
  const onDevice = new Set<string>([...scope.scoped.columns, ...scope.scoped.sets]);
  const holding = scope.grants.filter((_, at) => holds[at]).map(({ grant }) => grant);
  const members = (of: 'read' | 'write') =>
    [...new Set(holding.flatMap((grant) => grant[of]))].filter((member) => onDevice.has(member)).sort();
  const rights: RowRights = {
    rules: holding.map((grant) => grant.rule).sort(),
    read: members('read'),
    write: members('write'),
    delete: holding.some((grant) => grant.delete),
  };
  combinations.set(key, rights);
  return rights;
}

/** Reference sets of some owners, in order of id. */
export async function setsOf(sql: Sql, set: OwnedSet, owners: readonly ObjectId[], overlay: Overlay) {
  const sets = new Map<ObjectId, ObjectId[]>(owners.map((owner) => [owner, []]));
  const rows = await sql.all(
    `${overlay.with}SELECT "$owner" AS "owner", "$target" AS "target" FROM ${quoted(set.table)}
     WHERE "$owner" IN (SELECT value FROM json_each(?)) ORDER BY "$owner", "$target"`,
    [...overlay.parameters, JSON.stringify(owners)],
  );
  for (const row of rows) sets.get(row.owner as ObjectId)?.push(row.target as ObjectId);
  return sets;
}
