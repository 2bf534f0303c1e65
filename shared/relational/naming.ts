import type { ElementId } from '../base/ids.ts';

/** PostgreSQL cuts names at 63 bytes without a word; ours end before. */
const MAX_NAME_BYTES = 60;
const ID_BYTES = 16;

/** Gives out names of tables or columns, each once ignoring case. Element names are ASCII, so a character is a byte. */
export class Names {
  readonly #taken = new Set<string>();

  /** The name itself; when it is too long, or taken ignoring case, cut and ended by the element's id. */
  take(name: string, id: ElementId): string {
    const fits = name.length <= MAX_NAME_BYTES && !this.#taken.has(name.toLowerCase());
    const given = fits ? name : `${name.slice(0, MAX_NAME_BYTES - ID_BYTES - 1)}_${id}`;
    this.#taken.add(given.toLowerCase());
    return given;
  }
}

/** Index names share one space in a database: they hold the table's name and what they are made from. */
export function indexName(table: string, entityId: ElementId, id: ElementId): string {
  const name = `${table}$${id}`;
  return name.length <= MAX_NAME_BYTES
    ? name
    : `${table.slice(0, MAX_NAME_BYTES - 2 * ID_BYTES - 2)}$${entityId}$${id}`;
}
