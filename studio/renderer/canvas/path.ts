import { type BoxIndex, boxIndex } from './box-index.ts';
import { type Box, grown, overlaps, type Point, segmentBox } from './geometry.ts';
import type { Route } from './route.ts';

/** An SVG path along a route, its corners rounded. */
export function roundedPath(route: Route, radius = 6): string {
  const [first, ...rest] = route;
  if (!first) return '';
  let path = `M${first.x} ${first.y}`;
  rest.forEach((corner, i) => {
    const next = rest[i + 1];
    const before = i === 0 ? first : (rest[i - 1] as Point);
    if (!next) {
      path += `L${corner.x} ${corner.y}`;
      return;
    }
    const by = Math.min(radius, distance(before, corner) / 2, distance(corner, next) / 2);
    const [into, out] = [towards(corner, before, by), towards(corner, next, by)];
    path += `L${into.x} ${into.y}Q${corner.x} ${corner.y} ${out.x} ${out.y}`;
  });
  return path;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}

/** A point on a route, `at` pixels from its beginning, or from its end when negative. */
export function pointAlong(route: Route, at: number): Point {
  const way = at < 0 ? [...route].reverse() : route;
  let left = Math.abs(at);
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1] as Point, way[i] as Point];
    const length = distance(a, b);
    if (left <= length) return towards(a, b, left);
    left -= length;
  }
  return way.at(-1) ?? { x: 0, y: 0 };
}

export interface LabelWish {
  readonly id: string;
  readonly route: Route;
  readonly width: number;
  readonly height: number;
}

/**
 * Places for words on edges so that they cover neither boxes nor each other, tried from the middle of the longest
 * stretches. What finds no free place has none: it shows when its edge is pointed at.
 */
export function placedLabels(
  wishes: readonly LabelWish[],
  boxes: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Point> {
  const index: BoxIndex = boxIndex(boxes);
  const lines = boxIndex(new Map(wishes.flatMap(({ id, route }) => stretchBoxes(id, route))));
  const taken: Box[] = [];
  const found = new Map<string, Point>();
  for (const { id, route, width, height } of wishes) {
    let best: { at: Point; area: Box; crossed: number } | undefined;
    for (const at of trials(route)) {
      const area = { x: at.x - width / 2, y: at.y - height / 2, width, height };
      if (index.within(grown(area, 2)).length > 0 || taken.some((other) => overlaps(other, area))) continue;
      const crossed = lines.within(area).filter((line) => !line.startsWith(`${id}:`)).length;
      if (!best || crossed < best.crossed) best = { at, area, crossed };
      if (crossed === 0) break;
    }
    if (!best) continue;
    taken.push(best.area);
    found.set(id, best.at);
  }
  return found;
}

function stretchBoxes(id: string, route: Route): readonly (readonly [string, Box])[] {
  return route.slice(1).map((b, i) => [`${id}:${i}`, grown(segmentBox(route[i] as Point, b), 1)] as const);
}

function trials(route: Route): readonly Point[] {
  const stretches: { a: Point; b: Point; length: number }[] = [];
  for (let i = 1; i < route.length; i++) {
    const [a, b] = [route[i - 1] as Point, route[i] as Point];
    stretches.push({ a, b, length: distance(a, b) });
  }
  stretches.sort((a, b) => b.length - a.length);
  return stretches.flatMap(({ a, b, length }) =>
    [0.5, 0.35, 0.65, 0.2, 0.8].map((part) => towards(a, b, length * part)),
  );
}
