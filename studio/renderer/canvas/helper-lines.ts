import type { Box, Point } from './geometry.ts';

/** A line across the canvas on which the moved box lies with others. */
export interface HelperLine {
  readonly axis: 'x' | 'y';
  /** Its place on the axis. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Guided {
  /** Where the box snaps to. */
  readonly at: Point;
  readonly lines: readonly HelperLine[];
}

/** Lines up a moved box with the others where an edge or the middle comes within `reach`. */
export function guided(moved: Box, others: Iterable<Box>, reach = 5): Guided {
  let bestX: { delta: number; line: HelperLine } | undefined;
  let bestY: { delta: number; line: HelperLine } | undefined;
  const xs = [moved.x, moved.x + moved.width / 2, moved.x + moved.width];
  const ys = [moved.y, moved.y + moved.height / 2, moved.y + moved.height];
  for (const box of others) {
    for (const target of [box.x, box.x + box.width / 2, box.x + box.width]) {
      for (const x of xs) {
        const delta = target - x;
        if (Math.abs(delta) > reach || (bestX && Math.abs(delta) >= Math.abs(bestX.delta))) continue;
        bestX = { delta, line: { axis: 'x', at: target, ...span(moved.y, moved.height, box.y, box.height) } };
      }
    }
    for (const target of [box.y, box.y + box.height / 2, box.y + box.height]) {
      for (const y of ys) {
        const delta = target - y;
        if (Math.abs(delta) > reach || (bestY && Math.abs(delta) >= Math.abs(bestY.delta))) continue;
        bestY = { delta, line: { axis: 'y', at: target, ...span(moved.x, moved.width, box.x, box.width) } };
      }
    }
  }
  return {
    at: { x: moved.x + (bestX?.delta ?? 0), y: moved.y + (bestY?.delta ?? 0) },
    lines: [bestX, bestY].flatMap((best) => (best ? [best.line] : [])),
  };
}

function span(a: number, aSize: number, b: number, bSize: number): { from: number; to: number } {
  return { from: Math.min(a, b) - 16, to: Math.max(a + aSize, b + bSize) + 16 };
}
