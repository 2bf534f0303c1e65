import { type Dialect, quoteName } from './dialect.ts';
import { indexName } from './naming.ts';
import type { Column, ColumnType, EntityTable, LinkTable, RelationalPlan } from './plan.ts';

/** A column that a store adds for itself. The name begins with `$`; SQLite's tables are STRICT, which limits its types. */
export interface ExtraColumn {
  readonly name: string;
  /** Type and constraints, as in `INTEGER NOT NULL DEFAULT 0`. */
  readonly definition: { readonly [dialect in Dialect]: string };
}

export interface CreateTablesOptions {
  /** Added to every entity's table. */
  readonly extraColumns?: readonly ExtraColumn[];
  /** Added to every link table. */
  readonly extraLinkColumns?: readonly ExtraColumn[];
}

const SQLITE: { readonly [type in ColumnType]: string } = {
  text: 'TEXT',
  integer: 'INTEGER',
  long: 'INTEGER',
  decimal: 'TEXT',
  boolean: 'INTEGER',
  dateTime: 'INTEGER',
  enumeration: 'TEXT',
  binary: 'TEXT',
  reference: 'TEXT',
};
const POSTGRES: { readonly [type in ColumnType]: string } = {
  text: 'text COLLATE "C"',
  integer: 'integer',
  long: 'bigint',
  decimal: 'numeric(28,8)',
  boolean: 'boolean',
  dateTime: 'bigint',
  enumeration: 'text COLLATE "C"',
  binary: 'text COLLATE "C"',
  reference: 'text COLLATE "C"',
};
const KEY: { readonly [dialect in Dialect]: string } = {
  sqlite: 'TEXT NOT NULL',
  postgres: 'text COLLATE "C" NOT NULL',
};

/** One statement per table and index, tables first. */
export function createTablesSql(plan: RelationalPlan, dialect: Dialect, options: CreateTablesOptions = {}): string[] {
  return plan.tables.flatMap((table) => [
    createTableSql(table, dialect, options),
    ...indexesOf(table).map((index) => createIndexSql(table.name, index)),
  ]);
}

/** A primary key and no other constraint: what has to hold is checked before rows are written, never while they arrive. */
export function createTableSql(
  table: EntityTable | LinkTable,
  dialect: Dialect,
  options: CreateTablesOptions = {},
): string {
  const entity = table.kind === 'entity';
  const extra = (entity ? options.extraColumns : options.extraLinkColumns) ?? [];
  const lines = [
    ...(entity ? [`"$id" ${KEY[dialect]} PRIMARY KEY`] : [`"$owner" ${KEY[dialect]}`, `"$target" ${KEY[dialect]}`]),
    ...(entity ? table.columns.map((column) => columnSql(column, dialect)) : []),
    ...extra.map((column) => `${quoteName(column.name)} ${column.definition[dialect]}`),
    ...(entity ? [] : ['PRIMARY KEY ("$owner", "$target")']),
  ];
  return `CREATE TABLE ${quoteName(table.name)} (${lines.join(', ')})${dialect === 'sqlite' ? (entity ? ' STRICT' : ' STRICT, WITHOUT ROWID') : ''}`;
}

export function columnSql(column: Column, dialect: Dialect): string {
  return `${quoteName(column.name)} ${(dialect === 'sqlite' ? SQLITE : POSTGRES)[column.type]}`;
}

export interface PlannedIndex {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly descending: boolean }[];
}

export function indexesOf(table: EntityTable | LinkTable): readonly PlannedIndex[] {
  if (table.kind === 'entity') return table.indexes;
  const back = [
    { name: '$target', descending: false },
    { name: '$owner', descending: false },
  ];
  return [{ name: indexName(table.name, table.associationId, table.associationId), columns: back }];
}

export function createIndexSql(table: string, index: PlannedIndex): string {
  const columns = index.columns.map(({ name, descending }) => `${quoteName(name)}${descending ? ' DESC' : ''}`);
  return `CREATE INDEX ${quoteName(index.name)} ON ${quoteName(table)} (${columns.join(', ')})`;
}
