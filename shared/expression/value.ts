import type Big from 'big.js';
import type { Span } from '../base/diagnostic.ts';
import type { ElementId, ObjectId } from '../base/ids.ts';

/**
 * A value while a flow or page computes. Cells (base/cell.ts) are the form at rest; `fromCell` and `toCell` convert
 * by the member's type.
 *
 * null empty · string · boolean · number Integer · bigint Long · Big Decimal (20+8 digits) · the tagged ones below.
 */
export type Value =
  | null
  | string
  | boolean
  | number
  | bigint
  | Big
  | DateTimeValue
  | EnumerationValue
  | ObjectValue
  | ListValue
  | ErrorValue;

/** A moment, in epoch milliseconds. */
export interface DateTimeValue {
  readonly kind: 'dateTime';
  readonly ms: number;
}

export interface EnumerationValue {
  readonly kind: 'enumeration';
  /** Qualified name of the enumeration. */
  readonly enumeration: string;
  /** The value's id. */
  readonly value: ElementId;
}

/** A handle: members are read through the environment, so that a value always shows its present state. */
export interface ObjectValue {
  readonly kind: 'object';
  /** Qualified name of the object's own entity. */
  readonly entity: string;
  readonly id: ObjectId;
}

export interface ListValue {
  readonly kind: 'list';
  readonly entity: string;
  readonly items: readonly ObjectValue[];
}

/** Overflow, division by zero, text that does not parse, arithmetic with empty. Spreads through what uses it. */
export interface ErrorValue {
  readonly kind: 'error';
  readonly code: string;
  readonly message: string;
  readonly span?: Span;
}
