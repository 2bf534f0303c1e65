import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { resolveConstraint } from '@skerry/shared/constraint/resolve';
import type { ResolvedConstraint } from '@skerry/shared/constraint/resolved';
import { selectSql } from '@skerry/shared/constraint/select-sql';
import { checkSort } from '@skerry/shared/constraint/sort';
import { toSql } from '@skerry/shared/constraint/to-sql';
import type { EvaluationEnvironment } from '@skerry/shared/expression/environment';
import type { Type } from '@skerry/shared/expression/type';
import type { Value } from '@skerry/shared/expression/value';
import type { SortItem } from '@skerry/shared/metamodel/data-source';
import { quoteName, type Sql } from '@skerry/shared/relational/dialect';
import { MissingData } from '../flow/missing-data.ts';
import type { ObjectValues } from '../flow/object-values.ts';
import type { SqlValue } from '../platform/ports.ts';
import type { SqlReader } from '../store/sql-queue.ts';
import { refuse } from './failure.ts';
import type { RunningEntity } from './running-app.ts';
import type { ReaderContext } from './stored-object.ts';

/** Where a query is asked: data to bind variables from. */
export interface QueryScope {
  readonly reader: SqlReader;
  readonly context: ReaderContext;
  readonly values: ObjectValues;
  /** Members and steps not at hand throw `MissingData`. */
  readonly environment: EvaluationEnvironment;
}

export interface Query {
  /** Qualified name. */
  readonly entity: string;
  readonly constraint: string;
  readonly sort?: readonly SortItem[];
  /** Variables that the constraint may name. */
  readonly variables: { readonly [name: string]: Value };
  readonly offset?: number;
  readonly limit?: number;
}

/** Ids of stored objects, in order, with the entity each is of. */
export async function findObjects(scope: QueryScope, query: Query): Promise<readonly ObjectId[]> {
  const { app } = scope.context;
  const context = { view: app.view, entity: query.entity, variables: typesOf(query.variables) };
  const resolved = resolve(query.constraint, context);
  const sort = checkSort(query.sort ?? [], context).resolved;
  const selection = {
    constraint: resolved,
    sort,
    ...(query.limit === undefined ? {} : { limit: query.limit }),
    ...(query.offset === undefined ? {} : { offset: query.offset }),
  };
  const rows = await run(scope, () => selectSql(selection, app.tables.plan, 'sqlite', scope.environment));
  for (const row of rows) scope.context.entityIds.set(String(row.$id) as ObjectId, String(row.$entity) as ElementId);
  return rows.map((row) => String(row.$id) as ObjectId);
}

/** Those of `objects`, all of one entity, for which a constraint holds on the rows as they are. */
export async function holdingObjects(
  scope: QueryScope,
  entity: RunningEntity,
  constraint: string,
  objects: readonly ObjectId[],
): Promise<ReadonlySet<ObjectId>> {
  const { app } = scope.context;
  const table = app.tables.table(entity.id);
  if (!table || objects.length === 0) return new Set();
  const resolved = resolve(constraint, { view: app.view, entity: entity.name });
  const rows = await run(scope, () => {
    const condition = toSql(resolved, app.tables.plan, 'sqlite', {
      environment: scope.environment,
      alias: 'r',
      entity: entity.id,
    });
    return {
      sql: `SELECT r."$id" FROM ${quoteName(table.name)} r WHERE r."$id" IN (SELECT "value" FROM json_each(?)) AND ${condition.sql}`,
      parameters: [JSON.stringify(objects), ...condition.parameters],
    };
  });
  return new Set(rows.map((row) => String(row.$id) as ObjectId));
}

/** A constraint that keeps objects of which one of the members contains the text. Null when none of them is text. */
export function searchConstraint(entity: RunningEntity, members: readonly string[], text: string): string | null {
  const texts = members.filter((name) => {
    const member = entity.members.get(name);
    return (
      name.includes('/') ||
      (member?.kind === 'attribute' && member.type.kind === 'String' && !member.attribute?.calculatedBy)
    );
  });
  if (texts.length === 0) return null;
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return `[${texts.map((name) => `contains(${name}, ${quoted})`).join(' or ')}]`;
}

/** Binding reads data synchronously; what is missing is loaded and it is written again. */
async function run(scope: QueryScope, write: () => Sql) {
  for (;;) {
    let sql: Sql;
    try {
      sql = write();
    } catch (thrown) {
      if (!(thrown instanceof MissingData)) throw thrown;
      await scope.values.load(scope.reader, scope.context, [thrown.read]);
      continue;
    }
    return scope.reader.all(sql.sql, sql.parameters as readonly SqlValue[]);
  }
}

function resolve(text: string, context: Parameters<typeof resolveConstraint>[1]): ResolvedConstraint {
  const { resolved, diagnostics } = resolveConstraint(text, context);
  return resolved ?? refuse('query/invalid-constraint', diagnostics[0]?.message ?? `"${text}" cannot be understood.`);
}

function typesOf(variables: { readonly [name: string]: Value }): ReadonlyMap<string, Type> {
  return new Map(Object.entries(variables).map(([name, value]) => [name, typeOf(value)]));
}

/** Constraints name variables by what they hold now: a page's parameter may hold a specialisation of its type. */
function typeOf(value: Value): Type {
  if (value === null) return { kind: 'Empty' };
  if (typeof value === 'string') return { kind: 'String' };
  if (typeof value === 'boolean') return { kind: 'Boolean' };
  if (typeof value === 'number') return { kind: 'Integer' };
  if (typeof value === 'bigint') return { kind: 'Long' };
  if (!('kind' in value)) return { kind: 'Decimal' };
  switch (value.kind) {
    case 'dateTime':
      return { kind: 'DateTime' };
    case 'enumeration':
      return { kind: 'Enumeration', enumeration: value.enumeration };
    case 'object':
      return { kind: 'Object', entity: value.entity };
    case 'list':
      return { kind: 'List', entity: value.entity };
    case 'error':
      return { kind: 'Unknown' };
  }
}
