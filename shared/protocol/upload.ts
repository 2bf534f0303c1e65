import { cell, cells, elementId, links, objectId, uuid, z } from './common.ts';

const create = z.object({
  kind: z.literal('create'),
  entityId: elementId,
  objectId,
  set: cells,
  add: z.optional(links),
});
const update = z.object({
  kind: z.literal('update'),
  entityId: elementId,
  objectId,
  baseRev: z.int(),
  set: cells,
  was: cells,
  add: z.optional(links),
  remove: z.optional(links),
});
const remove = z.object({ kind: z.literal('delete'), entityId: elementId, objectId, baseRev: z.int() });

export const sentTransaction = z.object({
  id: uuid,
  sequence: z.int(),
  bundleVersion: z.string(),
  flow: z.nullable(elementId),
  atMs: z.number(),
  operations: z.array(z.discriminatedUnion('kind', [create, update, remove])),
});

/** POST /api/sync/upload: whole transactions in order of sequence. */
export const uploadRequest = z.object({
  profile: z.string(),
  /** Where the device is, for rules that depend on the zone or the week; absent: UTC, weeks from Monday. */
  place: z.optional(z.object({ zone: z.string(), locale: z.string(), firstDayOfWeek: z.int() })),
  /** Verdicts up to this sequence are stored on the device; the server may forget them. */
  acknowledged: z.int(),
  transactions: z.array(sentTransaction),
  /** Settlements of parked or rejected transactions are commands of the same sequence: see settle. */
  settlements: z.optional(
    z.array(z.object({ id: uuid, sequence: z.int(), record: z.string(), how: z.enum(['retried', 'discarded']) })),
  ),
});
export type UploadRequest = z.infer<typeof uploadRequest>;

const resolution = z.object({
  entityId: elementId,
  objectId,
  member: z.nullable(elementId),
  policy: z.enum(['lastWins', 'firstWins', 'merge', 'sum', 'microflow']),
  outcome: z.enum(['mine', 'theirs', 'combined']),
});
const conflict = z.object({ entityId: elementId, objectId, member: z.nullable(elementId), mine: cell, base: cell });

export const verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('applied'), sequence: z.int(), transaction: uuid, resolutions: z.array(resolution) }),
  z.object({
    kind: z.literal('parked'),
    sequence: z.int(),
    transaction: uuid,
    record: z.string(),
    code: z.optional(z.string()),
    conflicts: z.array(conflict),
    because: z.optional(uuid),
  }),
  z.object({
    kind: z.literal('rejected'),
    sequence: z.int(),
    transaction: uuid,
    record: z.string(),
    code: z.string(),
    message: z.string(),
    entityId: z.optional(elementId),
    objectId: z.optional(objectId),
    member: z.optional(elementId),
    because: z.optional(uuid),
  }),
]);

export const uploadAnswer = z.object({ verdicts: z.array(verdict) });
export type UploadAnswer = z.infer<typeof uploadAnswer>;
