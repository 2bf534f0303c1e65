import type { Cells } from '../base/cell.ts';
import type { ElementId, ObjectId } from '../base/ids.ts';

/** Ids of far objects by association id: how reference sets (and references stored in tables) change. */
export type Links = { readonly [associationId: string]: readonly ObjectId[] };

/** One object's change. Members are ids; `set` never holds what the server owns (dates, owner, autonumbers, calculated). */
export type Operation = CreateOperation | UpdateOperation | DeleteOperation;

export interface CreateOperation {
  readonly kind: 'create';
  readonly entityId: ElementId;
  readonly objectId: ObjectId;
  readonly set: Cells;
  readonly add?: Links;
}

export interface UpdateOperation {
  readonly kind: 'update';
  readonly entityId: ElementId;
  readonly objectId: ObjectId;
  /** The server's revision this change was made on; 0 for an object the server has not confirmed. Fixed at writing. */
  readonly baseRev: number;
  readonly set: Cells;
  /** The value of each set member just before. Fixed at writing; what decides conflicts. */
  readonly was: Cells;
  readonly add?: Links;
  readonly remove?: Links;
}

/** Names the root only: what goes with it by delete behaviour is each side's own computation. */
export interface DeleteOperation {
  readonly kind: 'delete';
  readonly entityId: ElementId;
  readonly objectId: ObjectId;
  readonly baseRev: number;
}

/** What one save or one nanoflow wrote: whole or not at all, everywhere. */
export interface Transaction {
  /** UUIDv7 from the local commit. */
  readonly id: string;
  /** Version of the bundle it was written under; the server translates from it. */
  readonly bundleVersion: string;
  /** The flow that wrote it, or null for a page. */
  readonly flow: ElementId | null;
  /** Device time of the local commit, epoch milliseconds; data, never order. */
  readonly atMs: number;
  readonly operations: readonly Operation[];
}

/** A transaction as it is sent: numbered without gaps from its first sending on, the number stored before. */
export interface SentTransaction extends Transaction {
  readonly sequence: number;
}
