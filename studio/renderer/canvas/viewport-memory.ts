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
