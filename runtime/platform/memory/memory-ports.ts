import { sha256Hex } from '@skerry/shared/base/hash';
import type { ZoneTransitions } from '@skerry/shared/expression/session';
import type {
  Clock,
  FileStore,
  HttpAnswer,
  HttpRequest,
  Locale,
  Log,
  Ports,
  Random,
  SqlOpener,
  Transport,
} from '../ports.ts';

/** Bodies in memory, lost with the process. */
export function memoryFileStore(): FileStore {
  const bodies = new Map<string, Uint8Array>();
  return {
    has: async (hash) => bodies.has(hash),
    read: async (hash) => bodies.get(hash) ?? null,
    write: async (hash, body) => void bodies.set(hash, body),
    delete: async (hash) => void bodies.delete(hash),
    list: async () => [...bodies.keys()],
  };
}

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /** Moves on and calls what came due, in order of time. */
  advance(ms: number): void;
  /** Jumps, as when somebody sets the device's clock: nothing comes due by it. */
  set(nowMs: number): void;
  /** Time until the next callback; null when nothing waits. */
  untilNext(): number | null;
}

export function fakeClock(startMs: number): FakeClock {
  let now = startMs;
  let serial = 0;
  // Delays count on a time of their own, so that a jump of the clock fires nothing.
  let elapsed = 0;
  const timers = new Map<number, { readonly atMs: number; readonly callback: () => void }>();
  const first = () => [...timers].sort(([a, x], [b, y]) => x.atMs - y.atMs || a - b)[0];
  return {
    now: () => now,
    after(delayMs, callback) {
      const id = serial++;
      timers.set(id, { atMs: elapsed + delayMs, callback });
      return () => timers.delete(id);
    },
    advance(ms) {
      const end = elapsed + ms;
      for (let next = first(); next && next[1].atMs <= end; next = first()) {
        const [id, { atMs, callback }] = next;
        timers.delete(id);
        now += atMs - elapsed;
        elapsed = atMs;
        callback();
      }
      now += end - elapsed;
      elapsed = end;
    },
    set(nowMs) {
      now = nowMs;
    },
    untilNext() {
      const next = first();
      return next ? Math.max(0, next[1].atMs - elapsed) : null;
    },
  };
}

/** Numbers that look random and come the same for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff) };
}

/** A service in the same process. */
export type InProcessService = (request: HttpRequest) => Promise<HttpAnswer>;

/** @param stream opens a stream of server-sent events; absent: one that says nothing */
export function inProcessTransport(service: InProcessService, stream?: Transport['stream']): Transport {
  return { request: service, stream: stream ?? (() => ({ close: () => {} })) };
}

export function fixedLocale(zone: string, language: string, transitions: ZoneTransitions): Locale {
  return { zone, locale: language, transitions: () => transitions };
}

export interface MemoryPortsOptions {
  readonly sql: SqlOpener;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly files?: FileStore;
  readonly locale?: Locale;
  readonly log?: Log;
}

/** Ports without a machine behind them; the SQL driver alone is injected. */
export function memoryPorts(options: MemoryPortsOptions): Ports {
  return {
    sql: options.sql,
    transport: options.transport,
    files: options.files ?? memoryFileStore(),
    clock: options.clock,
    random: options.random,
    locale: options.locale ?? fixedLocale('UTC', 'en', [{ fromMs: 0, offsetMs: 0 }]),
    connectivity: { onHint: () => () => {} },
    log: options.log ?? { write: () => {} },
    platform: 'memory',
    digest: async (body) => sha256Hex(body),
  };
}
