import type { ObjectId } from '@skerry/shared/base/ids';
import { type UploadRequest, uploadAnswer } from '@skerry/shared/protocol/upload';
import { acknowledged, type BatchLimits, nextBatch, numberBatch } from '@skerry/shared/sync/outbox';
import type { Verdict } from '@skerry/shared/sync/verdict';
import { closeEntry } from '../store/inbox-table.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { readOutbox, readPending, type StoredEntry, sentTransaction } from '../store/pending-work.ts';
import type { SqlQueue, SqlTransaction } from '../store/sql-queue.ts';
import { isFault, type ServiceClient } from './service-client.ts';

/** What the service says when a number comes back with other content: this store is a copy, or was rolled back. */
const DEVICE_FORKED = 'sync/device-forked';
/** The service knows less than was sent: it was restored, or another store spoke in this device's name. */
const SEQUENCE_GAP = 'sync/sequence-gap';
const LIMITS: BatchLimits = { maxEntries: 200, maxBytes: 1_000_000 };

export interface UploadContext {
  readonly queue: SqlQueue;
  readonly client: ServiceClient;
  readonly profile: string;
  readonly newDeviceId: () => ObjectId;
}

/**
 * Sends the next batch and stores its verdicts. Numbers are stored before anything is sent, so that whatever is lost on
 * the way goes out again under the same number; verdicts are stored in one transaction with the outbox.
 */
export async function uploadBatch(context: UploadContext): Promise<readonly Verdict[]> {
  const request = await context.queue.transact((transaction) => prepare(transaction, context.profile));
  if (!request) return [];
  try {
    const answer = await context.client.ask({ path: '/api/sync/upload', body: request, answer: uploadAnswer });
    const verdicts = answer.verdicts as readonly Verdict[];
    return await context.queue.transact((transaction) => storeVerdicts(transaction, verdicts));
  } catch (thrown) {
    if (isFault(thrown) && (thrown.code === DEVICE_FORKED || thrown.code === SEQUENCE_GAP)) {
      await context.queue.transact((transaction) => takeNewIdentity(transaction, context.newDeviceId()));
    }
    throw thrown;
  }
}

async function prepare(transaction: SqlTransaction, profile: string): Promise<UploadRequest | null> {
  const entries = await readOutbox(transaction);
  const batch = nextBatch(entries, LIMITS);
  if (batch.length === 0) return null;
  const last = (await readMeta(transaction, 'lastSequence')) ?? 0;
  const given = new Map<number, number>();
  for (const { ordinal, sequence } of numberBatch(batch, last)) {
    given.set(ordinal, sequence);
    await transaction.run('UPDATE "$outbox" SET "sequence" = ? WHERE "ordinal" = ?', [sequence, ordinal]);
  }
  if (given.size > 0) await writeMeta(transaction, 'lastSequence', last + given.size);
  const numbered = batch.map((entry) => ({ ...entry, sequence: given.get(entry.ordinal) ?? entry.sequence ?? 0 }));
  const transactions = [];
  for (const entry of numbered.filter(({ settles }) => settles === null)) {
    transactions.push(sentTransaction(await readPending(transaction, entry), entry.sequence));
  }
  const settlements = numbered.flatMap(({ id, sequence, settles, how }) =>
    settles === null || how === null ? [] : [{ id, sequence, record: settles, how }],
  );
  return {
    profile,
    acknowledged: acknowledged(entries, last),
    transactions: transactions as unknown as UploadRequest['transactions'],
    ...(settlements.length > 0 ? { settlements } : {}),
  };
}

async function storeVerdicts(transaction: SqlTransaction, verdicts: readonly Verdict[]): Promise<readonly Verdict[]> {
  const entries = new Map((await readOutbox(transaction)).map((entry) => [entry.id, entry]));
  const news: Verdict[] = [];
  for (const verdict of verdicts) {
    const entry = entries.get(verdict.transaction);
    if (!entry || entry.sequence !== verdict.sequence || entry.verdict !== null) continue;
    news.push(verdict);
    await transaction.run('UPDATE "$outbox" SET "verdict" = ? WHERE "ordinal" = ?', [
      JSON.stringify(verdict),
      entry.ordinal,
    ]);
    const answered: StoredEntry = { ...entry, verdict: verdict.kind, answer: verdict };
    // A checkpoint has contained it already: nothing is laid over that would have to wait.
    if (entry.covered) await closeEntry(transaction, answered);
  }
  return news;
}

/**
 * The store goes on as a new device. What has no answer is sent anew under new numbers and recognised by its id; what
 * has one is only waiting for a checkpoint, which under the new identity cannot cover the old numbers: the whole scope
 * is pulled, and contains it.
 */
async function takeNewIdentity(transaction: SqlTransaction, deviceId: ObjectId): Promise<void> {
  for (const entry of await readOutbox(transaction)) {
    if (entry.verdict !== null) {
      await transaction.run('UPDATE "$outbox" SET "sequence" = 0 WHERE "ordinal" = ?', [entry.ordinal]);
    }
  }
  await transaction.run('UPDATE "$outbox" SET "sequence" = NULL WHERE "verdict" IS NULL');
  await writeMeta(transaction, 'deviceId', deviceId);
  await writeMeta(transaction, 'lastSequence', 0);
  await writeMeta(transaction, 'coversSequence', null);
  await writeMeta(transaction, 'cursor', null);
  await writeMeta(transaction, 'pull', null);
  await transaction.run('DELETE FROM "$staging"');
}
