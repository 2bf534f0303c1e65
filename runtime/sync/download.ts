import { operationalFault } from '@skerry/shared/base/fault';
import type { ElementId } from '@skerry/shared/base/ids';
import { type DownloadAnswer, type DownloadRequest, downloadAnswer } from '@skerry/shared/protocol/download';
import { quoteName } from '@skerry/shared/relational/dialect';
import { type CheckpointContext, type CheckpointOutcome, CheckpointWriter } from '../store/apply-checkpoint.ts';
import { layOver } from '../store/lay-over.ts';
import { type OpenPull, readMeta, writeMeta } from '../store/meta.ts';
import type { SqlQueue, SqlTransaction } from '../store/sql-queue.ts';
import { isFault, type ServiceClient } from './service-client.ts';

export interface DownloadContext {
  readonly queue: SqlQueue;
  readonly client: ServiceClient;
  readonly checkpoint: CheckpointContext;
  /** What the device says about itself in every request. */
  readonly request: Omit<DownloadRequest, 'cursor' | 'pageToken'>;
  readonly onProgress: (rows: number, totalRows: number | null) => void;
  /** Entities whose rows changed in the store. */
  readonly onData: (entities: ReadonlySet<ElementId>) => void;
  readonly isCancelled: () => boolean;
  /** A turn that was undone: what was learnt in it is not so. */
  readonly onFailedTurn: () => void;
}

const PAGE_TOKEN_REFUSED = 'sync/page-token-refused';
const CURSOR_REFUSED = 'sync/cursor-refused';
const NOTHING: CheckpointOutcome = { downloaded: 0, removed: 0, reconciled: [], entities: new Set() };

/** Whether a pull that was begun earlier is still to be finished. */
export async function hasOpenPull(queue: SqlQueue): Promise<boolean> {
  return (await queue.read((reader) => readMeta(reader, 'pull'))) !== null;
}

/**
 * Pulls to the next checkpoint, resuming where the last try broke off. Pages are staged and come into the tables with
 * the checkpoint, all at once; only the first sync of a user writes each page as it comes.
 *
 * @returns what changed, or null when it was cancelled between pages
 */
export async function download(context: DownloadContext): Promise<CheckpointOutcome | null> {
  let pull = await context.queue.transact((transaction) => openPull(transaction, context));
  let written = NOTHING;
  let coming = askPage(context, pull);
  for (;;) {
    const answer = await coming;
    if (context.isCancelled()) return null;
    const rows = pull.rows + answer.upserts.reduce((sum, batch) => sum + batch.rows.length, 0);
    pull = {
      ...pull,
      rows,
      pages: pull.pages + 1,
      pageToken: answer.pageToken,
      totalRows: answer.totalRows ?? pull.totalRows,
    };
    context.onProgress(pull.rows, pull.totalRows);
    // The service makes the next page while this one is written: each has a processor of its own.
    if (!answer.checkpoint) {
      coming = askPage(context, pull);
      // Should writing fail, nobody waits for it any more.
      coming.catch(() => undefined);
    }
    const outcome = await context.queue
      .transact(async (transaction) => {
        await mustStand(transaction, pull);
        return pull.direct
          ? takeDirectly(transaction, context, pull, answer)
          : stage(transaction, context, pull, answer);
      })
      .catch((thrown: unknown) => {
        context.onFailedTurn();
        throw thrown;
      });
    written = add(written, outcome);
    if (outcome.entities.size > 0) context.onData(outcome.entities);
    if (answer.checkpoint) return written;
  }
}

async function openPull(transaction: SqlTransaction, context: DownloadContext): Promise<OpenPull> {
  const open = await readMeta(transaction, 'pull');
  // A new bundle has other columns: what was staged for the old one is of no use.
  if (open && open.planHash === context.request.planHash) return open;
  await transaction.run('DELETE FROM "$staging"');
  const direct = (await readMeta(transaction, 'checkpointMs')) === null;
  if (direct) await clearRows(transaction, context.checkpoint);
  const pull: OpenPull = {
    cursor: await readMeta(transaction, 'cursor'),
    pageToken: null,
    pages: 0,
    rows: 0,
    totalRows: null,
    direct,
    planHash: context.request.planHash,
  };
  await writeMeta(transaction, 'pull', pull);
  return pull;
}

