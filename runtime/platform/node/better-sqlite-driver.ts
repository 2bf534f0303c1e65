import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SqlDriver, SqlOpener, SqlRow, SqlValue } from '../ports.ts';

/** Statements kept prepared per database; the oldest goes when there are more. */
const KEPT_STATEMENTS = 200;

/** SQLite in this process. Calls are synchronous inside, so nothing interleaves. Integers come as bigint where they are too large for a number. */
export function betterSqliteDriver(db: Database.Database): SqlDriver {
  const prepared = new Map<string, Database.Statement<SqlValue[], SqlRow>>();

  function statement(sql: string): Database.Statement<SqlValue[], SqlRow> {
    const known = prepared.get(sql);
    if (known) {
      prepared.delete(sql);
      prepared.set(sql, known);
      return known;
    }
    const made = db.prepare<SqlValue[], SqlRow>(sql).safeIntegers(true);
    prepared.set(sql, made);
    const oldest = prepared.size > KEPT_STATEMENTS ? prepared.keys().next().value : undefined;
    if (oldest !== undefined) prepared.delete(oldest);
    return made;
  }

  return {
    async all(sql, parameters = []) {
      const rows = statement(sql).all(...parameters);
      return rows.map(narrowed);
    },
    async run(sql, parameters = []) {
      const used = statement(sql);
      if (used.reader) return used.all(...parameters).length;
      return used.run(...parameters).changes;
    },
    async runMany(sql, rows) {
      const used = statement(sql);
      for (const row of rows) used.run(...row);
    },
    async exec(sql) {
      db.exec(sql);
    },
    async close() {
      prepared.clear();
      db.close();
    },
  };
}

/** Integers of up to 53 bits as numbers: most are, and the rest of the house counts with numbers. */
function narrowed(row: SqlRow): SqlRow {
  const result: { [column: string]: SqlValue } = {};
  for (const [column, value] of Object.entries(row)) {
    const isSmall = typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
    result[column] = isSmall ? Number(value) : value;
  }
  return result;
}

/** Databases as files of one folder. */
export function folderSqlOpener(folder: string): SqlOpener {
  const beside = (name: string) => ['', '-wal', '-shm'].map((suffix) => join(folder, name + suffix));
  return {
    durability: 'persistent',
    async open(name) {
      return betterSqliteDriver(new Database(join(folder, name)));
    },
    async exists(name) {
      return existsSync(join(folder, name));
    },
    async delete(name) {
      for (const path of beside(name)) rmSync(path, { force: true });
    },
    async rename(from, to) {
      const targets = beside(to);
      for (const [at, path] of beside(from).entries()) if (existsSync(path)) renameSync(path, targets[at] ?? path);
    },
  };
}
