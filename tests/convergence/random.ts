/** Numbers from a seed: the same seed gives the same numbers for ever. */
export interface Random {
  /** At least 0, below 1. */
  share(): number;
  /** An integer, at least 0, below `count`. */
  below(count: number): number;
  bytes(count: number): Uint8Array;
  /** @throws when there is nothing to pick from */
  pick<T>(items: readonly T[]): T;
}

/** sfc32, after Chris Doty-Humphrey's PractRand. */
export function seededRandom(seed: number, stream = 0): Random {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88 ^ stream;
  let c = 0xb7e15162 + seed;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let at = 0; at < 15; at++) next();
  const below = (count: number) => Math.floor((next() / 2 ** 32) * count);
  return {
    share: () => next() / 2 ** 32,
    below,
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff),
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
  };
}
