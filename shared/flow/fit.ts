import Big from 'big.js';
import type { Value } from '../expression/value.ts';
import type { DataType } from '../metamodel/data-type.ts';

const INTEGER_LIMIT = 2_147_483_648n;

/**
 * A number as a variable or result of `type` holds it: Integer widens to Long, both to Decimal; a Long that an
 * Integer cannot hold is an error value. What is no number stays as it is.
 */
export function fitsAs(value: Value, type: DataType): Value {
  if (type.kind === 'Nothing') return null;
  if (type.kind === 'Long' && typeof value === 'number') return BigInt(value);
  if (type.kind === 'Decimal' && (typeof value === 'number' || typeof value === 'bigint'))
    return new Big(value.toString());
  if (type.kind === 'Integer' && typeof value === 'bigint') {
    if (value >= -INTEGER_LIMIT && value < INTEGER_LIMIT) return Number(value);
    return {
      kind: 'error',
      code: 'flow/integer-overflow',
      message: `${value} is too large for an Integer. Use a Long.`,
    };
  }
  return value;
}
