import type { Cell, Cells } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { fromBind, toBind } from '@skerry/shared/relational/bind';
import { type CreateTablesOptions, createTablesSql, type ExtraColumn } from '@skerry/shared/relational/create-tables';
import { quoteName } from '@skerry/shared/relational/dialect';
import type {
  ColumnType,
  EntityTable,
  LinkTable,
  PlannedAssociation,
  RelationalPlan,
} from '@skerry/shared/relational/plan';
import type { Links } from '@skerry/shared/sync/change';
import type { SqlRow, SqlValue } from '../platform/ports.ts';
import type { SqlReader, SqlTransaction } from './sql-queue.ts';

/** An object as the app's tables hold it: what its user sees, pending work laid over. */
export interface StoredRow {
  readonly entityId: ElementId;
  readonly objectId: ObjectId;
  /** The server's revision; 0 for an object it has not confirmed. */
  readonly rev: number;
  /** Key into the dictionary of rights. */
  readonly rights: number | null;
  /** Every column's cell by member id. */
  readonly cells: Cells;
  readonly links: Links;
}

const EXTRA: readonly ExtraColumn[] = [
  { name: '$rev', definition: { sqlite: 'INTEGER NOT NULL DEFAULT 0', postgres: 'bigint NOT NULL DEFAULT 0' } },
  { name: '$rights', definition: { sqlite: 'INTEGER', postgres: 'bigint' } },
];

/** How the device's own columns stand in the app's tables; upgrades between bundles need the same. */
export const DEVICE_TABLES: CreateTablesOptions = { extraColumns: EXTRA };

/** Parameters SQLite takes in one statement, less some for the rest. */
const MANY = 500;

/** Reads and writes rows by ids; names of tables and columns are the plan's affair. One per running bundle. */
export class AppTables {
  readonly plan: RelationalPlan;
  readonly #entities = new Map<string, EntityTable>();
  readonly #linkTables = new Map<string, LinkTable>();
  readonly #associations = new Map<string, PlannedAssociation>();
  readonly #linksFrom = new Map<string, readonly PlannedAssociation[]>();

  constructor(plan: RelationalPlan) {
    this.plan = plan;
    for (const table of plan.tables) {
      if (table.kind === 'entity') this.#entities.set(table.entityId, table);
      else this.#linkTables.set(table.associationId, table);
    }
    for (const association of plan.associations) this.#associations.set(association.id, association);
    for (const table of this.#entities.values()) {
      const owned = plan.associations.filter(
        (association) => association.storage.kind === 'table' && this.isA(table.entityId, association.from),
      );
      this.#linksFrom.set(table.entityId, owned);
    }
  }

  statements(): string[] {
    return createTablesSql(this.plan, 'sqlite', DEVICE_TABLES);
  }

  table(entityId: string): EntityTable | undefined {
    return this.#entities.get(entityId);
  }

  tables(): Iterable<EntityTable> {
    return this.#entities.values();
  }

  association(associationId: string): PlannedAssociation | undefined {
    return this.#associations.get(associationId);
  }

  /** Whether objects of `entityId` are objects of `ancestor` too. */
  isA(entityId: string, ancestor: string): boolean {
    if (entityId === ancestor) return true;
    const planned = this.plan.entities.find((entity) => entity.id === ancestor);
    return planned?.concrete.includes(entityId as ElementId) ?? false;
  }

  /** Associations whose links stand in tables of their own and which the entity's objects own. */
  linked(entityId: string): readonly PlannedAssociation[] {
    return this.#linksFrom.get(entityId) ?? [];
  }

  async row(reader: SqlReader, entityId: ElementId, objectId: ObjectId): Promise<StoredRow | null> {
    return (await this.rows(reader, entityId, [objectId])).get(objectId) ?? null;
  }

  /** Rows of one entity's own table, by id; those that are not there are absent. */
  async rows(
    reader: SqlReader,
    entityId: ElementId,
    ids: readonly ObjectId[],
  ): Promise<ReadonlyMap<ObjectId, StoredRow>> {
    const found = new Map<ObjectId, StoredRow>();
    const table = this.#entities.get(entityId);
    if (!table) return found;
    for (let from = 0; from < ids.length; from += MANY) {
      const some = ids.slice(from, from + MANY);
      const sql = `SELECT * FROM ${quoteName(table.name)} WHERE "$id" IN (${places(some.length)})`;
      const rows = await reader.all(sql, some);
      const links = await this.#linksOf(reader, entityId, some);
      for (const row of rows) {
        const objectId = String(row.$id) as ObjectId;
        found.set(objectId, storedRow(table, row, links.get(objectId) ?? {}));
      }
    }
    return found;
  }

  /** Entities of objects, wherever they stand. Objects that are nowhere are absent. */
  async entitiesOf(reader: SqlReader, ids: readonly ObjectId[]): Promise<ReadonlyMap<ObjectId, ElementId>> {
    const found = new Map<ObjectId, ElementId>();
    for (let from = 0; from < ids.length; from += MANY) {
      const some = ids.slice(from, from + MANY);
      for (const table of this.#entities.values()) {
        if (found.size === ids.length) return found;
        const sql = `SELECT "$id" FROM ${quoteName(table.name)} WHERE "$id" IN (${places(some.length)})`;
        for (const row of await reader.all(sql, some)) found.set(String(row.$id) as ObjectId, table.entityId);
      }
    }
    return found;
  }

