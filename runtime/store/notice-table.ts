import type { Cell } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { Resolution } from '@skerry/shared/sync/verdict';
import { type PendingTransaction, readBase } from './pending-work.ts';
import type { SqlReader, SqlTransaction } from './sql-queue.ts';

/** A value of the user's, or a deletion, that a policy gave to somebody else. It stays until the user has seen it. */
export interface NoticeRecord {
  readonly id: string;
  readonly atMs: number;
  readonly entityId: ElementId;
  readonly objectId: ObjectId;
  /** Null: a deletion that was not carried out. */
  readonly memberId: ElementId | null;
  readonly mine: Cell;
}

/** Writes down what an applied transaction lost to others. Where both wrote the same, nothing was lost. */
export async function keepNotices(
  transaction: SqlTransaction,
  pending: PendingTransaction,
  resolutions: readonly Resolution[],
): Promise<void> {
  for (const { entityId, objectId, member, policy, outcome } of resolutions) {
    // A sum contains what this user added; whatever else was combined is another value than the one they wrote.
    if (outcome === 'mine' || policy === 'sum') continue;
    const mine = member === null ? null : lastSet(pending, objectId, member);
    if (mine === undefined) continue;
    const base = member === null ? null : await readBase(transaction, objectId);
    if (member !== null && base?.state === 'present' && (base.cells[member] ?? null) === mine) continue;
    await transaction.run(
      'INSERT OR REPLACE INTO "$notice" ("id", "atMs", "entity", "object", "member", "mine") VALUES (?, ?, ?, ?, ?, ?)',
      [
        `${pending.id} ${objectId} ${member ?? ''}`,
        Math.round(pending.atMs),
        entityId,
        objectId,
        member,
        JSON.stringify(mine),
      ],
    );
  }
}

/** Oldest first. */
export async function readNotices(reader: SqlReader): Promise<readonly NoticeRecord[]> {
  const rows = await reader.all('SELECT * FROM "$notice" ORDER BY "atMs", "id"');
  return rows.map((row) => ({
    id: String(row.id),
    atMs: Number(row.atMs),
    entityId: String(row.entity) as ElementId,
    objectId: String(row.object) as ObjectId,
    memberId: row.member === null ? null : (String(row.member) as ElementId),
    mine: JSON.parse(String(row.mine)) as Cell,
  }));
}

export async function removeNotices(transaction: SqlTransaction, ids: readonly string[]): Promise<void> {
  await transaction.runMany(
    'DELETE FROM "$notice" WHERE "id" = ?',
    ids.map((id) => [id]),
  );
}

/** Undefined when the transaction did not set the member. */
function lastSet(pending: PendingTransaction, objectId: ObjectId, member: ElementId): Cell | undefined {
  const operation = pending.operations.findLast(
    (one) =>
      one.objectId === objectId && (one.kind === 'update' || one.kind === 'create') && Object.hasOwn(one.set, member),
  );
  return operation && 'set' in operation ? (operation.set[member] ?? null) : undefined;
}
