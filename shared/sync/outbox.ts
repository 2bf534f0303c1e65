import type { Verdict } from './verdict.ts';

/**
 * One transaction or settlement of a device's outbox, as far as sending goes.
 *
 * | sequence | verdict | covered | meaning |
 * |---|---|---|---|
 * | null | null | no | never sent |
 * | n | null | no | sent, perhaps arrived: the same number goes out again until it is answered |
 * | n | given | no | answered; its overlay stays until a checkpoint covers it |
 * | n | null | yes | a checkpoint contains it, its answer was lost: no overlay, still to be asked for |
 * | n | given | yes | done: applied ones go, others move to the inbox |
 */
export interface OutboxEntry {
  /** Local order. */
  readonly ordinal: number;
  readonly id: string;
  readonly sequence: number | null;
  readonly verdict: Verdict['kind'] | null;
  readonly covered: boolean;
  /** Size when sent, in bytes. */
  readonly bytes: number;
}

export interface BatchLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** Numbered entries that have not been answered, oldest first, as far as one request carries; always at least one. */
export function nextBatch<E extends OutboxEntry>(entries: readonly E[], limits: BatchLimits): readonly E[] {
  const batch: E[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (entry.verdict !== null) continue;
    if (batch.length > 0 && (batch.length >= limits.maxEntries || bytes + entry.bytes > limits.maxBytes)) break;
    batch.push(entry);
    bytes += entry.bytes;
  }
  return batch;
}

/**
 * Numbers for the batch's entries that have none, going on from the highest ever given: without gaps, in local order.
 * They must be stored before anything is sent.
 */
export function numberBatch(
  batch: readonly OutboxEntry[],
  lastSequence: number,
): readonly { readonly ordinal: number; readonly sequence: number }[] {
  const unnumbered = batch.filter((entry) => entry.sequence === null);
  return unnumbered.map((entry, index) => ({ ordinal: entry.ordinal, sequence: lastSequence + 1 + index }));
}

/** The sequence up to which every verdict is stored on this device, so that the server may forget them. */
export function acknowledged(entries: readonly OutboxEntry[], lastSequence: number): number {
  const open = entries.filter((entry) => entry.sequence !== null && entry.verdict === null);
  return open.reduce((lowest, entry) => Math.min(lowest, (entry.sequence ?? 0) - 1), lastSequence);
}

/** What a checkpoint that contains this device's work up to `coversSequence` does to the outbox. */
export function cover<E extends OutboxEntry>(entries: readonly E[], coversSequence: number): Covered<E> {
  const lifted = entries.filter((entry) => isWithin(entry, coversSequence) && !entry.covered);
  const done = entries.filter((entry) => isWithin(entry, coversSequence) && entry.verdict !== null);
  return {
    lifted,
    finished: done.filter((entry) => entry.verdict === 'applied'),
    refused: done.filter((entry) => entry.verdict !== 'applied'),
  };
}

export interface Covered<E> {
  /** Their overlay goes with this checkpoint. */
  readonly lifted: readonly E[];
  readonly finished: readonly E[];
  /** They move to the inbox. */
  readonly refused: readonly E[];
}

function isWithin(entry: OutboxEntry, coversSequence: number): boolean {
  return entry.covered || (entry.sequence !== null && entry.sequence <= coversSequence);
}
