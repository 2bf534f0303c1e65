import type { Versions } from './conflict.ts';

/**
 * The order of a merged list. The side that alone rearranged what was there gives the order of old elements (else ours:
 * an order is never worth a question); what a side added stands behind the element it was put behind.
 *
 * @param present ids that are in the merged list
 */
export function mergeOrder(orders: Versions<readonly string[]>, present: ReadonlySet<string>): readonly string[] {
  const { base, ours, theirs } = orders;
  const leading = sameRelativeOrder(base, ours) && !sameRelativeOrder(base, theirs) ? theirs : ours;
  const following = leading === ours ? theirs : ours;
  const order = leading.filter((id) => present.has(id));
  const placed = new Set(order);
  following.forEach((id, index) => {
    if (!present.has(id) || placed.has(id)) return;
    const previous = following.slice(0, index).findLast((earlier) => placed.has(earlier));
    let at = previous === undefined ? 0 : order.indexOf(previous) + 1;
    // Two additions at one point: the leading side's come first.
    while (at < order.length && isNew(order[at] as string, base) && leading.includes(order[at] as string)) at++;
    order.splice(at, 0, id);
    placed.add(id);
  });
  return order;
}

function isNew(id: string, base: readonly string[]): boolean {
  return !base.includes(id);
}

/** Whether the elements that both have stand in the same order. */
function sameRelativeOrder(a: readonly string[], b: readonly string[]): boolean {
  const inB = b.filter((id) => a.includes(id));
  const inA = a.filter((id) => b.includes(id));
  return inA.every((id, i) => id === inB[i]);
}
