import Big from 'big.js';
import type { Cell } from '../base/cell.ts';
import type { NumberType } from './policy.ts';

const INTEGER_MAX = 2147483647;
const LONG_MAX = 9223372036854775807n;
/** 20 digits before the point, 8 after it. */
const DECIMAL_LIMIT = new Big('1e20');

/** SY15: theirs + (mine − base). Undefined when the type cannot hold the result. */
export function sumOf(type: NumberType, theirs: Cell, base: Cell, mine: Cell): Cell | undefined {
  if (mine === null) return null;
  if (type === 'decimal') {
    const sum = decimal(theirs).plus(decimal(mine)).minus(decimal(base));
    if (sum.abs().gte(DECIMAL_LIMIT)) return undefined;
    return sum.eq(0) ? '0' : sum.toFixed();
  }
  const sum = BigInt(theirs ?? 0) + BigInt(mine) - BigInt(base ?? 0);
  if (type === 'long') return sum > LONG_MAX || sum < -LONG_MAX - 1n ? undefined : String(sum);
  return sum > BigInt(INTEGER_MAX) || sum < BigInt(-INTEGER_MAX - 1) ? undefined : Number(sum);
}

function decimal(cell: Cell): Big {
  return new Big(cell === null ? 0 : String(cell));
}
