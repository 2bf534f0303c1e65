import { compareNumbers, isNumber } from './arithmetic.ts';
import { isDecimal } from './decimal.ts';
import type { EvaluationEnvironment } from './environment.ts';
import { compareTexts } from './text-order.ts';
import type { Value } from './value.ts';

/** Two empties are the same; objects by identity, numbers whatever their kinds. */
export function isSame(a: Value, b: Value): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object')
    return isNumber(a) && isNumber(b) ? compareNumbers(a, b) === 0 : a === b;
  if (isDecimal(a) || isDecimal(b)) return isDecimal(a) && isDecimal(b) && a.eq(b);
  if (a.kind === 'dateTime') return b.kind === 'dateTime' && a.ms === b.ms;
  if (a.kind === 'enumeration') return b.kind === 'enumeration' && a.value === b.value;
  if (a.kind === 'object') return b.kind === 'object' && a.id === b.id;
  if (a.kind !== 'list' || b.kind !== 'list' || a.items.length !== b.items.length) return false;
  return a.items.every((item, at) => item.id === b.items[at]!.id);
}

/** Below, at or above zero; null for values that have no order between them. */
export function compareValues(
  a: NonNullable<Value>,
  b: NonNullable<Value>,
  environment: Pick<EvaluationEnvironment, 'enumeration'>,
): number | null {
  if (isNumber(a)) return isNumber(b) ? compareNumbers(a, b) : null;
  if (typeof a === 'string') return typeof b === 'string' ? compareTexts(a, b) : null;
  if (typeof a === 'boolean' || typeof b !== 'object' || isDecimal(b)) return null;
  if (a.kind === 'dateTime' && b.kind === 'dateTime') return a.ms - b.ms;
  if (a.kind !== 'enumeration' || b.kind !== 'enumeration' || a.enumeration !== b.enumeration) return null;
  const values = environment.enumeration(a.enumeration)?.values ?? [];
  return values.findIndex(({ id }) => id === a.value) - values.findIndex(({ id }) => id === b.value);
}
