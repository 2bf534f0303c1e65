import { userFault } from '@skerry/shared/base/fault';
import { z } from 'zod';
import type { Caller, Sealer } from '../../auth/index.ts';

const cursor = z.object({
  kind: z.literal('cursor'),
  position: z.number(),
  atMs: z.number(),
  /** Hash of each entity's frame by entity id. */
  frames: z.record(z.string(), z.string()),
});
export type Cursor = z.infer<typeof cursor>;

const step = z.object({
  entityId: z.string(),
  how: z.enum(['first', 'delta', 'reconcile']),
  because: z.string(),
});
export type Step = z.infer<typeof step>;

const pageToken = z.object({
  kind: z.literal('page'),
  /** The snapshot every page of the pull shows: position in the log and service time. */
  position: z.number(),
  atMs: z.number(),
  coversSequence: z.number(),
  /** What the pull started from; null for the first sync. */
  from: z.nullable(z.object({ position: z.number(), atMs: z.number() })),
  frames: z.record(z.string(), z.string()),
  steps: z.array(step),
  /** Where the next page begins: which step, after which id. */
  at: z.number(),
  after: z.string(),
  totalRows: z.nullable(z.number()),
});
export type PageToken = z.infer<typeof pageToken>;

/** Cursors and page tokens are good for the user and device they were made for, and for nobody else. */
export function openCursor(sealer: Sealer, text: string, caller: Caller): Cursor {
  const opened = cursor.safeParse(sealer.open(text, ownerOf(caller)));
  if (opened.success) return opened.data;
  throw userFault('sync/cursor-refused', 'This cursor was not made for this user and device. Start again without one.');
}

export function openPageToken(sealer: Sealer, text: string, caller: Caller): PageToken {
  const opened = pageToken.safeParse(sealer.open(text, ownerOf(caller)));
  if (opened.success) return opened.data;
  throw pageRefused('This page token was not made for this user and device.');
}

export function pageRefused(why: string) {
  return userFault('sync/page-token-refused', `${why} Open the pull again with the last cursor.`);
}

export function seal(sealer: Sealer, value: Cursor | PageToken, caller: Caller): string {
  return sealer.seal(value, ownerOf(caller));
}

function ownerOf(caller: Caller): string {
  return `${caller.user} ${caller.deviceId} ${caller.profile}`;
}
