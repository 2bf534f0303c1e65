import { type Box, overlaps } from './geometry.ts';

const CELL = 400;

/** Finds boxes by place without asking all of them. */
export interface BoxIndex {
  /** Ids of boxes that overlap the area, each once, in no particular order. */
  within(area: Box): readonly string[];
}

export function boxIndex(boxes: ReadonlyMap<string, Box>): BoxIndex {
  const cells = new Map<string, string[]>();
  for (const [id, box] of boxes) {
    for (const cell of cellsOf(box)) {
      const known = cells.get(cell);
      if (known) known.push(id);
      else cells.set(cell, [id]);
    }
  }
  return {
    within(area) {
      const found = new Set<string>();
      for (const cell of cellsOf(area)) {
        for (const id of cells.get(cell) ?? []) {
          const box = boxes.get(id);
          if (box && overlaps(box, area)) found.add(id);
        }
      }
      return [...found];
    },
  };
}

function cellsOf(box: Box): readonly string[] {
  const cells: string[] = [];
  for (let x = Math.floor(box.x / CELL); x <= Math.floor((box.x + box.width) / CELL); x++) {
    for (let y = Math.floor(box.y / CELL); y <= Math.floor((box.y + box.height) / CELL); y++) cells.push(`${x}:${y}`);
  }
  return cells;
}
