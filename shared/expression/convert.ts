import type { Cell } from '../base/cell.ts';
import type { ElementId, ObjectId } from '../base/ids.ts';
import { decimalText, isDecimal, parseDecimalText } from './decimal.ts';
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
 * A value as a cell. With `type`, numbers take the form of the member they are for (an Integer written to a Decimal);
 * a number that does not fit an Integer or Long gives null, as errors and lists do, so check before where that matters.
 */
export function toCell(value: Value, type?: CellType): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return numberCell(value, type);
  if (isDecimal(value)) return type?.kind === 'Integer' || type?.kind === 'Long' ? null : decimalText(value);
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
  const narrow = Number(value);
  return Math.abs(narrow) <= 2 ** 31 ? narrow : null;
}
