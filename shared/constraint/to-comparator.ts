import type { Cell } from '../base/cell.ts';
import type { ObjectId } from '../base/ids.ts';
import { compareCodePoints } from '../base/json.ts';
import { compareTexts } from '../expression/text-order.ts';
import { comparableOf } from './compare.ts';
import type { ResolvedSort } from './sort.ts';
import type { ObjectReader } from './to-predicate.ts';

/** The order of a retrieve for objects in memory, the same as `orderBySql` writes. */
export function toComparator(
  sort: readonly ResolvedSort[],
): (a: ObjectId, b: ObjectId, objects: ObjectReader) => number {
  const keys = sort.map((key) => {
    const comparable = comparableOf(key.type, key.order);
    const compare = (a: Exclude<Cell, null>, b: Exclude<Cell, null>) => {
      if (key.type === 'text') return compareTexts(a as string, b as string);
      const x = comparable(a);
      const y = comparable(b);
      return x === y ? 0 : x < y ? -1 : 1;
    };
    return { key, compare };
  });
  return (a, b, objects) => {
    for (const { key, compare } of keys) {
      const x = sortValue(key, a, objects);
      const y = sortValue(key, b, objects);
      const difference = x === null || y === null ? Number(y === null) - Number(x === null) : compare(x, y);
      if (difference !== 0) return key.descending ? -difference : difference;
    }
    return compareCodePoints(a, b);
  };
}

function sortValue(key: ResolvedSort, id: ObjectId, objects: ObjectReader): Cell {
  let at: ObjectId | undefined = id;
  for (const step of key.steps) {
    const there: ObjectId[] = [...objects.reach(at, step.association, step.direction)].filter((reached) =>
      step.entities.includes(objects.entityOf(reached)!),
    );
    at = there.toSorted(compareCodePoints)[0];
    if (at === undefined) return null;
  }
  return objects.cell(at, key.member);
}
