import type Big from 'big.js';
import BigFactory from 'big.js';

/** A constructor of our own, so that nobody else's settings reach these numbers. */
const Decimal = BigFactory();
const SCALE = 8;
const HALF_EVEN = 2;
Decimal.DP = SCALE;
Decimal.RM = HALF_EVEN;
const LIMIT = new Decimal('1e20');
const DECIMAL_TEXT = /^-?\d+(?:\.\d+)?$/;

/** The value with at most 8 digits after the point, half-even; null when 20 digits before it are not enough. */
export function settle(value: Big): Big | null {
  const rounded = value.round(SCALE, HALF_EVEN);
  return rounded.abs().lt(LIMIT) ? rounded : null;
}

/** @param source a number must be finite. Null on overflow. */
export function decimalFrom(source: number | bigint | Big | string): Big | null {
  return settle(new Decimal(typeof source === 'bigint' ? source.toString() : source));
}

/** Digits with an optional sign and point, as literals and cells are written; null for anything else and on overflow. */
export function parseDecimalText(text: string): Big | null {
  return DECIMAL_TEXT.test(text) ? decimalFrom(text) : null;
}

/** Canonical text: no exponent, no trailing zeros, no '-0'. */
export function decimalText(value: Big): string {
  return value.eq(0) ? '0' : value.toFixed();
}

/** Each operation settles its result: null is overflow. */
export function addDecimals(a: Big, b: Big): Big | null {
  return settle(a.plus(b));
}

export function subtractDecimals(a: Big, b: Big): Big | null {
  return settle(a.minus(b));
}

export function multiplyDecimals(a: Big, b: Big): Big | null {
  return settle(a.times(b));
}

/** @param b not zero */
export function divideDecimals(a: Big, b: Big): Big | null {
  return settle(new Decimal(a).div(b));
}

/** Remainder with the sign of the dividend. @param b not zero */
export function remainderOfDecimals(a: Big, b: Big): Big | null {
  return settle(a.mod(b));
}

/** Square root, settled. @param value not negative */
export function squareRoot(value: Big): Big | null {
  return settle(new Decimal(value).sqrt());
}

export type Rounding = 'floor' | 'ceil' | 'halfEven';

/** Rounded to `digits` places after the point (negative: before it). */
export function roundDecimal(value: Big, digits: number, rounding: Rounding): Big | null {
  if (rounding === 'halfEven') return settle(value.round(digits, HALF_EVEN));
  const towardsZero = value.round(digits, 0);
  if (towardsZero.eq(value)) return settle(towardsZero);
  const away = rounding === 'floor' ? value.lt(0) : value.gt(0);
  return settle(away ? value.round(digits, 3) : towardsZero);
}

export function isDecimal(value: unknown): value is Big {
  return typeof value === 'object' && value !== null && 'c' in value && 'e' in value && 's' in value;
}
