import type { Column, EntityTable, LinkTable, RelationalPlan } from '@skerry/shared/relational/plan';

/**
 * The service's tables after a release: those of the new model, and beside them what it no longer contains. Dormant
 * tables and columns keep their data and wake by id when a later model names them again (design 6.9).
 */
export function keepDormant(previous: RelationalPlan, next: RelationalPlan): RelationalPlan {
  const names = new Set(next.tables.map((table) => table.name.toLowerCase()));
  const nextByKey = new Map(next.tables.map((table) => [keyOf(table), table]));
  const before = new Map(previous.tables.map((table) => [keyOf(table), table]));
  const tables = next.tables.map((table) => {
    const old = before.get(keyOf(table));
    return table.kind === 'entity' && old?.kind === 'entity' ? keepColumns(old, table) : table;
  });
  const dormant = previous.tables
    .filter((table) => !nextByKey.has(keyOf(table)))
    .map((table) =>
      names.has(table.name.toLowerCase()) ? { ...table, name: asleep(table.name, keyOf(table)) } : table,
    );
  const entities = new Set<string>(next.entities.map((entity) => entity.id));
  const associations = new Set<string>(next.associations.map((association) => association.id));
  const enumerations = new Set<string>(next.enumerations.map((enumeration) => enumeration.id));
  return {
    entities: [...next.entities, ...previous.entities.filter((entity) => !entities.has(entity.id))],
    associations: [...next.associations, ...previous.associations.filter((one) => !associations.has(one.id))],
    enumerations: [...next.enumerations, ...previous.enumerations.filter((one) => !enumerations.has(one.id))],
    tables: [...tables, ...dormant],
  };
}

function keepColumns(old: EntityTable, table: EntityTable): EntityTable {
  const present = new Set<string>(table.columns.map((column) => column.memberId));
  const names = new Set(table.columns.map((column) => column.name.toLowerCase()));
  const dormant = old.columns
    .filter((column) => !present.has(column.memberId))
    .map(
      (column): Column =>
        names.has(column.name.toLowerCase()) ? { ...column, name: asleep(column.name, column.memberId) } : column,
    );
  return { ...table, columns: [...table.columns, ...dormant] };
}

/** Another element has taken the name. */
function asleep(name: string, id: string): string {
  return `${name.slice(0, 40)}_${id}`;
}

function keyOf(table: EntityTable | LinkTable): string {
  return table.kind === 'entity' ? table.entityId : table.associationId;
}
