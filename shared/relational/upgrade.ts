import type { ElementId } from '../base/ids.ts';
import {
  type CreateTablesOptions,
  columnSql,
  createIndexSql,
  createTableSql,
  indexesOf,
  type PlannedIndex,
} from './create-tables.ts';
import { type Dialect, quoteName } from './dialect.ts';
import type { Column, EntityTable, LinkTable, RelationalPlan } from './plan.ts';

/** Steps from one plan's tables to another's, in the order to take them. Names are those at the moment of the step. */
export type UpgradeStep =
  | { readonly kind: 'dropIndex'; readonly index: string }
  | { readonly kind: 'dropTable'; readonly table: string }
  | { readonly kind: 'dropColumn'; readonly table: string; readonly column: string }
  | { readonly kind: 'renameTable'; readonly table: string; readonly to: string }
  | { readonly kind: 'renameColumn'; readonly table: string; readonly column: string; readonly to: string }
  | { readonly kind: 'addColumn'; readonly table: string; readonly column: Column }
  | { readonly kind: 'createTable'; readonly table: EntityTable | LinkTable }
  | { readonly kind: 'createIndex'; readonly table: string; readonly index: PlannedIndex }
  /** Nothing to run: the member's old values could not stay (another type, another storage) and are to be fetched or converted. */
  | { readonly kind: 'refill'; readonly entityId?: ElementId; readonly memberId: ElementId };

type Table = EntityTable | LinkTable;

/** Compares by ids alone, so that a renamed element keeps its data whatever its new name was called before. */
export function planUpgrade(from: RelationalPlan, to: RelationalPlan): UpgradeStep[] {
  const before = new Map(from.tables.map((table) => [keyOf(table), table]));
  const after = new Map(to.tables.map((table) => [keyOf(table), table]));
  const kept = to.tables.flatMap((table) => {
    const old = before.get(keyOf(table));
    return old ? [{ old, table }] : [];
  });
  const created = to.tables.filter((table) => !before.has(keyOf(table)));
  const dropped = from.tables.filter((table) => !after.has(keyOf(table)));
  const columns = kept.map(({ old, table }) => compareColumns(old, table));
  const indexes = kept.map(({ old, table }) => compareIndexes(old, table));

  return [
    ...indexes.flatMap(({ drop }) => drop),
    ...dropped.map((table): UpgradeStep => ({ kind: 'dropTable', table: table.name })),
    ...columns.flatMap(({ drop }) => drop),
    ...renames(
      kept.map(({ old, table }) => ({ old: old.name, name: table.name, id: keyOf(table) })),
      (table, name): UpgradeStep => ({ kind: 'renameTable', table, to: name }),
    ),
    ...columns.flatMap(({ rename }) => rename),
    ...columns.flatMap(({ add }) => add),
    ...created.map((table): UpgradeStep => ({ kind: 'createTable', table })),
    ...indexes.flatMap(({ create }) => create),
    ...created.flatMap((table) =>
      indexesOf(table).map((index): UpgradeStep => ({ kind: 'createIndex', table: table.name, index })),
    ),
    ...columns.flatMap(({ refill }) => refill),
    ...movedAssociations(from, to),
  ];
}

/** One statement per step that has one. Run them in one transaction. */
export function upgradeSql(
  steps: readonly UpgradeStep[],
  dialect: Dialect,
  options: CreateTablesOptions = {},
): string[] {
  return steps.map((step) => statementOf(step, dialect, options)).filter((statement) => statement !== '');
}

function statementOf(step: UpgradeStep, dialect: Dialect, options: CreateTablesOptions): string {
  switch (step.kind) {
    case 'dropIndex':
      return `DROP INDEX ${quoteName(step.index)}`;
    case 'dropTable':
      return `DROP TABLE ${quoteName(step.table)}`;
    case 'dropColumn':
      return `ALTER TABLE ${quoteName(step.table)} DROP COLUMN ${quoteName(step.column)}`;
    case 'renameTable':
      return `ALTER TABLE ${quoteName(step.table)} RENAME TO ${quoteName(step.to)}`;
    case 'renameColumn':
      return `ALTER TABLE ${quoteName(step.table)} RENAME COLUMN ${quoteName(step.column)} TO ${quoteName(step.to)}`;
    case 'addColumn':
      return `ALTER TABLE ${quoteName(step.table)} ADD COLUMN ${columnSql(step.column, dialect)}`;
    case 'createTable':
      return createTableSql(step.table, dialect, options);
    case 'createIndex':
      return createIndexSql(step.table, step.index);
    case 'refill':
      return '';
  }
}

