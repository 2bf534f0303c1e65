/** One measured number. */
export interface Measurement {
  readonly bench: string;
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'rows/s' | 'MB/s' | 'count' | 'bytes' | 'ratio';
  /** How the number came about, when it is not plain: `median of 20`. */
  readonly note?: string;
}

/** What a file of tests/bench exports as `bench`. */
export interface Bench {
  readonly name: string;
  run(): Promise<readonly Measurement[]>;
}

/** Milliseconds of one run. */
export function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