/** While a page was on its way the app may have been updated: then the pull is gone, and what was staged of it. */
async function mustStand(transaction: SqlTransaction, pull: OpenPull): Promise<void> {
  const open = await readMeta(transaction, 'pull');
  if (open?.planHash === pull.planHash && open.cursor === pull.cursor && open.pages === pull.pages - 1) return;
  throw operationalFault('sync/pull-superseded', 'The app was updated while it synchronised. Synchronise again.', {
    retry: true,
  });
}

async function askPage(context: DownloadContext, pull: OpenPull): Promise<DownloadAnswer> {
  const body: DownloadRequest = { ...context.request, cursor: pull.cursor, pageToken: pull.pageToken };
  try {
    const answer = await context.client.ask({ path: '/api/sync/download', body, answer: downloadAnswer });
    return answer;
  } catch (thrown) {
    // The pull, or the checkpoint it started from, is of no use any more: the next one begins anew, or with the whole scope.
    if (isFault(thrown) && (thrown.code === PAGE_TOKEN_REFUSED || thrown.code === CURSOR_REFUSED)) {
      await context.queue.transact(async (transaction) => {
        await writeMeta(transaction, 'pull', null);
        if (thrown.code === CURSOR_REFUSED) await writeMeta(transaction, 'cursor', null);
      });
    }
    throw thrown;
  }
}

async function takeDirectly(
  transaction: SqlTransaction,
  context: DownloadContext,
  pull: OpenPull,
  answer: DownloadAnswer,
): Promise<CheckpointOutcome> {
  const writer = new CheckpointWriter(transaction, context.checkpoint);
  await writer.page(answer, false);
  if (answer.checkpoint) return writer.finish(answer.checkpoint, false);
  await writeMeta(transaction, 'pull', pull);
  await writer.layOver();
  return writer.outcome();
}

async function stage(
  transaction: SqlTransaction,
  context: DownloadContext,
  pull: OpenPull,
  answer: DownloadAnswer,
): Promise<CheckpointOutcome> {
  if (!answer.checkpoint) {
    await transaction.run('INSERT OR REPLACE INTO "$staging" ("page", "body") VALUES (?, ?)', [
      pull.pages,
      JSON.stringify(answer),
    ]);
    await writeMeta(transaction, 'pull', pull);
    return NOTHING;
  }
  const whole = pull.cursor === null;
  const writer = new CheckpointWriter(transaction, context.checkpoint);
  for (const { page } of await transaction.all('SELECT "page" FROM "$staging" ORDER BY "page"')) {
    const row = await transaction.first('SELECT "body" FROM "$staging" WHERE "page" = ?', [page ?? null]);
    await writer.page(JSON.parse(String(row?.body)) as DownloadAnswer, whole);
  }
  await writer.page(answer, whole);
  return writer.finish(answer.checkpoint, whole);
}

/** What an earlier first sync left behind before it broke off for good. Pending work keeps what it stands on. */
async function clearRows(transaction: SqlTransaction, context: CheckpointContext): Promise<void> {
  for (const table of context.tables.plan.tables) {
    const key = table.kind === 'entity' ? '$id' : '$owner';
    await transaction.run(`DELETE FROM ${quoteName(table.name)} WHERE "${key}" NOT IN (SELECT "object" FROM "$base")`);
  }
  await transaction.run(`UPDATE "$base" SET "state" = 'gone' WHERE "state" = 'present'`);
  for (const row of await transaction.all('SELECT "object" FROM "$base"')) {
    await layOver(transaction, context, String(row.object) as Parameters<typeof layOver>[2]);
  }
}

function add(a: CheckpointOutcome, b: CheckpointOutcome): CheckpointOutcome {
  return {
    downloaded: a.downloaded + b.downloaded,
    removed: a.removed + b.removed,
    reconciled: [...a.reconciled, ...b.reconciled],
    entities: new Set([...a.entities, ...b.entities]),
  };
}
