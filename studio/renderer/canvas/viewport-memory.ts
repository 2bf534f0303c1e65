import { type Box, boundsOf } from './geometry.ts';

/** What a canvas shows of its document. Not part of the project and not part of the history. */
export interface RememberedViewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const PREFIX = 'skerry.viewport:';

export function rememberedViewport(storage: Pick<Storage, 'getItem'>, key: string): RememberedViewport | undefined {
  try {
    const found: unknown = JSON.parse(storage.getItem(PREFIX + key) ?? 'null');
    if (typeof found !== 'object' || found === null) return undefined;
    const { x, y, zoom } = found as Partial<RememberedViewport>;
    const isSound = [x, y, zoom].every((value) => Number.isFinite(value)) && (zoom as number) > 0;
    return isSound ? { x: x as number, y: y as number, zoom: zoom as number } : undefined;
  } catch {
    // A broken memory is none.
    return undefined;
  }
}

export function rememberViewport(storage: Pick<Storage, 'setItem'>, key: string, viewport: RememberedViewport): void {
  try {
    storage.setItem(PREFIX + key, JSON.stringify(viewport));
  } catch {
    // A full or forbidden storage costs a memory, nothing else.
  }
}

/** Below this words are hard to read: a diagram that does not fit shows its beginning instead. */
const READABLE = 0.7;
const MARGIN = 40;

/** What shows of a diagram that nobody has looked at yet: all of it where it can be read, else its upper left. */
export function firstViewport(boxes: ReadonlyMap<string, Box>, width: number, height: number): RememberedViewport {
  const all = boundsOf(boxes.values());
  if (!all || width === 0 || height === 0) return { x: MARGIN, y: MARGIN, zoom: 1 };
  const fit = Math.min(1, (width - 2 * MARGIN) / all.width, (height - 2 * MARGIN) / all.height);
  const zoom = fit >= READABLE ? fit : 0.9;
  const place = (room: number, size: number, start: number) =>
    size * zoom <= room - 2 * MARGIN ? (room - size * zoom) / 2 - start * zoom : MARGIN - start * zoom;
  return { x: place(width, all.width, all.x), y: place(height, all.height, all.y), zoom };
}
