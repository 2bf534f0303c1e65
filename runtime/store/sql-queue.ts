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

export interface OpenTransaction {
  readonly transaction: SqlTransaction;
  /** Rejects when the commit fails; then nothing was written. */
  readonly commit: () => Promise<void>;
  readonly rollBack: () => Promise<void>;
}

/**
 * One connection, one turn at a time: the user's writes and those of synchronisation never interleave inside a
 * transaction, and no read sees half of one. (A second connection would see only what is committed, but browsers give
 * a database file to one connection.)
 */
export interface SqlQueue {
  read<T>(turn: (reader: SqlReader) => Promise<T>): Promise<T>;
  transact<T>(turn: (transaction: SqlTransaction) => Promise<T>): Promise<T>;
  /** A transaction that its holder ends: for flows, which stop in it to ask. Everybody else waits meanwhile. */
  open(): Promise<OpenTransaction>;
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

  async function begin(): Promise<OpenTransaction> {
    const callbacks: (() => void)[] = [];
    await driver.exec('BEGIN IMMEDIATE');
    // A driver that fails to roll back has lost its database; the error before says why.
    const rollBack = () => driver.exec('ROLLBACK').catch(() => undefined);
    return {
      transaction: {
        ...reader,
        run: (sql, parameters) => driver.run(sql, parameters),
        runMany: (sql, rows) => (rows.length === 0 ? Promise.resolve() : driver.runMany(sql, rows)),
        exec: (sql) => driver.exec(sql),
        afterCommit: (callback) => callbacks.push(callback),
      },
      async commit() {
        try {
          await driver.exec('COMMIT');
        } catch (error) {
          await rollBack();
          throw error;
        }
        for (const callback of callbacks) callback();
      },
      rollBack,
    };
  }

  async function transaction<T>(turn: (transaction: SqlTransaction) => Promise<T>): Promise<T> {
    const open = await begin();
    let result: T;
    try {
      result = await turn(open.transaction);
    } catch (error) {
      await open.rollBack();
      throw error;
    }
    await open.commit();
    return result;
  }

  function openTurn(): Promise<OpenTransaction> {
    return new Promise((resolve, reject) => {
      const turn = enqueue(async () => {
        const open = await begin();
        await new Promise<void>((end) => {
          const ending = (how: () => Promise<void>) => () => how().finally(end);
          resolve({ ...open, commit: ending(open.commit), rollBack: ending(open.rollBack) });
        });
      });
      turn.catch(reject);
    });
  }

  return {
    read: (turn) => enqueue(() => turn(reader)),
    transact: (turn) => enqueue(() => transaction(turn)),
    open: openTurn,
    async close() {
      if (closed) return;
      closed = true;
      await last;
      await driver.close();
    },
  };
}
