import type { Cell } from '../base/cell.ts';
import type { ElementId } from '../base/ids.ts';
import { compareTexts } from '../expression/text-order.ts';
import { toOrderText } from '../relational/decimal-order.ts';
import type { ComparisonOperator } from './ast.ts';
import type { ComparisonType } from './resolved.ts';

/** True, false, or null for unknown. */
export type Truth = boolean | null;

type Comparable = string | number | bigint | boolean;

/** How cells are put so that comparing them is comparing what they mean. */
export function comparableOf(
  type: ComparisonType,
  order?: readonly ElementId[],
): (cell: Exclude<Cell, null>) => Comparable {
  switch (type) {
    case 'long':
      return (cell) => BigInt(cell as string | number);
    case 'decimal':
      return (cell) => toOrderText(String(cell));
    case 'enumeration':
      return order ? (cell) => order.indexOf(cell as ElementId) : (cell) => cell;
    default:
      return (cell) => cell;
  }
}

/** Compares cells of two kinds as `type`, which is the wider of them. */
export function comparison(
  operator: ComparisonOperator,
  type: ComparisonType,
  order?: readonly ElementId[],
): (a: Cell, b: Cell) => Truth {
  const comparable = comparableOf(type, order);
  const test = TESTS[operator];
  const difference =
    type === 'text' && operator !== '=' && operator !== '!='
      ? (a: Comparable, b: Comparable) => compareTexts(a as string, b as string)
      : compareValues;
  return (a, b) => (a === null || b === null ? null : test(difference(comparable(a), comparable(b))));
}

const TESTS: { readonly [operator in ComparisonOperator]: (difference: number) => boolean } = {
  '=': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

function compareValues(a: Comparable, b: Comparable): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
