import type { Cell } from '../base/cell.ts';
import { operationalFault } from '../base/fault.ts';
import type { ElementId } from '../base/ids.ts';
import { toOrderText } from '../relational/decimal-order.ts';
import { type BindValue, type Dialect, quoteName } from '../relational/dialect.ts';
import type { Column, EntityTable, LinkTable, RelationalPlan } from '../relational/plan.ts';
import { type Fragment, sql } from './fragment.ts';
import type { ComparisonType } from './resolved.ts';

/** A row that conditions are about. */
export interface Source {
  readonly alias: string;
  /** Name of the column that holds a member, not yet quoted; undefined when none does. */
  column(memberId: ElementId): string | undefined;
  /** For messages. */
  readonly name: string;
}

/** The rows of one table. */
export function tableSource(alias: string, table: EntityTable): Source {
  return { alias, name: table.name, column: (memberId) => columnOf(table, memberId)?.name };
}

/**
 * The rows of several tables as one: `from` is to be written once the conditions are, for it has just the columns they
 * asked for, each named by its member's id. One union keeps a path over generalizations as long as it is, where a
 * condition per table would multiply at each step; both databases take it apart again and use the tables' indexes.
 */
export function unionSource(alias: string, tables: readonly EntityTable[]): Source & { from(): string } {
  const asked = new Set<ElementId>();
  return {
    alias,
    name: tables.map(({ name }) => name).join(', '),
    column(memberId) {
      if (!tables.every((table) => columnOf(table, memberId))) return undefined;
      asked.add(memberId);
      return memberId;
    },
    from() {
      const branches = tables.map((table) => {
        const columns = [...asked].map(
          (memberId) => `, ${quoteName(columnOf(table, memberId)!.name)} AS ${quoteName(memberId)}`,
        );
        return `SELECT "$id"${columns.join('')} FROM ${quoteName(table.name)}`;
      });
      return `(${branches.join(' UNION ALL ')})`;
    },
  };
}

const CASTS: { readonly [type in ComparisonType]: string } = {
  text: 'text',
  integer: 'integer',
  long: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  dateTime: 'bigint',
  enumeration: 'text',
};

interface Tables {
  readonly byEntity: ReadonlyMap<ElementId, EntityTable>;
  readonly links: ReadonlyMap<ElementId, LinkTable>;
}
const tablesOf = new WeakMap<RelationalPlan, Tables>();

/** Where things stand, and how values are written, for one statement. */
export class SqlWriter {
  readonly dialect: Dialect;
  readonly #tables: Tables;
  #aliases = 0;

  constructor(plan: RelationalPlan, dialect: Dialect) {
    this.dialect = dialect;
    this.#tables = indexTables(plan);
  }

  /** The tables of those entities that have one, in the order given. */
  tables(entities: readonly ElementId[]): EntityTable[] {
    return entities.flatMap((id) => this.#tables.byEntity.get(id) ?? []);
  }

  linkTable(association: ElementId): LinkTable | undefined {
    return this.#tables.links.get(association);
  }

  alias(): string {
    return `t${this.#aliases++}`;
  }

  /** `t0."Name"`; a fault when the plan keeps no such column, because a guess could show rows to the wrong people. */
  column(source: Source, memberId: ElementId): Fragment {
    const column = source.column(memberId);
    if (column === undefined) throw notStored(`${source.name} has no column for the member ${memberId}`, memberId);
    return [`${source.alias}.${quoteName(column)}`];
  }

  /** A parameter with the value of a cell, in the form of `type`. */
  cell(cell: Cell, type: ComparisonType): Fragment {
    return [{ value: this.dialect === 'postgres' ? cell : sqliteValue(cell, type), cast: CASTS[type] }];
  }

  id(id: string): Fragment {
    return [{ value: id, cast: 'text' }];
  }

  /** A whole number as a parameter of arithmetic: SQLite would otherwise take it for a float and divide as with one. */
  wholeNumber(value: number): Fragment {
    const parameter: Fragment = [{ value, cast: 'bigint' }];
    return this.dialect === 'sqlite' ? sql`CAST(${parameter} AS INTEGER)` : parameter;
  }
}

export function columnOf(table: EntityTable, memberId: ElementId): Column | undefined {
  return table.columns.find((column) => column.memberId === memberId);
}

export function notStored(what: string, element: ElementId): Error {
  return operationalFault(
    'constraint/not-stored',
    `The query needs data that is not held here: ${what}. Include it in the synchronisation.`,
    { element },
  );
}

function sqliteValue(cell: Cell, type: ComparisonType): BindValue {
  if (cell === null) return null;
  switch (type) {
    case 'long':
      return BigInt(cell as string | number);
    case 'decimal':
      return toOrderText(String(cell));
    case 'boolean':
      return cell ? 1 : 0;
    default:
      return cell;
  }
}

function indexTables(plan: RelationalPlan): Tables {
  const known = tablesOf.get(plan);
  if (known) return known;
  const byEntity = new Map<ElementId, EntityTable>();
  const links = new Map<ElementId, LinkTable>();
  for (const table of plan.tables) {
    if (table.kind === 'entity') byEntity.set(table.entityId, table);
    else links.set(table.associationId, table);
  }
  const tables = { byEntity, links };
  tablesOf.set(plan, tables);
  return tables;
}
