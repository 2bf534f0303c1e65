import type { Cell } from '../base/cell.ts';
import type { ElementId, ObjectId } from '../base/ids.ts';

/** A conflict that a policy decided: what became of the device's value of one member (or of a delete, member null). */
export interface Resolution {
  readonly entityId: ElementId;
  readonly objectId: ObjectId;
  readonly member: ElementId | null;
  readonly policy: 'lastWins' | 'firstWins' | 'merge' | 'sum' | 'microflow';
  readonly outcome: 'mine' | 'theirs' | 'combined';
}

/** A member on which device and server disagree, for the eyes of who may read it. */
export interface Conflict {
  readonly entityId: ElementId;
  readonly objectId: ObjectId;
  /** Null when one side deleted the object. */
  readonly member: ElementId | null;
  readonly mine: Cell;
  readonly base: Cell;
}

/**
 * The server's answer to one transaction, given once and repeated word for word. `record` names the server's copy of
 * what was refused, by which it is settled later.
 */
export type Verdict =
  | {
      readonly kind: 'applied';
      readonly sequence: number;
      readonly transaction: string;
      readonly resolutions: readonly Resolution[];
    }
  | {
      readonly kind: 'parked';
      readonly sequence: number;
      readonly transaction: string;
      readonly record: string;
      /** Why it waits: `sync/review`, `sync/microflow-policy-waits`, `sync/object-gone`… */
      readonly code?: string;
      readonly conflicts: readonly Conflict[];
      /** The transaction it depended on and shares the outcome of. */
      readonly because?: string;
    }
  | {
      readonly kind: 'rejected';
      readonly sequence: number;
      readonly transaction: string;
      readonly record: string;
      readonly code: string;
      readonly message: string;
      readonly entityId?: ElementId;
      readonly objectId?: ObjectId;
      readonly member?: ElementId;
      readonly because?: string;
    };
