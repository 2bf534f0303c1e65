import type { Cell } from '../base/cell.ts';
import type { ElementId, ObjectId } from '../base/ids.ts';
import { assert } from '../base/invariant.ts';
import { decimalFrom, decimalText, isDecimal, parseDecimalText } from './decimal.ts';
import type { Value } from './value.ts';

/** A member's type as cells need it: an attribute's, a data type, or `reference` with the entity of its target. */
export type CellType =
  | {
      readonly kind:
        | 'String'
        | 'HashedString'
        | 'Integer'
        | 'Long'
        | 'AutoNumber'
        | 'Decimal'
        | 'Boolean'
        | 'DateTime'
        | 'Binary';
    }
  | { readonly kind: 'Enumeration'; readonly enumeration: string }
  | { readonly kind: 'Object'; readonly entity: string };

/** A cell as a value. For an object, `entity` must be the object's own entity, not a generalization. */
export function fromCell(cell: Cell, type: CellType): Value {
  if (cell === null) return null;
  switch (type.kind) {
    case 'String':
    case 'HashedString':
    case 'Binary':
    case 'Integer':
    case 'Boolean':
      return cell;
    case 'Long':
    case 'AutoNumber':
      return BigInt(cell as string);
    case 'Decimal':
      return parseDecimalText(cell as string);
    case 'DateTime':
      return { kind: 'dateTime', ms: cell as number };
    case 'Enumeration':
      return { kind: 'enumeration', enumeration: type.enumeration, value: cell as ElementId };
    case 'Object':
      return { kind: 'object', entity: type.entity, id: cell as ObjectId };
  }
}

/**
 * A value as a cell. With `type`, numbers take the form of the member they are for (an Integer written to a Decimal).
 * The value must fit the type: `assignValue` sees to that. Errors and lists have no cell and give null.
 */
export function toCell(value: Value, type?: CellType): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return numberCell(value, type);
  if (isDecimal(value)) {
    assert(
      type?.kind !== 'Integer' && type?.kind !== 'Long',
      'A Decimal was given where a whole number stands; assignValue refuses that.',
    );
    return decimalText(value);
  }
  switch (value.kind) {
    case 'dateTime':
      return value.ms;
    case 'enumeration':
      return value.value;
    case 'object':
      return value.id;
    case 'list':
    case 'error':
      return null;
  }
}

function numberCell(value: number | bigint, type: CellType | undefined): Cell {
  const kind = type?.kind ?? (typeof value === 'bigint' ? 'Long' : 'Integer');
  if (kind !== 'Integer') return String(value);
  assert(fitsInteger(value), 'A number was given that an Integer cannot hold; assignValue refuses that.');
  return Number(value);
}

/**
 * A value where one of `type` is to be kept: whole numbers widen to Decimal, and between Integer and Long go where they
 * fit. An error value when it does not fit.
 */
export function assignValue(value: Value, type: CellType): Value {
  if (value === null) return null;
  const isWhole = typeof value === 'number' || typeof value === 'bigint';
  switch (type.kind) {
    case 'Integer':
      if (isWhole) return fitsInteger(value) ? Number(value) : overflow('an Integer');
      return isDecimal(value) ? wholeOnly() : value;
    case 'Long':
    case 'AutoNumber':
      if (isWhole) return fitsLong(BigInt(value)) ? BigInt(value) : overflow('a Long');
      return isDecimal(value) ? wholeOnly() : value;
    case 'Decimal':
      return isWhole ? decimalFrom(value) : value;
    default:
      return value;
  }
}

export function fitsInteger(value: number | bigint): boolean {
  return value >= -2147483648 && value <= 2147483647;
}

export function fitsLong(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function overflow(what: string): Value {
  return { kind: 'error', code: 'expression/overflow', message: `The number does not fit ${what}.` };
}

function wholeOnly(): Value {
  return {
    kind: 'error',
    code: 'expression/type-mismatch',
    message: 'A Decimal cannot be kept as a whole number. Use round, floor or ceil.',
  };
}
