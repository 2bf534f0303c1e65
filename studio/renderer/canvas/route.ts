import { type BoxIndex, boxIndex } from './box-index.ts';
import { detour } from './detour.ts';
import { type Box, boundsOf, centerOf, grown, type Point, type Side, segmentBox } from './geometry.ts';
import { separated } from './separate.ts';

/** An edge to be drawn between two boxes. */
export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** Corners of an edge from its first box to its second, right-angled. */
export type Route = readonly Point[];

export interface RouteOptions {
  /** Sides an edge may leave and enter by; absent: all four. */
  readonly leave?: readonly Side[];
  readonly enter?: readonly Side[];
  /** Lines that leave or enter beside stand this far below the top, so that boxes of all heights are in line. */
  readonly anchorY?: number;
  /** As in flows: edges of one box leave by different sides where they can, straight ones first, and join before they enter. */
  readonly joins?: boolean;
  /** Boxes of ends, where these are not obstacles (a loop is open inside). */
  readonly boxes?: ReadonlyMap<string, Box>;
}

const SIDES: readonly Side[] = ['right', 'left', 'bottom', 'top'];
/** How far an edge goes straight before it turns. */
const STUB = 20;
const CROSSING = 600;
const BEND = 28;
const SHARED = 400;
/** Closer than this to a box counts as across it. */
const NEAR = 9;

interface Ends {
  readonly link: Link;
  readonly leave: Side;
  readonly enter: Side;
}

/**
 * Right-angled ways around the boxes. Each edge takes the pair of sides that crosses the fewest boxes, then the shortest
 * with the fewest bends; edges that share a side stand apart there, in the order of where they lead.
 */
export function routes(
  links: readonly Link[],
  obstacles: ReadonlyMap<string, Box>,
  options: RouteOptions = {},
): ReadonlyMap<string, Route> {
  const index = boxIndex(obstacles);
  const boxes = options.boxes ?? obstacles;
  const chosen: Ends[] = [];
  const used = new Map<string, number>();
  for (const link of options.joins ? straightFirst(links, boxes) : links) {
    const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
    if (!from || !to) continue;
    const { leave, enter } = best(link, from, to, options, index, boxes, used);
    used.set(`${link.from}:${leave}`, (used.get(`${link.from}:${leave}`) ?? 0) + 1);
    chosen.push({ link, leave, enter });
  }
  const ports = portsOf(chosen, boxes, options);
  const found = new Map<string, Route>();
  for (const { link, leave, enter } of chosen) {
    const [from, to] = [boxes.get(link.from) as Box, boxes.get(link.to) as Box];
    const start = port(from, leave, ports.get(`${link.id}:from`) ?? 0.5);
    const end = port(to, enter, ports.get(`${link.id}:to`) ?? 0.5);
    const simple = shortest(candidates(start, leave, end, enter, from, to), link, index, boxes);
    found.set(
      link.id,
      crossings(simple.route, link, index, boxes) === 0 ? simple.route : around(start, leave, end, enter),
    );
    function around(a: Point, out: Side, b: Point, into: Side): Route {
      const way = detour(stub(a, out), stub(b, into), index, obstacles);
      return way ? straightened([a, ...way, b]) : simple.route;
    }
  }
  const targets = new Map(links.map(({ id, to }) => [id, to]));
  return separated(found, index, (id) => (options.joins ? (targets.get(id) ?? id) : id));
}

function straightFirst(links: readonly Link[], boxes: ReadonlyMap<string, Box>): readonly Link[] {
  const drop = ({ from, to }: Link) => Math.abs((boxes.get(from)?.y ?? 0) - (boxes.get(to)?.y ?? 0));
  return [...links].sort((a, b) => drop(a) - drop(b));
}

