import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { ResolvedConstraint } from '@skerry/shared/constraint/resolved';
import { toSql } from '@skerry/shared/constraint/to-sql';
import type { Holding } from '@skerry/shared/sync/admission-access';
import { quoted } from '../base/quoted.ts';
import type { Sql, SqlValue } from '../base/sql.ts';
import type { EntityInfo, ResolvedGrant } from '../releases/index.ts';
import type { Viewpoint } from './viewpoint.ts';

/** A part of a statement with its parameters in the order of their places. */
export interface Part {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

export const EVERYTHING: Part = { sql: '1', parameters: [] };

/** A constraint as a Boolean over the row `alias` of the entity's table; null is every row. */
export function condition(
  viewpoint: Viewpoint,
  constraint: ResolvedConstraint | null,
  entity: ElementId,
  alias: string,
): Part {
  if (constraint === null) return EVERYTHING;
  const { sql, parameters } = toSql(constraint, viewpoint.model.plan, 'sqlite', {
    environment: viewpoint.environment,
    alias,
    entity,
  });
  return { sql, parameters: parameters as readonly SqlValue[] };
}

/** Grants of the entity that belong to one of the user's roles, whatever the object. */
export function grantsFor(viewpoint: Viewpoint, entity: ElementId): readonly ResolvedGrant[] {
  const roles = new Set(viewpoint.user.roles.map((role) => role.id));
  return (viewpoint.model.grants.get(entity) ?? []).filter(({ grant }) =>
    grant.userRoles.some((role) => roles.has(role)),
  );
}

/** The grants that hold for one object in the tables' present state; none for an object that is not there. */
export async function holdingGrants(
  sql: Sql,
  viewpoint: Viewpoint,
  info: EntityInfo,
  id: ObjectId,
): Promise<readonly ResolvedGrant[]> {
  const grants = grantsFor(viewpoint, info.id);
  const answers = await ask(
    sql,
    viewpoint,
    info,
    id,
    grants.map((one) => one.constraint),
  );
  return grants.filter((_, at) => answers?.[at] ?? false);
}

/** Of grants that held before an update: whether their constraint for the state after it holds in the present state. */
export async function judgedAfter(
  sql: Sql,
  viewpoint: Viewpoint,
  info: EntityInfo,
  id: ObjectId,
  grants: readonly ResolvedGrant[],
): Promise<readonly Holding[]> {
  const answers = grants.some((one) => one.after)
    ? await ask(
        sql,
        viewpoint,
        info,
        id,
        grants.map((one) => one.after),
      )
    : null;
  return grants.map(({ grant, after }, at) => ({
    write: new Set<string>(grant.write),
    create: grant.create,
    delete: grant.delete,
    holdsAfter: after === null || (answers?.[at] ?? false),
  }));
}

async function ask(
  sql: Sql,
  viewpoint: Viewpoint,
  info: EntityInfo,
  id: ObjectId,
  constraints: readonly (ResolvedConstraint | null)[],
): Promise<readonly boolean[] | null> {
  if (constraints.length === 0) return [];
  const parts = constraints.map((constraint) => condition(viewpoint, constraint, info.id, 'o'));
  const columns = parts.map((part, at) => `(${part.sql}) AS "g${at}"`).join(', ');
  const parameters = [...parts.flatMap((part) => part.parameters), id];
  const [row] = await sql.all(`SELECT ${columns} FROM ${quoted(info.table)} o WHERE o."$id" = ?`, parameters);
  return row ? constraints.map((_, at) => Number(row[`g${at}`] ?? 0) === 1) : null;
}
