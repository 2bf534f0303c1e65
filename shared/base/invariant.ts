/** A broken invariant is a defect: nobody should catch it but the outermost boundary. */
export class Defect extends Error {
  override readonly name = 'Defect';
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Defect(message);
}

/** The value, or a defect when it is null or undefined. */
export function must<T>(value: T | null | undefined, message: string): T {
  if (value === null || value === undefined) throw new Defect(message);
  return value;
}

/** Marks a branch the types rule out. */
export function unreachable(value: never, message = 'unexpected value'): never {
  throw new Defect(`${message}: ${JSON.stringify(value)}`);
}
