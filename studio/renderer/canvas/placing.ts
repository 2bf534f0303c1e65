import { type Box, boundsOf, GRID, type Point, snapped } from './geometry.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box as a layout sidecar keeps it; undefined when the entry is missing or broken. */
export function boxFromSidecar(entry: unknown): (Point & Partial<Size>) | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { x, y, width, height } = entry as { [key: string]: unknown };
  if (!isNumber(x) || !isNumber(y)) return undefined;
  return { x, y, ...(isPositive(width) ? { width } : {}), ...(isPositive(height) ? { height } : {}) };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPositive(value: unknown): value is number {
  return isNumber(value) && value > 0;
}

/**
 * Places for boxes that have none: rows below what stands, in columns of the widest box, and as wide as what stands or,
 * where nothing does, about as wide as high. Deterministic, so that a picture nobody arranged looks the same each time.
 */
export function placed(
  missing: ReadonlyMap<string, Size>,
  standing: Iterable<Box>,
  gap = 72,
): ReadonlyMap<string, Point> {
  const around = boundsOf(standing);
  const places = new Map<string, Point>();
  if (missing.size === 0) return places;
  const column = Math.max(...[...missing.values()].map(({ width }) => width)) + gap;
  const left = around?.x ?? 40;
  const perRow = around
    ? Math.max(1, Math.floor((around.width + gap) / column))
    : Math.max(1, Math.ceil(Math.sqrt(missing.size)));
  let top = snapped(around ? around.y + around.height + gap : 40, GRID);
  const ids = [...missing];
  for (let row = 0; row < ids.length; row += perRow) {
    const inRow = ids.slice(row, row + perRow);
    inRow.forEach(([id], i) => {
      places.set(id, { x: left + i * column, y: top });
    });
    top = snapped(top + Math.max(...inRow.map(([, { height }]) => height)) + gap * 0.6, GRID);
  }
  return places;
}
