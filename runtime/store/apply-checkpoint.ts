import type { Cell } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { Checkpoint, DownloadAnswer, RowBatch } from '@skerry/shared/protocol/download';
import type { Links } from '@skerry/shared/sync/change';
import { cover } from '@skerry/shared/sync/outbox';
import type { StoredRow } from './app-tables.ts';
import { closeEntry, settleByRecord } from './inbox-table.ts';
import { type LayOverContext, layOver } from './lay-over.ts';
import { writeMeta } from './meta.ts';
import { type BaseRow, objectsOf, presentBases, readBase, readOutbox, writeBase } from './pending-work.ts';
import type { SqlTransaction } from './sql-queue.ts';

export interface CheckpointContext extends LayOverContext {
  /** Entities whose rows mirror the server's scope: what a whole pull does not list of them goes. */
  readonly mirrored: ReadonlySet<ElementId>;
  /** Entities whose rows stay though no pull brings them. */
  readonly held: ReadonlySet<ElementId>;
}

export interface CheckpointOutcome {
  readonly downloaded: number;
  readonly removed: number;
  readonly reconciled: readonly { readonly entityId: ElementId; readonly because: string }[];
  readonly entities: ReadonlySet<ElementId>;
}

/**
 * Brings pages of one pull into the tables. Rows with pending changes reach their base; at the end everything that the
 * checkpoint covers is lifted, refused work moves to the inbox and what stays pending is laid over anew. All of it
 * belongs into the transaction that also stores the cursor: a checkpoint is seen whole or not at all.
 *
 * (Only the first sync of a user writes its pages each in a transaction of its own and finishes in the last.)
 */
export class CheckpointWriter {
  readonly #transaction: SqlTransaction;
  readonly #context: CheckpointContext;
  readonly #listed = new Map<ElementId, Set<string>>();
  readonly #reconciled = new Map<ElementId, string>();
  readonly #rebased = new Set<ObjectId>();
  readonly #entities = new Set<ElementId>();
  #hasBases: boolean | null = null;
  #downloaded = 0;
  #removed = 0;

  constructor(transaction: SqlTransaction, context: CheckpointContext) {
    this.#transaction = transaction;
    this.#context = context;
  }

