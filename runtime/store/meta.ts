import type { SqlReader, SqlTransaction } from './sql-queue.ts';

/** Everything the store remembers beside rows, by key. */
export interface MetaValues {
  readonly storeFormat: number;
  /** Made once per store; a new one when the service finds this store cloned or rolled back. */
  readonly deviceId: string;
  /** False while the store is open: found so at opening, the last end was unclean. */
  readonly closedCleanly: boolean;
  /** Identity of the service and of its database's history. */
  readonly instance: string;
  readonly history: string;
  /** Public keys pinned at the first contact. */
  readonly keys: readonly { readonly keyId: string; readonly publicKey: string }[];
  /** The service's app, told before a bundle is there. */
  readonly app: { readonly id: string; readonly name: string };
  readonly lastOrdinal: number;
  /** Highest sequence ever given. */
  readonly lastSequence: number;
  /** The last provisional number given; counts down. */
  readonly lastProvisional: number;
  readonly cursor: string;
  readonly coversSequence: number;
  readonly nextScopeChangeMs: number;
  readonly checkpointMs: number;
  /** Service time minus device time. */
  readonly clockOffsetMs: number;
  /** A pull begun and not yet applied. */
  readonly pull: OpenPull;
  readonly runningBundle: string;
  readonly lastSyncMs: number;
}

export interface OpenPull {
  /** Cursor it started from; null for the whole scope. */
  readonly cursor: string | null;
  readonly pageToken: string | null;
  readonly pages: number;
  readonly rows: number;
  readonly totalRows: number | null;
  /** Pages go straight into the tables: the first sync of a user. */
  readonly direct: boolean;
  /** Of the bundle it was begun under. */
  readonly planHash: string;
}

export async function readMeta<K extends keyof MetaValues>(reader: SqlReader, key: K): Promise<MetaValues[K] | null> {
  const row = await reader.first('SELECT "value" FROM "$meta" WHERE "key" = ?', [key]);
  return row ? (JSON.parse(String(row.value)) as MetaValues[K]) : null;
}

/** null forgets the value. */
export async function writeMeta<K extends keyof MetaValues>(
  transaction: SqlTransaction,
  key: K,
  value: MetaValues[K] | null,
): Promise<void> {
  if (value === null) await transaction.run('DELETE FROM "$meta" WHERE "key" = ?', [key]);
  else await transaction.run('INSERT OR REPLACE INTO "$meta" VALUES (?, ?)', [key, JSON.stringify(value)]);
}

/** Raises a counter and gives its new value; `step` may be negative. */
export async function count(
  transaction: SqlTransaction,
  key: 'lastOrdinal' | 'lastSequence' | 'lastProvisional',
  step = 1,
): Promise<number> {
  const value = ((await readMeta(transaction, key)) ?? 0) + step;
  await writeMeta(transaction, key, value);
  return value;
}
