import { type Box, boundsOf, type Point } from './geometry.ts';

export const ALIGNMENTS = ['left', 'centerX', 'right', 'top', 'centerY', 'bottom'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];
export type Axis = 'x' | 'y';

/** New places of the boxes that must move. */
export type Moves = ReadonlyMap<string, Point>;

export function aligned(boxes: ReadonlyMap<string, Box>, how: Alignment): Moves {
  const bounds = boundsOf(boxes.values());
  const moves = new Map<string, Point>();
  if (!bounds || boxes.size < 2) return moves;
  const middle = { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
  const places: { readonly [A in Alignment]: (box: Box) => Point } = {
    left: ({ y }) => ({ x: bounds.x, y }),
    right: ({ y, width }) => ({ x: bounds.x + bounds.width - width, y }),
    centerX: ({ y, width }) => ({ x: Math.round(middle.x - width / 2), y }),
    top: ({ x }) => ({ x, y: bounds.y }),
    bottom: ({ x, height }) => ({ x, y: bounds.y + bounds.height - height }),
    centerY: ({ x, height }) => ({ x, y: Math.round(middle.y - height / 2) }),
  };
  for (const [id, box] of boxes) put(moves, id, box, places[how](box));
  return moves;
}

/** Equal gaps between neighbours; the outermost stay. Three boxes at least. */
export function distributed(boxes: ReadonlyMap<string, Box>, axis: Axis): Moves {
  const moves = new Map<string, Point>();
  const extent = axis === 'x' ? 'width' : 'height';
  const order = [...boxes].sort(([, a], [, b]) => a[axis] - b[axis]);
  const [first, last] = [order[0]?.[1], order.at(-1)?.[1]];
  if (!first || !last || order.length < 3) return moves;
  const taken = order.reduce((sum, [, box]) => sum + box[extent], 0);
  const gap = (last[axis] + last[extent] - first[axis] - taken) / (order.length - 1);
  let at = first[axis];
  for (const [id, box] of order) {
    put(moves, id, box, { x: box.x, y: box.y, [axis]: Math.round(at) });
    at += box[extent] + gap;
  }
  return moves;
}

function put(moves: Map<string, Point>, id: string, box: Box, to: Point): void {
  if (to.x !== box.x || to.y !== box.y) moves.set(id, { x: to.x, y: to.y });
}
