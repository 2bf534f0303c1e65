import type { ElementId } from '../base/ids.ts';

/** How a cell (base/cell.ts) is kept in a column. */
export type ColumnType =
  | 'text'
  | 'integer'
  | 'long'
  | 'decimal'
  | 'boolean'
  | 'dateTime'
  | 'enumeration'
  | 'binary'
  | 'reference';

export interface Column {
  readonly memberId: ElementId;
  /** Readable; over 60 bytes it is cut and ends in the member's id. Unique within its table ignoring case. */
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * One table per entity that holds rows: all its members, inherited ones included; objects of a specialisation stand
 * in the specialisation's own table, and a query over a generalization is a union. (A table per hierarchy would have
 * to move rows whenever a generalization is added.) The stores' own columns begin with `$`; `$id` is the key.
 */
export interface EntityTable {
  readonly kind: 'entity';
  readonly entityId: ElementId;
  /** `Field$Inspection` */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly indexes: readonly {
    readonly name: string;
    readonly columns: readonly { readonly name: string; readonly descending: boolean }[];
  }[];
}

/** Links of a reference set, or of a reference stored in a table: columns `$owner`, `$target`, key both, indexed back. */
export interface LinkTable {
  readonly kind: 'link';
  readonly associationId: ElementId;
  readonly name: string;
}

/** An entity of the plan as queries see it; the plan stands alone, without the model it was made from. */
export interface PlannedEntity {
  readonly id: ElementId;
  /** `Module.Name` when the plan was made; for messages and text queries, never for identity. */
  readonly name: string;
  readonly generalization?: ElementId;
  /** Own table's name; '' for a generalization without one, which is here for what its specialisations inherit. */
  readonly table: string;
  /** Itself and its specialisations that have tables, in model order: what a query over it reads. */
  readonly concrete: readonly ElementId[];
}

export interface PlannedAssociation {
  readonly id: ElementId;
  readonly name: string;
  readonly from: ElementId;
  readonly to: ElementId;
  readonly type: 'reference' | 'referenceSet';
  readonly owner: 'default' | 'both';
  /** Reference column's name in every concrete table of `from`, or the link table's. */
  readonly storage:
    | { readonly kind: 'column'; readonly column: string }
    | { readonly kind: 'table'; readonly table: string };
  readonly deleteBehavior: {
    readonly from: 'keep' | 'deleteOther' | 'deleteIfNoReferences';
    readonly to: 'keep' | 'deleteOther' | 'deleteIfNoReferences';
  };
}

/** Enumeration values in order: columns hold ids, ordering goes by place. */
export interface PlannedEnumeration {
  readonly id: ElementId;
  readonly name: string;
  readonly values: readonly { readonly id: ElementId; readonly name: string }[];
}

/** Model → tables: plain, serialisable, a pure function of the model (and, for a device, of its scope). */
export interface RelationalPlan {
  readonly entities: readonly PlannedEntity[];
  readonly associations: readonly PlannedAssociation[];
  readonly enumerations: readonly PlannedEnumeration[];
  readonly tables: readonly (EntityTable | LinkTable)[];
}
