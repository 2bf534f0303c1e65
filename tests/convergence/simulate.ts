import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Played } from './run/play.ts';
import { addCounts, type Counts } from './run/tally.ts';
import type { Asked, Told } from './run/worker.ts';

export interface Simulated {
  readonly seeds: number;
  readonly counts: Counts;
  readonly failures: readonly (Played & { readonly steps: number })[];
  readonly seconds: number;
}

export interface SimulateOptions {
  readonly from: number;
  readonly seeds: number;
  readonly workers?: number;
  /** Makes failing scenarios smaller, at the price of time. */
  readonly shrink?: boolean;
  /** After so many failures no further seed is begun. */
  readonly mostFailures?: number;
  onPlayed?(played: Played, done: number): void;
}

/** Plays seeds on all processors. */
export async function simulate(options: SimulateOptions): Promise<Simulated> {
  const { from, seeds, shrink = false, mostFailures = 3 } = options;
  const startedMs = performance.now();
  let next = from;
  let done = 0;
  let counts: Counts = {};
  const failures: (Played & { steps: number })[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./run/worker.ts', import.meta.url));
      worker.on('message', (told: Told) => {
        if (told.kind === 'played') {
          done++;
          counts = addCounts(counts, told.played.counts);
          if (told.played.broken) failures.push({ ...told.played, steps: told.steps });
          options.onPlayed?.(told.played, done);
          return;
        }
        const isOver = next >= from + seeds || failures.length >= mostFailures;
        worker.postMessage((isOver ? null : { seed: next++, shrink }) satisfies Asked);
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
    });
  await Promise.all(Array.from({ length: Math.min(options.workers ?? availableParallelism(), seeds) }, work));
  return {
    seeds: done,
    counts,
    failures: failures.sort((a, b) => a.seed - b.seed),
    seconds: (performance.now() - startedMs) / 1000,
  };
}
