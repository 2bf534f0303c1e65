/**
 * What may happen in a run. Over a whole simulation each must have happened, or it has shown less than it says.
 */
export const HAPPENINGS = [
  'operation by a user',
  'operation refused on the device',
  'transaction applied',
  'transaction rejected',
  'transaction parked',
  'rejected: access denied',
  'rejected: access denied by the state after',
  'rejected: object gone or hidden',
  'rejected: reference gone',
  'rejected: not unique',
  'rejected: still referenced',
  'dependent shares the outcome',
  'delete that takes others along',
  'conflict: lastWins, mine',
  'conflict: firstWins, theirs',
  'conflict: merge, theirs',
  'conflict: sum, combined',
  'conflict: review, parked',
  'conflict: delete over an update, lastWins',
  'conflict: delete against an update, kept',
  'conflict: update of a deleted object',
  'verdict replayed',
  'crash of the service between apply and verdict',
  'checkpoint after its verdict',
  'checkpoint while work is pending',
  'scope exit',
  'scope exit with pending change',
  'withheld member appears',
  'withheld member disappears',
  'reconciliation',
  'pull of several pages',
  'pull resumed after a break',
  'page token refused',
  'request lost',
  'reply lost',
  'reply truncated',
  'request duplicated',
  'late copy delivered',
  'crash of a device',
  'crash while a checkpoint is applied',
  'crash while a change is written',
  'service restarted',
  'offline',
  'session refreshed',
  'session ended',
  'role changed',
  'membership changed',
  'access rules changed',
  'bundle upgrade',
  'bundle upgrade with full outbox',
  'upload from an older bundle',
  'device clock jumped',
  'scope changed by the clock alone',
  'inbox entry retried',
  'inbox entry discarded',
  'settlement applied',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

export type Counts = { [happening in Happening]?: number };

export class Tally {
  readonly counts: Counts = {};

  add(happening: Happening, times = 1): void {
    this.counts[happening] = (this.counts[happening] ?? 0) + times;
  }
}

export function addCounts(all: Counts, more: Counts): Counts {
  const sum = { ...all };
  for (const happening of HAPPENINGS)
    if (more[happening]) sum[happening] = (sum[happening] ?? 0) + (more[happening] ?? 0);
  return sum;
}

export function missing(counts: Counts): readonly Happening[] {
  return HAPPENINGS.filter((happening) => !counts[happening]);
}

export function countTable(counts: Counts): string {
  const width = Math.max(...HAPPENINGS.map((one) => one.length));
  return HAPPENINGS.map((one) => `${one.padEnd(width)} ${String(counts[one] ?? 0).padStart(9)}`).join('\n');
}
