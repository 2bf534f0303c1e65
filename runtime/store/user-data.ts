import type { AppTables } from './app-tables.ts';
import { writeMeta } from './meta.ts';
import type { SqlReader, SqlTransaction } from './sql-queue.ts';

const OF_USER = [
  '$outbox',
  '$operation',
  '$base',
  '$inbox',
  '$inbox_object',
  '$notice',
  '$staging',
  '$rights',
  '$file',
  '$sync_session',
];

/** Removes everything that belongs to a user. Numbers of the device go on: its next transaction is still its next. */
export async function clearUserData(transaction: SqlTransaction, tables: AppTables | null): Promise<void> {
  await tables?.clear(transaction);
  for (const table of OF_USER) await transaction.run(`DELETE FROM "${table}"`);
  for (const key of ['cursor', 'coversSequence', 'nextScopeChangeMs', 'checkpointMs', 'pull', 'lastSyncMs'] as const) {
    await writeMeta(transaction, key, null);
  }
}

export interface WorkCounts {
  /** Transactions and settlements without an answer. */
  readonly unanswered: number;
  /** Answered, and waiting for a checkpoint that covers them. */
  readonly uncovered: number;
  /** Transactions that are not both answered and covered. */
  readonly pending: number;
  readonly inbox: number;
  /** Values of the user's that were replaced and not yet seen to be. */
  readonly notices: number;
  readonly filesToSend: number;
  readonly filesToFetch: number;
}

export async function countWork(reader: SqlReader): Promise<WorkCounts> {
  const row = await reader.first(`SELECT
    (SELECT count(*) FROM "$outbox" WHERE "verdict" IS NULL) AS unanswered,
    (SELECT count(*) FROM "$outbox" WHERE "verdict" IS NOT NULL AND "covered" = 0) AS uncovered,
    (SELECT count(*) FROM "$outbox" WHERE "settles" IS NULL) AS pending,
    (SELECT count(*) FROM "$inbox") AS inbox,
    (SELECT count(*) FROM "$notice") AS notices,
    (SELECT count(*) FROM "$file" WHERE "state" = 'toSend') AS filesToSend,
    (SELECT count(*) FROM "$file" WHERE "state" = 'toFetch') AS filesToFetch`);
  return {
    unanswered: Number(row?.unanswered),
    uncovered: Number(row?.uncovered),
    pending: Number(row?.pending),
    inbox: Number(row?.inbox),
    notices: Number(row?.notices),
    filesToSend: Number(row?.filesToSend),
    filesToFetch: Number(row?.filesToFetch),
  };
}
