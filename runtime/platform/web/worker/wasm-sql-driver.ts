import type { Database, PreparedStatement, SAHPoolUtil, Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import type { SqlDriver, SqlOpener, SqlRow, SqlValue } from '../../ports.ts';

/** Statements kept prepared per database; the oldest goes when there are more. */
const KEPT_STATEMENTS = 200;

/** SQLite compiled to WebAssembly behind the driver port. Calls are synchronous inside, so nothing interleaves. */
export function wasmSqlDriver(db: Database): SqlDriver {
  const prepared = new Map<string, PreparedStatement>();

  function statement(sql: string): PreparedStatement {
    const known = prepared.get(sql);
    if (known) {
      prepared.delete(sql);
      prepared.set(sql, known);
      return known;
    }
    const made = db.prepare(sql);
    prepared.set(sql, made);
    if (prepared.size > KEPT_STATEMENTS) {
      const [oldest, used] = prepared.entries().next().value as [string, PreparedStatement];
      prepared.delete(oldest);
      used.finalize();
    }
    return made;
  }

  function use<T>(sql: string, body: (statement: PreparedStatement) => T): T {
    const used = statement(sql);
    try {
      return body(used);
    } finally {
      used.reset(true);
    }
  }

  return {
    async all(sql, parameters = []) {
      return use(sql, (used) => {
        if (parameters.length > 0) used.bind(parameters as SqlValue[]);
        const rows: SqlRow[] = [];
        while (used.step()) rows.push(used.get({}) as SqlRow);
        return rows;
      });
    },
    async run(sql, parameters = []) {
      use(sql, (used) => {
        if (parameters.length > 0) used.bind(parameters as SqlValue[]);
        used.step();
      });
      return db.changes() as number;
    },
    async runMany(sql, rows) {
      use(sql, (used) => {
        for (const row of rows) {
          used.bind(row as SqlValue[]);
          used.step();
          used.reset();
        }
      });
    },
    async exec(sql) {
      db.exec(sql);
    },
    async close() {
      for (const used of prepared.values()) used.finalize();
      prepared.clear();
      db.close();
    },
  };
}

/** Databases as files of the origin's private file system, through the access-handle pool: durable, without special headers. */
export function opfsSqlOpener(pool: SAHPoolUtil, persistent: boolean): SqlOpener {
  const path = (name: string) => `/${name}`;
  return {
    durability: persistent ? 'persistent' : 'bestEffort',
    fillsDirectly: true,
    async open(name) {
      const wanted = pool.getFileCount() + 4;
      if (wanted > pool.getCapacity()) await pool.addCapacity(wanted - pool.getCapacity());
      const db = new pool.OpfsSAHPoolDb(path(name));
      // The pool gives a file to one connection anyhow; saying so lets SQLite keep its cache, and a log without shared memory.
      db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY');
      return wasmSqlDriver(db);
    },
    async exists(name) {
      return pool.getFileNames().includes(path(name));
    },
    async delete(name) {
      pool.unlink(path(name));
    },
    async rename(from, to) {
      // The pool knows no rename; a store set aside is copied once, and rarely.
      await pool.addCapacity(1);
      await pool.importDb(path(to), pool.exportFile(path(from)));
      pool.unlink(path(from));
    },
  };
}

/** For places without private files: everything goes when the page goes, and the status says so. */
export function memorySqlOpener(sqlite: Sqlite3Static): SqlOpener {
  const open = new Map<string, Database>();
  return {
    durability: 'memory',
    async open(name) {
      const db = new sqlite.oo1.DB(':memory:');
      open.set(name, db);
      return wasmSqlDriver(db);
    },
    async exists() {
      return false;
    },
    async delete(name) {
      open.delete(name);
    },
    async rename() {},
  };
}
