import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { canonicalJson } from '@skerry/shared/base/json';
import type { DownloadAnswer, RowBatch, WireRights } from '@skerry/shared/protocol/download';
import { cellOf } from '../../base/column.ts';
import type { Sql } from '../../base/sql.ts';
import type { Overlay } from '../../change-log/index.ts';
import { type EntityScope, rightsOf, type ScopedRow, setsOf } from './scope-query.ts';

/** What one page carries, as it fills. Rights are told once each and referred to by place. */
export class Page {
  readonly rights: WireRights[] = [];
  readonly upserts: RowBatch[] = [];
  readonly removals: DownloadAnswer['removals'] = [];
  readonly reconciled: DownloadAnswer['reconciled'] = [];
  #size = 0;
  readonly #places = new Map<string, number>();
  /** The same by identity, since a scope gives the same rights as the same object. */
  readonly #known = new Map<WireRights, number>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get room(): number {
    return Math.max(0, this.#limit - this.#size);
  }

  async addRows(sql: Sql, scope: EntityScope, rows: readonly ScopedRow[], overlay: Overlay): Promise<void> {
    if (rows.length === 0) return;
    const rights = rows.map((row) => rightsOf(scope, row.holds));
    const batch = rows.map((row, at) => [
      row.id,
      row.rev,
      this.#placeOf(rights[at]!),
      ...wireCells(scope, row, rights[at]!.read),
    ]);
    const links: NonNullable<RowBatch['links']> = [];
    for (const set of scope.sets) {
      const owners = rows.filter((_, at) => rights[at]!.read.includes(set.associationId)).map((row) => row.id);
      if (owners.length === 0) continue;
      const sets = [...(await setsOf(sql, set, owners, overlay))].map(([owner, ids]): [ObjectId, ObjectId[]] => [
        owner,
        ids,
      ]);
      links.push({ associationId: set.associationId, sets });
    }
    this.upserts.push({
      entityId: scope.info.id,
      columns: scope.columns.map((column) => column.memberId),
      rows: batch,
      ...(links.length > 0 ? { links } : {}),
    });
    this.#size += rows.length;
  }

  remove(scope: EntityScope, ids: readonly ObjectId[]): void {
    if (ids.length === 0) return;
    this.removals.push({ entityId: scope.info.id, ids: [...ids] });
    this.#size += ids.length;
  }

  listReconciled(entityId: string, because: string, ids: readonly ObjectId[]): void {
    this.reconciled.push({ entityId, because, ids: [...ids] });
  }

  #placeOf(rights: WireRights): number {
    const known = this.#known.get(rights);
    if (known !== undefined) return known;
    const key = canonicalJson({ ...rights });
    const place = this.#places.get(key) ?? this.rights.push(rights) - 1;
    this.#places.set(key, place);
    this.#known.set(rights, place);
    return place;
  }
}

/** A withheld member's cell is null on the wire: its value never leaves. */
export function wireCells(scope: EntityScope, row: ScopedRow, read: readonly string[]): readonly Cell[] {
  const readable = new Set(read);
  return scope.columns.map((column, at) => (readable.has(column.memberId) ? cellOf(row.row[`c${at}`], column) : null));
}
