import { must } from '../base/invariant.ts';
import { type Dialect, quoteName, type Sql } from '../relational/dialect.ts';
import type { RelationalPlan } from '../relational/plan.ts';
import { type Fragment, joinSql, renderSql, sql } from './fragment.ts';
import type { ResolvedConstraint, ResolvedStep } from './resolved.ts';
import type { ResolvedSort } from './sort.ts';
import { notStored, type Source, SqlWriter, tableSource } from './sql-writer.ts';
import { enumerationPlaceSql } from './to-sql.ts';

export interface OrderBySqlOptions {
  readonly alias: string;
  /** Entity whose table the alias stands for. */
  readonly entity: ResolvedConstraint['entity'];
  readonly firstParameter?: number;
}

/** What stands behind ORDER BY for rows of one table, ending with the id so that the order is total. */
export function orderBySql(
  sort: readonly ResolvedSort[],
  plan: RelationalPlan,
  dialect: Dialect,
  options: OrderBySqlOptions,
): Sql {
  const writer = new SqlWriter(plan, dialect);
  const table = writer.tables([options.entity])[0];
  if (!table) throw notStored(`there is no table of the entity ${options.entity}`, options.entity);
  const row = tableSource(options.alias, table);
  const keys = sort.map((key) => {
    const value = sortKeySql(key, row, writer);
    return joinSql(
      parts(key, dialect).map(([before, after]) => sql`${before}${value}${after}`),
      ', ',
    );
  });
  return renderSql(joinSql([...keys, [`${options.alias}."$id"`]], ', '), dialect, options.firstParameter);
}

/** The terms of ORDER BY for a key that stands in a column already. */
export function orderKeys(key: ResolvedSort, column: string, dialect: Dialect): string[] {
  return parts(key, dialect).map(([before, after]) => `${before}${column}${after}`);
}

/** Text goes by its folded form first. SQLite puts NULL before everything; PostgreSQL has to be told. */
function parts(key: ResolvedSort, dialect: Dialect): (readonly [before: string, after: string])[] {
  const direction = key.descending ? ' DESC' : ' ASC';
  if (dialect === 'sqlite') {
    return key.type === 'text'
      ? [
          ['', ` COLLATE NOCASE${direction}`],
          ['', ` COLLATE BINARY${direction}`],
        ]
      : [['', direction]];
  }
  const nulls = key.descending ? ' NULLS LAST' : ' NULLS FIRST';
  const end = `${direction}${nulls}`;
  return key.type === 'text'
    ? [
        ['lower(', ` COLLATE "C")${end}`],
        ['', ` COLLATE "C"${end}`],
      ]
    : [['', end]];
}

/** The value a row is ordered by. */
export function sortKeySql(key: ResolvedSort, row: Source, writer: SqlWriter): Fragment {
  const place = (value: Fragment) => (key.order ? sql`(${enumerationPlaceSql(value, key.order, writer)})` : value);
  return reachedValue(key.steps, row, writer, (source) => place(writer.column(source, key.member)));
}

/** A value at the end of steps that reach at most one object each; should the data hold more, that with the lowest id counts. */
function reachedValue(
  steps: readonly ResolvedStep[],
  row: Source,
  writer: SqlWriter,
  value: (source: Source) => Fragment,
): Fragment {
  const [step, ...rest] = steps;
  if (!step) return value(row);
  const link = writer.linkTable(step.association);
  const isForward = step.direction === 'forward';
  const id = `${row.alias}."$id"`;
  const each = writer.tables(step.entities).map((table) => {
    const source = tableSource(writer.alias(), table);
    const inner = reachedValue(rest, source, writer, value);
    const from = `FROM ${quoteName(table.name)} ${source.alias}`;
    if (link) {
      const alias = writer.alias();
      const [near, far] = isForward ? ['$owner', '$target'] : ['$target', '$owner'];
      return sql`(SELECT ${inner} ${from} JOIN ${quoteName(link.name)} ${alias} ON ${alias}."${far!}" = ${source.alias}."$id" WHERE ${alias}."${near!}" = ${id} ORDER BY ${source.alias}."$id" LIMIT 1)`;
    }
    const join = isForward
      ? sql`${source.alias}."$id" = ${writer.column(row, step.association)}`
      : sql`${writer.column(source, step.association)} = ${id}`;
    return sql`(SELECT ${inner} ${from} WHERE ${join} ORDER BY ${source.alias}."$id" LIMIT 1)`;
  });
  if (each.length === 0) throw notStored(`there is no table of the entity ${step.entity}`, step.entity);
  return each.length === 1 ? must(each[0], 'one table') : sql`COALESCE(${joinSql(each, ', ')})`;
}