function best(
  link: Link,
  from: Box,
  to: Box,
  { leave = SIDES, enter = SIDES, anchorY, joins = false }: RouteOptions,
  index: BoxIndex,
  boxes: ReadonlyMap<string, Box>,
  used: ReadonlyMap<string, number>,
): { leave: Side; enter: Side } {
  if (link.from === link.to) return { leave: 'right', enter: 'top' };
  let found: { leave: Side; enter: Side; cost: number } | undefined;
  for (const out of leave) {
    for (const into of enter) {
      const start = port(from, out, middleOf(from, out, anchorY));
      const ways = candidates(start, out, port(to, into, middleOf(to, into, anchorY)), into, from, to);
      // Facing sides first among equals.
      const shared = joins ? (used.get(`${link.from}:${out}`) ?? 0) * (out === 'right' ? SHARED : SHARED / 20) : 0;
      const cost = shortest(ways, link, index, boxes).cost + shared;
      if (!found || cost < found.cost - 0.5) found = { leave: out, enter: into, cost };
    }
  }
  return found ?? { leave: 'right', enter: 'left' };
}

function middleOf(box: Box, side: Side, anchorY: number | undefined): number {
  const isBeside = side === 'left' || side === 'right';
  return isBeside && anchorY !== undefined ? Math.min(anchorY, box.height / 2) / box.height : 0.5;
}

function port(box: Box, side: Side, at: number): Point {
  switch (side) {
    case 'top':
      return { x: Math.round(box.x + box.width * at), y: box.y };
    case 'bottom':
      return { x: Math.round(box.x + box.width * at), y: box.y + box.height };
    case 'left':
      return { x: box.x, y: Math.round(box.y + box.height * at) };
    case 'right':
      return { x: box.x + box.width, y: Math.round(box.y + box.height * at) };
  }
}

/** Places of edges along the sides they share, between 0 and 1. */
function portsOf(
  chosen: readonly Ends[],
  boxes: ReadonlyMap<string, Box>,
  { anchorY, joins = false }: RouteOptions,
): ReadonlyMap<string, number> {
  const bySide = new Map<string, { key: string; order: number }[]>();
  const put = (box: string, side: Side, key: string, other: Box, tie: number) => {
    const list = bySide.get(`${box}:${side}`) ?? [];
    const [far, own] = [centerOf(other), centerOf(boxes.get(box) as Box)];
    const isBeside = side === 'left' || side === 'right';
    // Lines that turn the same way do not cross when the one that goes further turns last.
    const turn = isBeside
      ? (far.y < own.y ? 1 : -1) * Math.abs(far.x - own.x)
      : (far.x < own.x ? 1 : -1) * Math.abs(far.y - own.y);
    list.push({ key, order: (isBeside ? far.y : far.x) + turn / 1e4 + tie / 1e4 });
    bySide.set(`${box}:${side}`, list);
  };
  chosen.forEach(({ link, leave, enter }, i) => {
    const [from, to] = [boxes.get(link.from) as Box, boxes.get(link.to) as Box];
    put(link.from, leave, `${link.id}:from`, to, i / 1000);
    put(link.to, enter, `${link.id}:to`, from, i / 1000);
  });
  const places = new Map<string, number>();
  for (const [side, list] of bySide) {
    list.sort((a, b) => a.order - b.order);
    const [box = '', name] = side.split(':');
    const isAnchored = anchorY !== undefined && (name === 'left' || name === 'right');
    list.forEach(({ key }, i) => {
      const beside = middleOf(boxes.get(box) as Box, 'left', anchorY);
      if (joins && key.endsWith(':to')) places.set(key, isAnchored ? beside : 0.5);
      else places.set(key, isAnchored ? beside : (i + 1) / (list.length + 1));
    });
  }
  return places;
}

function stub(point: Point, side: Side): Point {
  switch (side) {
    case 'top':
      return { x: point.x, y: point.y - STUB };
    case 'bottom':
      return { x: point.x, y: point.y + STUB };
    case 'left':
      return { x: point.x - STUB, y: point.y };
    case 'right':
      return { x: point.x + STUB, y: point.y };
  }
}

