import type { SqlDriver, SqlRow } from '../platform/ports.ts';
import { places } from './app-tables.ts';
import type { SqlTransaction } from './sql-queue.ts';

/** Tables that hold what exists nowhere else. `$meta` gives identity and counters: numbers must go on from the highest given. */
const PRECIOUS = ['$meta', '$outbox', '$operation', '$inbox', '$inbox_object', '$notice', '$file', '$session'];
/** What speaks of rows that are gone with the damaged store. */
const OF_ROWS = ['cursor', 'coversSequence', 'nextScopeChangeMs', 'checkpointMs', 'pull', 'runningBundle'];

export interface Salvaged {
  /** Transactions that could be read. */
  readonly entries: number;
  restore(transaction: SqlTransaction): Promise<void>;
}

/** Reads what a damaged store still gives, table by table; a table that cannot be read whole is read row by row. */
export async function salvage(driver: SqlDriver): Promise<Salvaged> {
  const tables = new Map<string, readonly SqlRow[]>();
  for (const table of PRECIOUS) tables.set(table, await readable(driver, table));
  return {
    entries: tables.get('$outbox')?.length ?? 0,
    async restore(transaction) {
      for (const [table, rows] of tables) {
        for (const row of rows) {
          const names = Object.keys(row);
          await transaction.run(
            `INSERT OR REPLACE INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${places(names.length)})`,
            names.map((name) => row[name] ?? null),
          );
        }
      }
      // Their rows come again by download and then find here that work is pending on them.
      await transaction.run(
        `INSERT OR IGNORE INTO "$base" SELECT "object", json_extract("content", '$.entityId'), 'none', 0, NULL, '{}', '{}' FROM "$operation"`,
      );
      await transaction.run(`DELETE FROM "$meta" WHERE "key" IN (${places(OF_ROWS.length)})`, OF_ROWS);
    },
  };
}

async function readable(driver: SqlDriver, table: string): Promise<readonly SqlRow[]> {
  const rows: SqlRow[] = [];
  try {
    return await driver.all(`SELECT * FROM "${table}"`);
  } catch {
    for (let at = 0; ; at++) {
      try {
        const [row] = await driver.all(`SELECT * FROM "${table}" LIMIT 1 OFFSET ${at}`);
        if (!row) return rows;
        rows.push(row);
      } catch {
        return rows;
      }
    }
  }
}