  /** Writes whole rows of one entity, whether they are new or not, with their links. */
  async write(transaction: SqlTransaction, entityId: ElementId, rows: readonly StoredRow[]): Promise<void> {
    const table = this.#entities.get(entityId);
    if (!table || rows.length === 0) return;
    const names = ['$id', '$rev', '$rights', ...table.columns.map((column) => column.name)].map(quoteName);
    await transaction.runMany(
      `INSERT OR REPLACE INTO ${quoteName(table.name)} (${names.join(', ')}) VALUES (${places(names.length)})`,
      rows.map((row) => [
        row.objectId,
        row.rev,
        row.rights,
        ...table.columns.map((column) => bound(row.cells[column.memberId] ?? null, column.type)),
      ]),
    );
    for (const association of this.linked(entityId)) {
      const name = quoteName(this.#linkTables.get(association.id)?.name ?? '');
      await transaction.runMany(
        `DELETE FROM ${name} WHERE "$owner" = ?`,
        rows.map((row) => [row.objectId]),
      );
      await transaction.runMany(
        `INSERT OR IGNORE INTO ${name} ("$owner", "$target") VALUES (?, ?)`,
        rows.flatMap((row) => (row.links[association.id] ?? []).map((target) => [row.objectId, target])),
      );
    }
  }

  async remove(transaction: SqlTransaction, entityId: ElementId, ids: readonly ObjectId[]): Promise<void> {
    const table = this.#entities.get(entityId);
    if (!table) return;
    const rows = ids.map((id) => [id]);
    await transaction.runMany(`DELETE FROM ${quoteName(table.name)} WHERE "$id" = ?`, rows);
    for (const association of this.linked(entityId)) {
      const name = quoteName(this.#linkTables.get(association.id)?.name ?? '');
      await transaction.runMany(`DELETE FROM ${name} WHERE "$owner" = ?`, rows);
    }
  }

  /** Ids of all rows of the entity's own table. */
  async ids(reader: SqlReader, entityId: ElementId): Promise<readonly ObjectId[]> {
    const table = this.#entities.get(entityId);
    if (!table) return [];
    const rows = await reader.all(`SELECT "$id" FROM ${quoteName(table.name)}`);
    return rows.map((row) => String(row.$id) as ObjectId);
  }

  async clear(transaction: SqlTransaction): Promise<void> {
    for (const table of this.plan.tables) await transaction.run(`DELETE FROM ${quoteName(table.name)}`);
  }

  /** Objects whose reference or set `association` holds one of `targets`: [owner, target]. */
  async owners(
    reader: SqlReader,
    association: PlannedAssociation,
    targets: readonly ObjectId[],
  ): Promise<readonly { readonly owner: ObjectId; readonly entityId: ElementId; readonly target: ObjectId }[]> {
    const found: { owner: ObjectId; entityId: ElementId; target: ObjectId }[] = [];
    const concrete = this.plan.entities.find((entity) => entity.id === association.from)?.concrete ?? [];
    for (let from = 0; from < targets.length; from += MANY) {
      const some = targets.slice(from, from + MANY);
      for (const entityId of concrete) {
        const table = this.#entities.get(entityId);
        if (!table) continue;
        for (const row of await reader.all(ownersSql(table, association, some.length), some)) {
          found.push({ owner: String(row.o) as ObjectId, entityId, target: String(row.t) as ObjectId });
        }
      }
    }
    return found;
  }

  async #linksOf(
    reader: SqlReader,
    entityId: ElementId,
    owners: readonly ObjectId[],
  ): Promise<ReadonlyMap<ObjectId, Links>> {
    const found = new Map<ObjectId, { [associationId: string]: ObjectId[] }>();
    for (const association of this.linked(entityId)) {
      const name = quoteName(this.#linkTables.get(association.id)?.name ?? '');
      const sql = `SELECT "$owner", "$target" FROM ${name} WHERE "$owner" IN (${places(owners.length)})`;
      for (const row of await reader.all(sql, owners)) {
        const owner = String(row.$owner) as ObjectId;
        const links = found.get(owner) ?? {};
        found.set(owner, links);
        links[association.id] ??= [];
        links[association.id]?.push(String(row.$target) as ObjectId);
      }
    }
    return found;
  }
}

export function places(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

function storedRow(table: EntityTable, row: SqlRow, links: Links): StoredRow {
  const cells: { [memberId: string]: Cell } = {};
  for (const column of table.columns) cells[column.memberId] = fromBind(row[column.name], column.type, 'sqlite');
  return {
    entityId: table.entityId,
    objectId: String(row.$id) as ObjectId,
    rev: Number(row.$rev),
    rights: row.$rights === null ? null : Number(row.$rights),
    cells,
    links,
  };
}

function bound(cell: Cell, type: ColumnType): SqlValue {
  return toBind(fits(cell, type) ? cell : null, type, 'sqlite') as SqlValue;
}

/** Work written under an older bundle may hold values of a type the member had then; the service translates them, here they wait unseen. */
function fits(cell: Cell, type: ColumnType): boolean {
  switch (type) {
    case 'integer':
    case 'dateTime':
      return Number.isInteger(cell);
    case 'long':
      return typeof cell === 'string' && /^-?\d{1,19}$/.test(cell);
    case 'decimal':
      return typeof cell === 'string' && /^-?\d{1,20}(\.\d{1,8})?$/.test(cell);
    case 'boolean':
      return typeof cell === 'boolean';
    default:
      return typeof cell === 'string';
  }
}

function ownersSql(table: EntityTable, association: PlannedAssociation, count: number): string {
  const name = quoteName(table.name);
  if (association.storage.kind === 'column') {
    const column = quoteName(association.storage.column);
    return `SELECT "$id" AS o, ${column} AS t FROM ${name} WHERE ${column} IN (${places(count)})`;
  }
  const link = quoteName(association.storage.table);
  return `SELECT l."$owner" AS o, l."$target" AS t FROM ${link} l JOIN ${name} r ON r."$id" = l."$owner" WHERE l."$target" IN (${places(count)})`;
}
