import Big from 'big.js';
import { compareCodePoints } from '../base/json.ts';
import { compareTexts } from '../expression/text-order.ts';
import type { Value } from '../expression/value.ts';
import type { FlowEnvironment } from './evaluate.ts';

/**
 * The order of sorted lists, the same that a sorted retrieve gives (CX4, CX5): empty first; text folded from A–Z to
 * a–z, then by code point; numbers by size whatever their type; enumeration values by their place; false before true.
 */
export function compareForSorting(a: Value, b: Value, environment: FlowEnvironment): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (isNumber(a) && isNumber(b)) return new Big(a.toString()).cmp(new Big(b.toString()));
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return compareTagged(a, b, environment);
}

function compareTagged(a: Value, b: Value, environment: FlowEnvironment): number {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object' || !('kind' in a) || !('kind' in b))
    return 0;
  if (a.kind === 'dateTime' && b.kind === 'dateTime') return a.ms - b.ms;
  if (a.kind === 'object' && b.kind === 'object') return compareCodePoints(a.id, b.id);
  if (a.kind === 'enumeration' && b.kind === 'enumeration') {
    const values = environment.enumeration(a.enumeration)?.values ?? [];
    return values.findIndex(({ id }) => id === a.value) - values.findIndex(({ id }) => id === b.value);
  }
  return 0;
}

function isNumber(value: Value): value is number | bigint | Big {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Big;
}
