import type { Clock, SqlDriver, SqlOpener } from '../platform/ports.ts';
import { CONTROL_TABLES, STORE_FORMAT } from './control-tables.ts';
import { readMeta, writeMeta } from './meta.ts';
import { salvage } from './salvage.ts';
import { type SqlQueue, sqlQueue } from './sql-queue.ts';

export interface OpenedStore {
  readonly queue: SqlQueue;
  /** What happened to a store that could not be used; null in good times. */
  readonly setAside: { readonly as: string; readonly salvagedEntries: number } | null;
}

/**
 * Opens the store, or makes it. After an unclean end its integrity is checked; a corrupt one is set aside as a copy
 * and a new one begins with the outbox and inbox that could still be read: rows come again with the next sync.
 */
export async function openStore(opener: SqlOpener, name: string, clock: Clock): Promise<OpenedStore> {
  const existed = await opener.exists(name);
  const driver = await opener.open(name);
  if (await isSound(driver, existed))
    return { queue: await begin(driver, existed || !opener.fillsDirectly), setAside: null };
  const as = `${name}.damaged-${clock.now()}`;
  const salvaged = await salvage(driver);
  await driver.close().catch(() => undefined);
  await opener.rename(name, as);
  const queue = await begin(await opener.open(name), !opener.fillsDirectly);
  await queue.transact((transaction) => salvaged.restore(transaction));
  return { queue, setAside: { as, salvagedEntries: salvaged.entries } };
}

/** Marks a clean end, so that the next opening need not check. */
export async function closeStore(queue: SqlQueue): Promise<void> {
  try {
    await queue.transact((transaction) => writeMeta(transaction, 'closedCleanly', true));
  } finally {
    await queue.close();
  }
}

async function begin(driver: SqlDriver, withLog: boolean): Promise<SqlQueue> {
  if (withLog) await driver.exec('PRAGMA journal_mode = WAL');
  // What a user was told to be saved must outlive the power going.
  await driver.exec('PRAGMA synchronous = FULL');
  const queue = sqlQueue(driver);
  await queue.transact(async (transaction) => {
    await transaction.exec(CONTROL_TABLES);
    await writeMeta(transaction, 'storeFormat', STORE_FORMAT);
    await writeMeta(transaction, 'closedCleanly', false);
  });
  return queue;
}

async function isSound(driver: SqlDriver, existed: boolean): Promise<boolean> {
  if (!existed) return true;
  try {
    const [tables] = await driver.all(`SELECT count(*) AS n FROM sqlite_schema WHERE name = '$meta'`);
    if (Number(tables?.n) === 0) return true;
    const reader = {
      all: driver.all.bind(driver),
      first: async (sql: string, parameters?: readonly never[]) => (await driver.all(sql, parameters))[0],
    };
    if (await readMeta(reader, 'closedCleanly')) return true;
    const [check] = await driver.all('PRAGMA quick_check(1)');
    return Object.values(check ?? {})[0] === 'ok';
  } catch {
    return false;
  }
}