function keyOf(table: Table): ElementId {
  return table.kind === 'entity' ? table.entityId : table.associationId;
}

interface Rename {
  readonly old: string;
  readonly name: string;
  readonly id: ElementId;
}

/** A name that is still in use, or differs by case alone, is reached by way of another: so A and B can change places. */
function renames(candidates: readonly Rename[], step: (from: string, to: string) => UpgradeStep): UpgradeStep[] {
  const inUse = new Set(candidates.map(({ old }) => old.toLowerCase()));
  const changed = candidates.filter(({ old, name }) => old !== name);
  const waiting = changed.filter(({ name }) => inUse.has(name.toLowerCase()));
  return [
    ...waiting.map(({ old, id }) => step(old, `$moving$${id}`)),
    ...changed.filter(({ name }) => !inUse.has(name.toLowerCase())).map(({ old, name }) => step(old, name)),
    ...waiting.map(({ name, id }) => step(`$moving$${id}`, name)),
  ];
}

function compareColumns(
  old: Table,
  table: Table,
): { drop: UpgradeStep[]; rename: UpgradeStep[]; add: UpgradeStep[]; refill: UpgradeStep[] } {
  if (old.kind !== 'entity' || table.kind !== 'entity') return { drop: [], rename: [], add: [], refill: [] };
  const before = new Map(old.columns.map((column) => [column.memberId, column]));
  const stays = (column: Column) => before.get(column.memberId)?.type === column.type;
  const staying = table.columns.filter(stays);
  const ids = new Set(staying.map((column) => column.memberId));
  return {
    drop: old.columns
      .filter(({ memberId }) => !ids.has(memberId))
      .map(({ name }) => ({ kind: 'dropColumn', table: old.name, column: name })),
    rename: renames(
      staying.map(({ memberId, name }) => ({ old: before.get(memberId)!.name, name, id: memberId })),
      (column, to) => ({ kind: 'renameColumn', table: table.name, column, to }),
    ),
    add: table.columns
      .filter((column) => !stays(column))
      .map((column) => ({ kind: 'addColumn', table: table.name, column })),
    refill: table.columns
      .filter((column) => before.has(column.memberId) && !stays(column))
      .map(({ memberId }) => ({ kind: 'refill', entityId: table.entityId, memberId })),
  };
}

function compareIndexes(old: Table, table: Table): { drop: UpgradeStep[]; create: UpgradeStep[] } {
  const before = new Set(indexesOf(old).map((index) => indexKey(old, index)));
  const after = new Set(indexesOf(table).map((index) => indexKey(table, index)));
  return {
    drop: indexesOf(old)
      .filter((index) => !after.has(indexKey(old, index)))
      .map(({ name }) => ({ kind: 'dropIndex', index: name })),
    create: indexesOf(table)
      .filter((index) => !before.has(indexKey(table, index)))
      .map((index) => ({ kind: 'createIndex', table: table.name, index })),
  };
}

/** What an index is, whatever its columns are called now. */
function indexKey(table: Table, index: PlannedIndex): string {
  const part = (name: string) => {
    const column = table.kind === 'entity' ? table.columns.find((at) => at.name === name) : undefined;
    return column ? `${column.memberId}:${column.type}` : name;
  };
  return JSON.stringify([index.name, index.columns.map(({ name, descending }) => [part(name), descending])]);
}

/** An association that went from a column to a table of its own, or back. */
function movedAssociations(from: RelationalPlan, to: RelationalPlan): UpgradeStep[] {
  const before = new Map(from.associations.map((association) => [association.id, association.storage.kind]));
  return to.associations.flatMap(({ id, storage }): UpgradeStep[] => {
    const old = before.get(id);
    return old && old !== storage.kind ? [{ kind: 'refill', memberId: id }] : [];
  });
}
