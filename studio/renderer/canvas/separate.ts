import type { BoxIndex } from './box-index.ts';
import { grown, overlaps, type Point, segmentBox } from './geometry.ts';
import type { Route } from './route.ts';

/** Lines closer than this look like one. */
const APART = 8;
const SHIFTS = [APART, -APART, 2 * APART, -2 * APART, 3 * APART, -3 * APART];

/**
 * Lines that would run upon each other run side by side. Only stretches between two corners move, and only where no box
 * stands in their way; the ends stay at their boxes. Lines of one group may join.
 */
export function separated(
  routes: ReadonlyMap<string, Route>,
  obstacles: BoxIndex,
  groupOf: (id: string) => string = (id) => id,
): ReadonlyMap<string, Route> {
  const taken = new Map<string, { a: Point; b: Point; group: string }[]>();
  const cells = (a: Point, b: Point) => {
    const box = segmentBox(a, b);
    const found: string[] = [];
    for (let x = Math.floor(box.x / 200); x <= Math.floor((box.x + box.width) / 200); x++) {
      for (let y = Math.floor(box.y / 200); y <= Math.floor((box.y + box.height) / 200); y++) found.push(`${x}:${y}`);
    }
    return found;
  };
  const take = (a: Point, b: Point, group: string) => {
    for (const cell of cells(a, b)) {
      const known = taken.get(cell);
      if (known) known.push({ a, b, group });
      else taken.set(cell, [{ a, b, group }]);
    }
  };
  const isTaken = (a: Point, b: Point, group: string) =>
    cells(a, b).some((cell) =>
      (taken.get(cell) ?? []).some((other) => other.group !== group && runTogether(a, b, other.a, other.b)),
    );

  const found = new Map<string, Route>();
  for (const [id, route] of routes) {
    const points = [...route];
    const group = groupOf(id);
    for (let i = 1; i < points.length - 2; i++) {
      const [a, b] = [points[i] as Point, points[i + 1] as Point];
      if (!isTaken(a, b, group)) continue;
      for (const by of SHIFTS) {
        const [c, d] = a.x === b.x ? [moved(a, by, 0), moved(b, by, 0)] : [moved(a, 0, by), moved(b, 0, by)];
        if (isTaken(c, d, group) || obstacles.within(grown(segmentBox(c, d), 2)).length > 0) continue;
        points[i] = c;
        points[i + 1] = d;
        break;
      }
    }
    for (let i = 0; i + 1 < points.length; i++) take(points[i] as Point, points[i + 1] as Point, group);
    found.set(id, points);
  }
  return found;
}

function moved({ x, y }: Point, dx: number, dy: number): Point {
  return { x: x + dx, y: y + dy };
}

function runTogether(a: Point, b: Point, c: Point, d: Point): boolean {
  const areVertical = a.x === b.x && c.x === d.x;
  const areHorizontal = a.y === b.y && c.y === d.y;
  if (!areVertical && !areHorizontal) return false;
  const [own, other] = [segmentBox(a, b), segmentBox(c, d)];
  const near = areVertical ? Math.abs(a.x - c.x) : Math.abs(a.y - c.y);
  if (near >= APART - 1) return false;
  const wide = areVertical ? { ...own, x: other.x, width: 1 } : { ...own, y: other.y, height: 1 };
  return overlaps(wide, areVertical ? { ...other, width: 1 } : { ...other, height: 1 });
}
