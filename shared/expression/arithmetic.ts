import type Big from 'big.js';
import { fitsInteger, fitsLong } from './convert.ts';
import {
  addDecimals,
  decimalFrom,
  divideDecimals,
  isDecimal,
  multiplyDecimals,
  remainderOfDecimals,
  subtractDecimals,
} from './decimal.ts';
import type { ErrorValue, Value } from './value.ts';

/** A number as a value: Integer, Long or Decimal. */
export type Numeric = number | bigint | Big;

export type ArithmeticOperator = '+' | '-' | '*' | 'div' | 'mod';

export function isNumber(value: Value): value is Numeric {
  return typeof value === 'number' || typeof value === 'bigint' || isDecimal(value);
}

/** Whole numbers stay whole but for div; anything with a Decimal is one. */
export function calculate(operator: ArithmeticOperator, a: Numeric, b: Numeric): Numeric | ErrorValue {
  if ((operator === 'div' || operator === 'mod') && isZero(b)) return failure('division-by-zero', 'Division by zero.');
  if (operator === 'div' || isDecimal(a) || isDecimal(b)) {
    const [x, y] = [asDecimal(a), asDecimal(b)];
    const result = x && y ? DECIMAL[operator](x, y) : null;
    return result ?? failure('overflow', 'The result has more than 20 digits before the point.');
  }
  return whole(WHOLE[operator](BigInt(a), BigInt(b)), typeof a === 'bigint' || typeof b === 'bigint');
}

/** The number as an Integer where it fits and `isLong` does not ask for a Long; an error outside 64 bits. */
export function whole(value: bigint, isLong = false): Numeric | ErrorValue {
  if (!isLong && fitsInteger(value)) return Number(value);
  return fitsLong(value) ? value : failure('overflow', 'The result does not fit 64 bits.');
}

export function asDecimal(value: Numeric): Big | null {
  return isDecimal(value) ? value : decimalFrom(value);
}

export function compareNumbers(a: Numeric, b: Numeric): number {
  if (isDecimal(a) || isDecimal(b)) return asDecimal(a)!.cmp(asDecimal(b)!);
  return a < b ? -1 : a > b ? 1 : 0;
}

export function failure(problem: string, message: string): ErrorValue {
  return { kind: 'error', code: `expression/${problem}`, message };
}

const DECIMAL = {
  '+': addDecimals,
  '-': subtractDecimals,
  '*': multiplyDecimals,
  div: divideDecimals,
  mod: remainderOfDecimals,
};
const WHOLE = {
  '+': (a: bigint, b: bigint) => a + b,
  '-': (a: bigint, b: bigint) => a - b,
  '*': (a: bigint, b: bigint) => a * b,
  mod: (a: bigint, b: bigint) => a % b,
};

function isZero(value: Numeric): boolean {
  return isDecimal(value) ? value.eq(0) : Number(value) === 0;
}
