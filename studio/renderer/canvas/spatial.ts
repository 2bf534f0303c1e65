import { type Box, centerOf } from './geometry.ts';

export type Direction = 'up' | 'right' | 'down' | 'left';

/** How much a step aside counts against a step ahead. */
const ASIDE = 2.5;

/** The nearest box in a direction, as an eye would choose it; undefined when nothing lies there. */
export function nextInDirection(
  boxes: ReadonlyMap<string, Box>,
  from: string,
  direction: Direction,
): string | undefined {
  const start = boxes.get(from);
  if (!start) return undefined;
  const at = centerOf(start);
  let best: { id: string; cost: number } | undefined;
  for (const [id, box] of boxes) {
    if (id === from) continue;
    const to = centerOf(box);
    const [dx, dy] = [to.x - at.x, to.y - at.y];
    const ahead = direction === 'right' ? dx : direction === 'left' ? -dx : direction === 'down' ? dy : -dy;
    if (ahead <= 0) continue;
    const aside = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    // Outside the cone of 60 degrees to either side something lies beside rather than ahead.
    if (aside > ahead * 1.75) continue;
    const cost = ahead + ASIDE * aside;
    if (!best || cost < best.cost) best = { id, cost };
  }
  return best?.id;
}

/** Ids as one reads: row by row, each from the left. Boxes whose centres differ by less than a row's height share it. */
export function readingOrder(boxes: ReadonlyMap<string, Box>, rowHeight = 80): readonly string[] {
  const rest = [...boxes].sort(([, a], [, b]) => a.y - b.y || a.x - b.x);
  const order: string[] = [];
  while (rest.length > 0) {
    const top = (rest[0] as [string, Box])[1].y;
    const row = rest.filter(([, box]) => box.y < top + rowHeight);
    rest.splice(0, row.length);
    order.push(...row.sort(([, a], [, b]) => a.x - b.x).map(([id]) => id));
  }
  return order;
}
