import type { BoxIndex } from './box-index.ts';
import { type Box, boundsOf, grown, overlaps, type Point, segmentBox } from './geometry.ts';
import type { Route } from './route.ts';

/** Room that a detour keeps from boxes. */
const CLEAR = 14;
/** How far aside of the two ends a detour may go. */
const REACH = 240;
/** More lines than this on an axis would take longer than the picture is worth. */
const MOST_LINES = 64;
const BEND = 40;

interface State {
  readonly x: number;
  readonly y: number;
  readonly isVertical: boolean;
  readonly cost: number;
  readonly before: State | undefined;
}

/**
 * The cheapest right-angled way between two points along the edges of the boxes around them; undefined when there is no
 * free way nearby.
 */
export function detour(start: Point, end: Point, index: BoxIndex, boxes: ReadonlyMap<string, Box>): Route | undefined {
  const region = grown(boundsOf([segmentBox(start, end)]) as Box, REACH);
  const obstacles = index.within(region).map((id) => grown(boxes.get(id) as Box, CLEAR - 2));
  const xs = lines([start.x, end.x, ...obstacles.flatMap(({ x, width }) => [x - 2, x + width + 2])]);
  const ys = lines([start.y, end.y, ...obstacles.flatMap(({ y, height }) => [y - 2, y + height + 2])]);
  if (xs.length > MOST_LINES || ys.length > MOST_LINES) return undefined;
  const isFree = (a: Point, b: Point) => {
    const segment = segmentBox(a, b);
    return !obstacles.some((box) =>
      overlaps(box, { ...segment, width: segment.width + 0.01, height: segment.height + 0.01 }),
    );
  };
  const [ex, ey] = [xs.indexOf(end.x), ys.indexOf(end.y)];
  const best = new Map<string, number>();
  const open: State[] = [];
  const estimate = ({ x, y, cost }: State) =>
    cost + Math.abs((xs[x] as number) - end.x) + Math.abs((ys[y] as number) - end.y);
  const push = (state: State) => {
    const key = `${state.x}:${state.y}:${state.isVertical}`;
    if ((best.get(key) ?? Number.POSITIVE_INFINITY) <= state.cost) return;
    best.set(key, state.cost);
    // Kept in order by insertion: the list is short, for most states are never better than what is known.
    let at = open.length;
    while (at > 0 && estimate(open[at - 1] as State) < estimate(state)) at--;
    open.splice(at, 0, state);
  };
  for (const isVertical of [false, true]) {
    push({ x: xs.indexOf(start.x), y: ys.indexOf(start.y), isVertical, cost: 0, before: undefined });
  }
  for (let state = open.pop(); state; state = open.pop()) {
    if (state.x === ex && state.y === ey) return pathTo(state, xs, ys);
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const [x, y] = [state.x + dx, state.y + dy];
      const [px, py] = [xs[x], ys[y]];
      if (px === undefined || py === undefined) continue;
      const here = { x: xs[state.x] as number, y: ys[state.y] as number };
      const there = { x: px, y: py };
      if (!isFree(here, there)) continue;
      const isVertical = dy !== 0;
      const length = Math.abs(here.x - px) + Math.abs(here.y - py);
      push({
        x,
        y,
        isVertical,
        cost: state.cost + length + (isVertical === state.isVertical ? 0 : BEND),
        before: state,
      });
    }
  }
  return undefined;
}

function lines(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function pathTo(state: State, xs: readonly number[], ys: readonly number[]): Route {
  const route: Point[] = [];
  for (let at: State | undefined = state; at; at = at.before) {
    route.unshift({ x: xs[at.x] as number, y: ys[at.y] as number });
  }
  return route;
}
