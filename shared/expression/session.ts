import type { ElementId, ObjectId } from '../base/ids.ts';

/** Offsets of a time zone: from `fromMs` on, local time is UTC plus `offsetMs`. Sorted; the first reaches back for ever. */
export type ZoneTransitions = readonly { readonly fromMs: number; readonly offsetMs: number }[];

/**
 * All that the two languages may know of their surroundings, as one value: evaluation is a function of it and the data.
 * The host makes `transitions` from Intl; zones never come from a database.
 */
export interface Session {
  /** Null when nobody is signed in. */
  readonly user: ObjectId | null;
  /** Qualified name of the user object's own entity. */
  readonly userEntity: string;
  /** Ids of the user roles. */
  readonly roles: readonly ElementId[];
  /** IANA name. */
  readonly zone: string;
  readonly transitions: ZoneTransitions;
  /** BCP 47 tag. */
  readonly locale: string;
  /** 0 Sunday … 6 Saturday. */
  readonly firstDayOfWeek: number;
  /** Epoch milliseconds. */
  readonly now: number;
}
