/** Epoch milliseconds; handed in so that tests decide what time it is. */
export type Clock = () => number;
/** Random bytes from a source fit for secrets. */
export type RandomBytes = (count: number) => Uint8Array;
