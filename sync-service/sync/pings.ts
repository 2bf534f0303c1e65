import type { ElementId, ObjectId } from '@skerry/shared/base/ids';

/** Who listens, and tells them that pulling is worthwhile. */
export interface Pings {
  /** @returns closes the stream */
  open(device: ObjectId, send: (entities: readonly ElementId[]) => void): () => void;
  /** Entities changed by a device, which needs no ping for its own work. */
  changed(entities: ReadonlySet<ElementId>, by: ObjectId | null): void;
  /** A release is there: everybody looks for it, spread over so many milliseconds, for all will fetch the same parts. */
  released(spreadMs: number): void;
  close(): void;
}

interface Stream {
  readonly device: ObjectId;
  readonly send: (entities: readonly ElementId[]) => void;
  readonly waiting: Set<ElementId>;
  timer: NodeJS.Timeout | null;
  lastMs: number;
}

/**
 * At most one ping per device in two seconds, and not all devices at the same instant.
 * @param concerns whether a device's plan contains the entity
 */
export function createPings(
  concerns: (device: ObjectId, entity: ElementId) => boolean,
  nowMs: () => number,
  random: () => number,
): Pings {
  const SPACING_MS = 2000;
  const JITTER_MS = 250;
  const streams = new Set<Stream>();
  const flush = (stream: Stream) => {
    stream.timer = null;
    stream.lastMs = nowMs();
    const entities = [...stream.waiting];
    stream.waiting.clear();
    stream.send(entities);
  };
  return {
    open(device, send) {
      const stream: Stream = { device, send, waiting: new Set(), timer: null, lastMs: 0 };
      streams.add(stream);
      return () => {
        streams.delete(stream);
        if (stream.timer) clearTimeout(stream.timer);
      };
    },
    changed(entities, by) {
      for (const stream of streams) {
        if (stream.device === by) continue;
        for (const entity of entities) if (concerns(stream.device, entity)) stream.waiting.add(entity);
        if (stream.waiting.size === 0 || stream.timer) continue;
        const wait = Math.max(0, stream.lastMs + SPACING_MS - nowMs()) + random() * JITTER_MS;
        stream.timer = setTimeout(() => flush(stream), wait);
        stream.timer.unref();
      }
    },
    released(spreadMs) {
      for (const stream of streams) {
        if (stream.timer) clearTimeout(stream.timer);
        stream.timer = setTimeout(() => flush(stream), random() * spreadMs);
        stream.timer.unref();
      }
    },
    close() {
      for (const stream of streams) if (stream.timer) clearTimeout(stream.timer);
      streams.clear();
    },
  };
}