  /** @param whole the pull began without a cursor, so that it lists all there is */
  async page(page: DownloadAnswer, whole: boolean): Promise<void> {
    const keys: number[] = [];
    for (const rights of page.rights) keys.push(await this.#context.rights.keyOf(this.#transaction, rights));
    for (const batch of page.upserts) {
      await this.#upsert(batch, keys);
      if (whole)
        this.#list(
          batch.entityId as ElementId,
          batch.rows.map((row) => String(row[0])),
        );
    }
    for (const { entityId, ids } of page.removals) await this.#remove(entityId as ElementId, ids as ObjectId[]);
    for (const { entityId, because, ids } of page.reconciled) {
      this.#reconciled.set(entityId as ElementId, because);
      this.#list(entityId as ElementId, ids);
    }
    for (const { record } of page.settled) await settleByRecord(this.#transaction, record);
  }

  async finish(checkpoint: Checkpoint, whole: boolean): Promise<CheckpointOutcome> {
    const compared = whole
      ? new Set([...this.#context.mirrored, ...this.#listed.keys()])
      : new Set(this.#listed.keys());
    for (const entityId of compared) {
      const listed = this.#listed.get(entityId);
      const here = await this.#here(entityId);
      await this.#remove(
        entityId,
        here.filter((id) => !listed?.has(id)),
      );
    }
    await this.#lift(checkpoint.coversSequence);
    await this.layOver();
    await writeMeta(this.#transaction, 'cursor', checkpoint.cursor);
    await writeMeta(this.#transaction, 'coversSequence', checkpoint.coversSequence);
    await writeMeta(this.#transaction, 'nextScopeChangeMs', checkpoint.nextScopeChangeMs);
    await writeMeta(this.#transaction, 'checkpointMs', checkpoint.atMs);
    await writeMeta(this.#transaction, 'pull', null);
    await this.#transaction.run('DELETE FROM "$staging"');
    return this.outcome();
  }

  /** Lays pending work over what arrived so far; `finish` does it too. */
  async layOver(): Promise<void> {
    for (const objectId of this.#rebased) await this.#layOver(objectId, () => false);
    this.#rebased.clear();
  }

  outcome(): CheckpointOutcome {
    return {
      downloaded: this.#downloaded,
      removed: this.#removed,
      reconciled: [...this.#reconciled].map(([entityId, because]) => ({ entityId, because })),
      entities: this.#entities,
    };
  }

  async #upsert(batch: RowBatch, keys: readonly number[]): Promise<void> {
    const entityId = batch.entityId as ElementId;
    // A release newer than the running bundle may know entities that have no table here yet.
    if (!this.#context.tables.table(entityId)) return;
    const links = linksByOwner(batch);
    const rows = batch.rows.map((row) => storedRow(entityId, batch.columns, row, keys, links));
    const plain: StoredRow[] = [];
    for (const row of rows) {
      const base = await this.#base(row.objectId);
      if (!base) plain.push(row);
      else await this.#rebase({ ...row, state: 'present' });
    }
    await this.#context.tables.write(this.#transaction, entityId, plain);
    this.#entities.add(entityId);
    this.#downloaded += rows.length;
  }

  async #remove(entityId: ElementId, ids: readonly ObjectId[]): Promise<void> {
    const plain: ObjectId[] = [];
    for (const id of ids) {
      const base = await this.#base(id);
      if (!base) plain.push(id);
      else if (base.state === 'present') await this.#rebase({ ...base, state: 'gone' });
    }
    if (plain.length === 0) return;
    await this.#context.tables.remove(this.#transaction, entityId, plain);
    this.#entities.add(entityId);
    this.#removed += plain.length;
  }

  /** Objects that the server is believed to hold: also those whose rows a pending delete has taken from sight. */
  async #here(entityId: ElementId): Promise<readonly ObjectId[]> {
    const shown = await this.#context.tables.ids(this.#transaction, entityId);
    const known = await presentBases(this.#transaction, entityId);
    return [...new Set([...shown, ...known])];
  }

  async #lift(coversSequence: number): Promise<void> {
    const { lifted, finished, refused } = cover(await readOutbox(this.#transaction), coversSequence);
    const applied = new Set(finished.map((entry) => entry.ordinal));
    const touched = new Map<ObjectId, boolean>();
    for (const entry of lifted) {
      for (const objectId of await objectsOf(this.#transaction, entry.ordinal)) {
        touched.set(objectId, (touched.get(objectId) ?? true) && applied.has(entry.ordinal));
      }
      await this.#transaction.run('UPDATE "$outbox" SET "covered" = 1 WHERE "ordinal" = ?', [entry.ordinal]);
    }
    for (const entry of [...refused, ...finished]) await closeEntry(this.#transaction, entry);
    for (const [objectId, allApplied] of touched) {
      this.#rebased.delete(objectId);
      await this.#layOver(
        objectId,
        (base) => allApplied && base.state === 'none' && this.#context.held.has(base.entityId),
      );
    }
  }

  async #layOver(objectId: ObjectId, stays: (base: BaseRow) => boolean): Promise<void> {
    const base = await readBase(this.#transaction, objectId);
    if (base) this.#entities.add(base.entityId);
    await layOver(this.#transaction, this.#context, objectId, stays);
  }

  async #rebase(base: BaseRow): Promise<void> {
    await writeBase(this.#transaction, base);
    this.#rebased.add(base.objectId);
  }

  async #base(objectId: ObjectId): Promise<BaseRow | null> {
    // Most pulls meet no pending work at all: one question for the pull instead of one for each row.
    this.#hasBases ??= (await this.#transaction.first('SELECT 1 FROM "$base" LIMIT 1')) !== undefined;
    return this.#hasBases ? readBase(this.#transaction, objectId) : null;
  }

  #list(entityId: ElementId, ids: readonly string[]): void {
    const listed = this.#listed.get(entityId) ?? new Set();
    for (const id of ids) listed.add(id);
    this.#listed.set(entityId, listed);
  }
}

function storedRow(
  entityId: ElementId,
  columns: readonly string[],
  row: readonly Cell[],
  keys: readonly number[],
  links: ReadonlyMap<string, Links>,
): StoredRow {
  const objectId = String(row[0]) as ObjectId;
  return {
    entityId,
    objectId,
    rev: Number(row[1]),
    rights: keys[Number(row[2])] ?? null,
    cells: Object.fromEntries(columns.map((memberId, at) => [memberId, row[at + 3] ?? null])),
    links: links.get(objectId) ?? {},
  };
}

function linksByOwner(batch: RowBatch): ReadonlyMap<string, Links> {
  const byOwner = new Map<string, { [associationId: string]: readonly ObjectId[] }>();
  for (const { associationId, sets } of batch.links ?? []) {
    for (const [owner, targets] of sets) {
      const links = byOwner.get(owner) ?? {};
      links[associationId] = targets as ObjectId[];
      byOwner.set(owner, links);
    }
  }
  return byOwner;
}
