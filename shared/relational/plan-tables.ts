import type { ElementId } from '../base/ids.ts';
import { type AssociationEnd, type AttributeMember, type DomainView, domainView } from '../metamodel/domain-view.ts';
import type { AttributeType } from '../metamodel/entity.ts';
import type { Model } from '../metamodel/model.ts';
import { indexName, Names } from './naming.ts';
import type {
  Column,
  ColumnType,
  EntityTable,
  LinkTable,
  PlannedAssociation,
  PlannedEntity,
  PlannedEnumeration,
  RelationalPlan,
} from './plan.ts';

export interface PlanTablesOptions {
  /** Qualified names of the entities whose own objects are held; absent: every persistable one. */
  readonly entities?: ReadonlySet<string>;
  /** By qualified name of the entity, ids of the attributes and system members held; an entity that is absent holds all. */
  readonly members?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids of the associations whose links are held; absent: all between entities that are. */
  readonly associations?: ReadonlySet<string>;
}

/** The tables for a model: the whole of it for the service, a part for a device. Calculated attributes have no column. */
export function planTables(model: Model, options: PlanTablesOptions = {}): RelationalPlan {
  const view = domainView(model);
  const held = [...model.all('entity').keys()].filter(
    (name) => view.persistable(name) && (options.entities?.has(name) ?? true),
  );
  const names = new Names();
  const tableNames = new Map(held.map((name) => [name, names.take(name.replace('.', '$'), view.entity(name)!.id)]));
  const tables: (EntityTable | LinkTable)[] = [];
  for (const name of held) tables.push(entityTable(view, name, tableNames.get(name)!, options));
  const associations: PlannedAssociation[] = [];
  for (const [name] of model.all('entity')) {
    for (const end of view.owned(name)) {
      if (end.from !== name || end.system || !isHeld(view, end, tableNames, options)) continue;
      associations.push(plannedAssociation(view, end, names, tables));
    }
  }
  return {
    entities: [...held, ...above(view, held)].map((name) => plannedEntity(view, name, tableNames)),
    associations,
    enumerations: plannedEnumerations(model),
    tables,
  };
}

function plannedEntity(view: DomainView, name: string, tableNames: ReadonlyMap<string, string>): PlannedEntity {
  const { id, generalization } = view.entity(name)!;
  const above = generalization ? view.entity(generalization)?.id : undefined;
  const concrete = [name, ...view.specialisations(name)]
    .filter((at) => tableNames.has(at))
    .map((at) => view.entity(at)!.id);
  return { id, name, ...(above ? { generalization: above } : {}), table: tableNames.get(name) ?? '', concrete };
}

/** Generalizations of held entities that are not held themselves: what they declare stands in their specialisations' tables. */
function above(view: DomainView, held: readonly string[]): readonly string[] {
  const all = new Set(held.flatMap((name) => view.lineage(name)));
  return [...all].filter((name) => !held.includes(name)).sort();
}

function plannedEnumerations(model: Model): PlannedEnumeration[] {
  return [...model.all('enumeration').values()].map(({ content, qualifiedName }) => ({
    id: content.id,
    name: qualifiedName,
    values: content.values.map(({ id, name }) => ({ id, name })),
  }));
}

/** Whether the association has anywhere to stand: persistable ends, and rows at its owner's side or at both. */
function isHeld(
  view: DomainView,
  end: AssociationEnd,
  tableNames: ReadonlyMap<string, string>,
  options: PlanTablesOptions,
): boolean {
  if (options.associations && !options.associations.has(end.id)) return false;
  const hasRows = (name: string) => [name, ...view.specialisations(name)].some((at) => tableNames.has(at));
  return (
    view.persistable(end.to) &&
    hasRows(end.from) &&
    (isColumn(end) || options.associations !== undefined || hasRows(end.to))
  );
}

function isColumn(end: AssociationEnd): boolean {
  return end.type === 'reference' && end.association?.storage !== 'table';
}

