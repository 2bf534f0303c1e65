import type { SqlDriver, SqlRow, SqlValue } from '../platform/ports.ts';

/** Reads of one turn of the queue: nobody writes meanwhile. */
export interface SqlReader {
  all(sql: string, parameters?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** The first row, if any. */
  first(sql: string, parameters?: readonly SqlValue[]): Promise<SqlRow | undefined>;
}

/** A transaction: all of it is there after its turn, or nothing. */
export interface SqlTransaction extends SqlReader {
  run(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
  runMany(sql: string, rows: readonly (readonly SqlValue[])[]): Promise<void>;
  exec(sql: string): Promise<void>;
  /** Called after the commit, in order, before the next turn begins. */
  afterCommit(callback: () => void): void;
}

/**
 * One connection, one turn at a time: the user's writes and those of synchronisation never interleave inside a
 * transaction, and no read sees half of one. (A second connection would see only what is committed, but browsers give
 * a database file to one connection.)
 */
export interface SqlQueue {
  read<T>(turn: (reader: SqlReader) => Promise<T>): Promise<T>;
  transact<T>(turn: (transaction: SqlTransaction) => Promise<T>): Promise<T>;
  /** Waits for the turns begun before, then closes; later turns are refused. */
  close(): Promise<void>;
}

export function sqlQueue(driver: SqlDriver): SqlQueue {
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  function enqueue<T>(turn: () => Promise<T>): Promise<T> {
    if (closed) return Promise.reject(new Error('The store is closed.'));
    const result = last.then(turn);
    last = result.catch(() => undefined);
    return result;
  }

  const reader: SqlReader = {
    all: (sql, parameters) => driver.all(sql, parameters),
    first: async (sql, parameters) => (await driver.all(sql, parameters))[0],
  };

  async function transaction<T>(turn: (transaction: SqlTransaction) => Promise<T>): Promise<T> {
    const callbacks: (() => void)[] = [];
    await driver.exec('BEGIN IMMEDIATE');
    let result: T;
    try {
      result = await turn({
        ...reader,
        run: (sql, parameters) => driver.run(sql, parameters),
        runMany: (sql, rows) => (rows.length === 0 ? Promise.resolve() : driver.runMany(sql, rows)),
        exec: (sql) => driver.exec(sql),
        afterCommit: (callback) => callbacks.push(callback),
      });
      await driver.exec('COMMIT');
    } catch (error) {
      // A driver that fails here too has lost its database; the first error says why.
      await driver.exec('ROLLBACK').catch(() => undefined);
      throw error;
    }
    for (const callback of callbacks) callback();
    return result;
  }

  return {
    read: (turn) => enqueue(() => turn(reader)),
    transact: (turn) => enqueue(() => transaction(turn)),
    async close() {
      if (closed) return;
      closed = true;
      await last;
      await driver.close();
    },
  };
}
