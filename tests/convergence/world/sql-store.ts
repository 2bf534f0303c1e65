import type { SqlDriver, SqlOpener, SqlRow, SqlValue } from '@skerry/runtime/platform/ports';
import Database from 'better-sqlite3';

/** The power went. What the driver throws from then on. */
export class PowerLoss extends Error {
  constructor() {
    super('The power is gone.');
  }
}

/** Of one life of a device, from start to crash: counts its calls and ends it at one of them. */
export interface Life {
  /** Called before a statement runs, and after it; throws when the life has ended. */
  readonly beat: (when: 'before' | 'after') => void;
  readonly onCommit: () => void;
}

/**
 * A device's disk: real SQLite, in memory, that outlives the device. A crash keeps what was committed and takes back
 * what was not, as a journal would at the next opening.
 */
export class Disk {
  readonly database = new Database(':memory:');
  readonly #statements = new Map<string, Database.Statement>();
  #exists = false;

  constructor() {
    this.database.defaultSafeIntegers(true);
  }

  /** After a crash, before the next life. */
  recover(): void {
    if (this.database.inTransaction) this.database.exec('ROLLBACK');
  }

  /** Reads behind the device's back. */
  read(sql: string, parameters: readonly SqlValue[] = []): readonly SqlRow[] {
    return (this.#prepare(sql).all(...parameters) as SqlRow[]).map(plain);
  }

  write(sql: string, parameters: readonly SqlValue[] = []): void {
    this.#prepare(sql).run(...parameters);
  }

  close(): void {
    this.database.close();
  }

  opener(life: Life): SqlOpener {
    return {
      durability: 'memory',
      exists: async () => this.#exists,
      delete: async () => {},
      rename: async () => {
        throw new Error('A store was taken for damaged: nothing here damages any.');
      },
      open: async () => {
        this.#exists = true;
        return this.#driver(life);
      },
    };
  }

  #driver(life: Life): SqlDriver {
    const call = async <T>(run: () => T): Promise<T> => {
      life.beat('before');
      const result = run();
      life.beat('after');
      return result;
    };
    return {
      all: (sql, parameters = []) => call(() => this.read(sql, parameters)),
      run: (sql, parameters = []) => call(() => this.#prepare(sql).run(...parameters).changes),
      runMany: (sql, rows) =>
        call(() => {
          const statement = this.#prepare(sql);
          for (const row of rows) statement.run(...row);
        }),
      exec: (sql) =>
        call(() => {
          this.database.exec(sql);
          // Tables may have changed, and with them what `*` stands for.
          if (/^\s*(create|alter|drop)/i.test(sql)) this.#statements.clear();
          if (sql === 'COMMIT') life.onCommit();
        }),
      close: async () => {},
    };
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function plain(row: SqlRow): SqlRow {
  const cells: { [column: string]: SqlValue } = {};
  for (const [column, value] of Object.entries(row)) {
    const small = typeof value === 'bigint' && value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
    cells[column] = small ? Number(value) : value;
  }
  return cells;
}