function entityTable(view: DomainView, name: string, table: string, options: PlanTablesOptions): EntityTable {
  const columns: Column[] = [];
  const names = new Names();
  const held = options.members?.get(name);
  const keeps = (id: string) => held?.has(id) ?? true;
  const add = (member: AttributeMember | AssociationEnd, type: ColumnType) =>
    columns.push({ memberId: member.id, name: names.take(member.name, member.id), type });
  // System members last, as everywhere: a later "owner" attribute then never moves the column of System.owner.
  const attributes = [...view.attributes(name).values()].filter(
    // What an expression calculates is kept by the service, and stands on devices as its last value.
    (member) => member.attribute?.calculatedBy?.kind !== 'microflow' && keeps(member.id),
  );
  const owned = view
    .owned(name)
    .filter((end) => isColumn(end) && view.persistable(end.to) && holdsLink(end, keeps, options));
  for (const member of attributes) if (!member.system) add(member, columnType(member.type));
  for (const end of owned) if (!end.system) add(end, 'reference');
  for (const member of attributes) if (member.system) add(member, 'dateTime');
  for (const end of owned) if (end.system) add(end, 'reference');
  return {
    kind: 'entity',
    entityId: view.entity(name)!.id,
    name: table,
    columns,
    indexes: indexes(view, name, table, columns),
  };
}

function holdsLink(end: AssociationEnd, keeps: (id: string) => boolean, options: PlanTablesOptions): boolean {
  return end.system ? keeps(end.id) : (options.associations?.has(end.id) ?? true);
}

function columnType(type: AttributeType): ColumnType {
  switch (type.kind) {
    case 'String':
    case 'HashedString':
      return 'text';
    case 'Integer':
      return 'integer';
    case 'Long':
    case 'AutoNumber':
      return 'long';
    case 'Decimal':
      return 'decimal';
    case 'Boolean':
      return 'boolean';
    case 'DateTime':
      return 'dateTime';
    case 'Enumeration':
      return 'enumeration';
    case 'Binary':
      return 'binary';
  }
}

function indexes(view: DomainView, name: string, table: string, columns: readonly Column[]): EntityTable['indexes'] {
  const entityId = view.entity(name)!.id;
  const columnOf = new Map(columns.map((column) => [column.memberId as string, column.name]));
  const members = new Map<string, string>(
    [...view.attributes(name).values(), ...view.owned(name)].map((member) => [member.name, member.id]),
  );
  const list: { name: string; columns: { name: string; descending: boolean }[] }[] = [];
  for (const at of view.lineage(name).toReversed()) {
    for (const index of view.entity(at)!.indexes) {
      const parts = index.members.map(({ member, descending }) => {
        const column = columnOf.get(members.get(member.split('.').at(-1)!) ?? '');
        return column === undefined ? null : { name: column, descending };
      });
      if (parts.length > 0 && parts.every((part) => part !== null))
        list.push({ name: indexName(table, entityId, index.id), columns: parts });
    }
  }
  // Steps against an association's direction look rows up by their reference.
  for (const column of columns) {
    if (column.type === 'reference')
      list.push({
        name: indexName(table, entityId, column.memberId),
        columns: [{ name: column.name, descending: false }],
      });
  }
  return list;
}

function plannedAssociation(
  view: DomainView,
  end: AssociationEnd,
  names: Names,
  tables: (EntityTable | LinkTable)[],
): PlannedAssociation {
  const { association } = end;
  const storage = isColumn(end)
    ? ({ kind: 'column', column: columnNameOf(tables, end.id) ?? end.name } as const)
    : ({ kind: 'table', table: names.take(end.qualifiedName.replace('.', '$'), end.id) } as const);
  if (storage.kind === 'table') tables.push({ kind: 'link', associationId: end.id, name: storage.table });
  const { from = 'keep', to = 'keep' } = association?.deleteBehavior ?? {};
  return {
    id: end.id,
    name: end.qualifiedName,
    from: view.entity(end.from)!.id,
    to: view.entity(end.to)!.id,
    type: end.type,
    owner: end.owner,
    storage,
    deleteBehavior: { from, to },
  };
}

function columnNameOf(tables: readonly (EntityTable | LinkTable)[], memberId: ElementId): string | undefined {
  for (const table of tables) {
    const column = table.kind === 'entity' ? table.columns.find((at) => at.memberId === memberId) : undefined;
    if (column) return column.name;
  }
  return undefined;
}
