import { canonicalJson } from '@skerry/shared/base/json';
import type { SqlReader, SqlTransaction } from './sql-queue.ts';

/** What the user may do with an object. Many rows share the same, so rows hold a key into a dictionary. */
export interface StoredRights {
  readonly rules: readonly string[];
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly delete: boolean;
}

export const NO_STORED_RIGHTS: StoredRights = { rules: [], read: [], write: [], delete: false };

/** Keys ↔ rights, remembered: entries are added, and changed only between two bundles. */
export class RightsDictionary {
  readonly #byKey = new Map<number, StoredRights>();
  readonly #byContent = new Map<string, number>();

  /** Forgets what was learnt in a transaction that did not commit. */
  forget(): void {
    this.#byKey.clear();
    this.#byContent.clear();
  }

  async read(reader: SqlReader, key: number | null): Promise<StoredRights> {
    if (key === null) return NO_STORED_RIGHTS;
    const known = this.#byKey.get(key);
    if (known) return known;
    const row = await reader.first('SELECT "content" FROM "$rights" WHERE "key" = ?', [key]);
    if (!row) return NO_STORED_RIGHTS;
    const rights = JSON.parse(String(row.content)) as StoredRights;
    this.#byKey.set(key, rights);
    return rights;
  }

  async keyOf(transaction: SqlTransaction, rights: StoredRights): Promise<number> {
    const content = canonicalJson({
      rules: [...rights.rules].sort(),
      read: [...rights.read].sort(),
      write: [...rights.write].sort(),
      delete: rights.delete,
    });
    const known = this.#byContent.get(content);
    if (known !== undefined) return known;
    await transaction.run('INSERT OR IGNORE INTO "$rights" ("content") VALUES (?)', [content]);
    const row = await transaction.first('SELECT "key" FROM "$rights" WHERE "content" = ?', [content]);
    const key = Number(row?.key);
    transaction.afterCommit(() => this.#byContent.set(content, key));
    return key;
  }

  /** Withholds members of which the values are not here any more, until rows come with rights of their own again. */
  async withhold(transaction: SqlTransaction, members: readonly string[]): Promise<void> {
    const others = (ids: readonly string[]) => ids.filter((id) => !members.includes(id));
    for (const row of await transaction.all('SELECT "key", "content" FROM "$rights"')) {
      const rights = JSON.parse(String(row.content)) as StoredRights;
      if (![...rights.read, ...rights.write].some((id) => members.includes(id))) continue;
      // With its key in it, it is never taken for rights that the service gives: two that now agree stay two.
      const less = { ...rights, read: others(rights.read), write: others(rights.write), lessThan: Number(row.key) };
      await transaction.run('UPDATE "$rights" SET "content" = ? WHERE "key" = ?', [
        JSON.stringify(less),
        row.key ?? null,
      ]);
    }
    this.forget();
  }
}