/** Ways from one stub to the other with up to three bends between them. */
function candidates(start: Point, leave: Side, end: Point, enter: Side, from: Box, to: Box): readonly Route[] {
  const [a, b] = [stub(start, leave), stub(end, enter)];
  const around = boundsOf([from, to]) as Box;
  const xs = [
    (a.x + b.x) / 2,
    a.x,
    b.x,
    around.x - STUB,
    around.x + around.width + STUB,
    (a.x * 3 + b.x) / 4,
    (a.x + b.x * 3) / 4,
  ];
  const ys = [
    (a.y + b.y) / 2,
    a.y,
    b.y,
    around.y - STUB,
    around.y + around.height + STUB,
    (a.y * 3 + b.y) / 4,
    (a.y + b.y * 3) / 4,
  ];
  const ways = [
    ...xs.map((x) => [start, a, { x: Math.round(x), y: a.y }, { x: Math.round(x), y: b.y }, b, end]),
    ...ys.map((y) => [start, a, { x: a.x, y: Math.round(y) }, { x: b.x, y: Math.round(y) }, b, end]),
  ];
  return ways.map(straightened);
}

/** Without points in the middle of straight lines. */
export function straightened(route: Route): Route {
  const kept: Point[] = [];
  for (const point of route) {
    const last = kept.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = kept.at(-2);
    const sameX = before && last && before.x === last.x && last.x === point.x;
    const sameY = before && last && before.y === last.y && last.y === point.y;
    // Only a line that goes on is straight; one that turns back must show that it does.
    if (sameX && (last.y - before.y) * (point.y - last.y) > 0) kept.pop();
    else if (sameY && (last.x - before.x) * (point.x - last.x) > 0) kept.pop();
    kept.push(point);
  }
  return kept;
}

function shortest(
  ways: readonly Route[],
  link: Link,
  index: BoxIndex,
  boxes: ReadonlyMap<string, Box>,
): { route: Route; cost: number } {
  let found: { route: Route; cost: number } | undefined;
  for (const route of ways) {
    const plain = lengthOf(route) + BEND * (route.length - 2) + turnsBack(route) * CROSSING;
    if (found && plain >= found.cost) continue;
    const cost = plain + crossings(route, link, index, boxes) * CROSSING;
    if (!found || cost < found.cost) found = { route, cost };
  }
  return found as { route: Route; cost: number };
}

function lengthOf(route: Route): number {
  let length = 0;
  for (let i = 1; i < route.length; i++) {
    const [a, b] = [route[i - 1] as Point, route[i] as Point];
    length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }
  return length;
}

function turnsBack(route: Route): number {
  let count = 0;
  for (let i = 2; i < route.length; i++) {
    const [a, b, c] = [route[i - 2] as Point, route[i - 1] as Point, route[i] as Point];
    if ((b.x - a.x) * (c.x - b.x) < 0 || (b.y - a.y) * (c.y - b.y) < 0) count++;
  }
  return count;
}

/** Boxes under the route; of its own two only what lies beyond the sides it uses counts. */
function crossings(route: Route, link: Link, index: BoxIndex, boxes: ReadonlyMap<string, Box>): number {
  let count = 0;
  for (let i = 1; i < route.length; i++) {
    const segment = grown(segmentBox(route[i - 1] as Point, route[i] as Point), NEAR);
    for (const id of index.within(segment)) {
      const own = id === link.from || id === link.to;
      if (!own) count++;
      else {
        const inner = grown(boxes.get(id) as Box, -1);
        if (inner.width > 0 && inner.height > 0 && overlapsLine(segment, inner)) count++;
      }
    }
  }
  return count;
}

function overlapsLine(segment: Box, box: Box): boolean {
  const line = grown(segment, -NEAR);
  return (
    line.x < box.x + box.width &&
    box.x < line.x + Math.max(line.width, 0.01) &&
    line.y < box.y + box.height &&
    box.y < line.y + Math.max(line.height, 0.01)
  );
}
