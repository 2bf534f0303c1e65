import { cell, elementId, encoding, objectId, z } from './common.ts';

/** POST /api/sync/download: opens a pull, or goes on with one (`pageToken`). */
export const downloadRequest = z.object({
  profile: z.string(),
  bundleVersion: z.string(),
  planHash: z.string(),
  /** The checkpoint the device stands on; null for the first sync of a user. Opaque, authenticated, bound to user and device. */
  cursor: z.nullable(z.string()),
  pageToken: z.nullable(z.string()),
  encodings: z.array(encoding),
  /** Zone and week of the device, which scope may depend on. */
  zone: z.string(),
  locale: z.string(),
  firstDayOfWeek: z.int(),
  maxRows: z.optional(z.int()),
});
export type DownloadRequest = z.infer<typeof downloadRequest>;

/** What the user may do with an object: the union of the grants that hold for it. Rows refer to it by its place. */
export const rights = z.object({
  /** Ids of the access rules that hold, sorted. */
  rules: z.array(elementId),
  read: z.array(elementId),
  write: z.array(elementId),
  delete: z.boolean(),
});
export type WireRights = z.infer<typeof rights>;

/**
 * Rows of one entity. A row is [id, rev, rights, cell…] with a cell for each of `columns`; a member that `rights` does
 * not read is withheld: its cell is null here and the device keeps it apart from empty by the rights.
 */
export const rowBatch = z.object({
  entityId: elementId,
  columns: z.array(elementId),
  rows: z.array(z.array(cell)),
  /** Reference sets of those rows: whole sets by association, [owner id, target ids]. */
  links: z.optional(
    z.array(z.object({ associationId: elementId, sets: z.array(z.tuple([objectId, z.array(objectId)])) })),
  ),
});
export type RowBatch = z.infer<typeof rowBatch>;

export const checkpoint = z.object({
  cursor: z.string(),
  /** This device's highest sequence contained in the checkpoint's state. */
  coversSequence: z.int(),
  /** When scope changes next by the clock alone (service time, epoch milliseconds), if it does. */
  nextScopeChangeMs: z.nullable(z.number()),
  /** Instant of the checkpoint's state, service time. */
  atMs: z.number(),
});
export type Checkpoint = z.infer<typeof checkpoint>;

export const downloadAnswer = z.object({
  encoding,
  /** Rights the batches refer to. */
  rights: z.array(rights),
  upserts: z.array(rowBatch),
  removals: z.array(z.object({ entityId: elementId, ids: z.array(objectId) })),
  /** Entities that were compared whole: what is not listed over all pages of the pull goes. `because` is for people. */
  reconciled: z.array(z.object({ entityId: elementId, because: z.string(), ids: z.array(objectId) })),
  /** Later changes of earlier verdicts. */
  settled: z.array(
    z.object({ record: z.string(), outcome: z.enum(['retried', 'resolved', 'discarded']), by: z.string() }),
  ),
  /** Rows of the whole pull, for progress; null when not known. */
  totalRows: z.nullable(z.int()),
  /** Null on the last page, which carries the checkpoint. */
  pageToken: z.nullable(z.string()),
  checkpoint: z.nullable(checkpoint),
});
export type DownloadAnswer = z.infer<typeof downloadAnswer>;

/** POST /api/sync/digest: what the user's scope holds now, for checking that a device agrees. */
export const digestRequest = z.object({
  profile: z.string(),
  bundleVersion: z.string(),
  zone: z.string(),
  locale: z.string(),
  firstDayOfWeek: z.int(),
});
export type DigestRequest = z.infer<typeof digestRequest>;
/** `digest` is hashJson of {rev, rights (read, write, delete), cells of the readable members, links}: see shared/sync/digest. */
export const digestAnswer = z.object({
  entities: z.array(z.object({ entityId: elementId, objects: z.array(z.tuple([objectId, z.string()])) })),
  coversSequence: z.int(),
});
export type DigestAnswer = z.infer<typeof digestAnswer>;
