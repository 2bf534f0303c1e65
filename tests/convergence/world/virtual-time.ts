import type { Clock } from '@skerry/runtime/platform/ports';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** The world's time, which stands still but for `advance`. Every clock shows it in its own way. */
export class VirtualTime {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** When the next timer is due; null without one. */
  get nextMs(): number | null {
    let next: number | null = null;
    for (const { dueMs } of this.#timers) next = next === null ? dueMs : Math.min(next, dueMs);
    return next;
  }

  /** Goes on and calls what has become due, in order. */
  advance(byMs: number): void {
    this.#nowMs += byMs;
    const due = [...this.#timers].filter((timer) => timer.dueMs <= this.#nowMs).sort((a, b) => a.dueMs - b.dueMs);
    for (const timer of due) if (this.#timers.delete(timer)) timer.callback();
  }

  /** A clock that is wrong by `skew()` milliseconds. `isAlive` false silences its timers. */
  clock(skew: () => number, isAlive: () => boolean): Clock {
    return {
      now: () => this.#nowMs + skew(),
      after: (delayMs, callback) => {
        const timer = { dueMs: this.#nowMs + delayMs, callback: () => isAlive() && callback() };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
    };
  }
}
