import type { ElementId } from '../base/ids.ts';
import { type Dialect, quoteName, type Sql } from '../relational/dialect.ts';
import type { ColumnType, EntityTable, RelationalPlan } from '../relational/plan.ts';
import type { BindingEnvironment } from './bind-values.ts';
import { type Fragment, joinSql, renderSql, sql } from './fragment.ts';
import type { ResolvedConstraint } from './resolved.ts';
import type { ResolvedSort } from './sort.ts';
import { orderKeys, sortKeySql } from './sort-sql.ts';
import { columnOf, notStored, type Source, SqlWriter, tableSource } from './sql-writer.ts';
import { conditionSql } from './to-sql.ts';

export interface Selection {
  /** What is kept; it also says which entity is asked for, with its specialisations. */
  readonly constraint: ResolvedConstraint;
  readonly sort?: readonly ResolvedSort[];
  readonly limit?: number;
  readonly offset?: number;
  /** Columns of the result beside `$id` and `$entity` (the id of the object's own entity); each is named by its member's id. */
  readonly members?: readonly ElementId[];
  /** Columns of the store's own, like `$rev`, passed on under their names. Every entity's table has them. */
  readonly extraColumns?: readonly string[];
}

/** A whole retrieve over every table the entity's objects stand in. Rows that sort alike follow their ids. */
export function selectSql(
  selection: Selection,
  plan: RelationalPlan,
  dialect: Dialect,
  environment: BindingEnvironment,
): Sql {
  const { constraint, sort = [], limit, offset, members = [], extraColumns = [] } = selection;
  const writer = new SqlWriter(plan, dialect);
  const types = columnTypes(members, constraint, writer);
  const keys = sort.map((key, at) => orderKeys(key, `"$key${at}"`, dialect));
  const branches = rows(constraint, writer).map(({ row, table }): Fragment => {
    const columns = [
      sql`${row.alias}."$id" AS "$id"`,
      sql`${writer.id(table.entityId)} AS "$entity"`,
      ...members.map((member) => sql`${memberSql(member, row, types, dialect)} AS ${quoteName(member)}`),
      ...extraColumns.map((name) => sql`${row.alias}.${quoteName(name)} AS ${quoteName(name)}`),
      ...sort.map((key, at) => sql`${sortKeySql(key, row, writer)} AS "$key${at}"`),
    ];
    return sql`SELECT ${joinSql(columns, ', ')} FROM ${quoteName(table.name)} ${row.alias} WHERE ${conditionSql(constraint.condition, row, writer, environment)}`;
  });
  const result = ['"$id"', '"$entity"', ...[...members, ...extraColumns].map(quoteName)].join(', ');
  const order = [...keys.flat(), '"$id"'].join(', ');
  return renderSql(
    sql`SELECT ${result} FROM (${joinSql(branches, ' UNION ALL ')}) found ORDER BY ${order}${rangeSql(limit, offset, writer)}`,
    dialect,
  );
}

/** How many objects a retrieve would give without limit and offset, as the column `count`. */
export function countSql(
  constraint: ResolvedConstraint,
  plan: RelationalPlan,
  dialect: Dialect,
  environment: BindingEnvironment,
): Sql {
  const writer = new SqlWriter(plan, dialect);
  const counts = rows(constraint, writer).map(({ row, table }) => {
    return sql`(SELECT count(*) FROM ${quoteName(table.name)} ${row.alias} WHERE ${conditionSql(constraint.condition, row, writer, environment)})`;
  });
  return renderSql(sql`SELECT ${joinSql(counts, ' + ')} AS "count"`, dialect);
}

function rows(
  constraint: ResolvedConstraint,
  writer: SqlWriter,
): { readonly row: Source; readonly table: EntityTable }[] {
  const tables = writer.tables(constraint.entities);
  if (tables.length === 0) throw notStored(`there is no table of the entity ${constraint.entity}`, constraint.entity);
  return tables.map((table) => ({ row: tableSource(writer.alias(), table), table }));
}

function columnTypes(
  members: readonly ElementId[],
  constraint: ResolvedConstraint,
  writer: SqlWriter,
): ReadonlyMap<ElementId, ColumnType> {
  const types = new Map<ElementId, ColumnType>();
  for (const member of members) {
    const column = writer.tables(constraint.entities).flatMap((table) => columnOf(table, member) ?? [])[0];
    if (!column) throw notStored(`no table of the query has a column for the member ${member}`, member);
    types.set(member, column.type);
  }
  return types;
}

const NULLS: { readonly [type in ColumnType]: string } = {
  text: 'text',
  integer: 'integer',
  long: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  dateTime: 'bigint',
  enumeration: 'text',
  binary: 'text',
  reference: 'text',
};

/** Empty where only another of the entities has the member. */
function memberSql(
  member: ElementId,
  row: Source,
  types: ReadonlyMap<ElementId, ColumnType>,
  dialect: Dialect,
): string {
  const column = row.column(member);
  if (column !== undefined) return `${row.alias}.${quoteName(column)}`;
  return dialect === 'sqlite' ? 'NULL' : `NULL::${NULLS[types.get(member)!]}`;
}

function rangeSql(limit: number | undefined, offset: number | undefined, writer: SqlWriter): Fragment {
  const skip = offset ? sql` OFFSET ${writer.wholeNumber(offset)}` : [];
  if (limit !== undefined) return sql` LIMIT ${writer.wholeNumber(limit)}${skip}`;
  // SQLite has no OFFSET without a LIMIT; a negative one is none.
  return offset && writer.dialect === 'sqlite' ? sql` LIMIT -1${skip}` : skip;
}
