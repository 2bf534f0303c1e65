import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { PendingOperation } from '@skerry/shared/sync/rebase';
import { type InboxRecord, readInboxRecord, removeFromInbox } from '../store/inbox-table.ts';
import { appendSettlement } from '../store/pending-work.ts';
import type { SqlReader, SqlTransaction } from '../store/sql-queue.ts';
import { changeObject } from './change-object.ts';
import type { InboxEntry } from './device-face.ts';
import { refuse } from './failure.ts';
import type { LocalTransaction } from './local-transaction.ts';
import { loadObjects } from './object-reader.ts';
import type { Member } from './running-app.ts';
import type { LoadedObject, ReaderContext } from './stored-object.ts';

/** A refused transaction as people review it: mine, where it started, and what stands now. */
export async function describeEntry(
  reader: SqlReader,
  context: ReaderContext,
  record: InboxRecord,
): Promise<InboxEntry> {
  const { transaction, verdict } = record;
  const present = new Map(
    (
      await loadObjects(
        reader,
        context,
        transaction.operations.map(({ objectId }) => objectId),
      )
    ).map((object) => [object.id, object]),
  );
  return {
    id: record.id,
    kind: verdict.kind,
    code: verdict.kind === 'parked' ? 'sync/conflict' : verdict.code,
    message: verdict.kind === 'parked' ? 'Somebody else changed the same. It waits for a decision.' : verdict.message,
    atMs: record.atMs,
    changes: transaction.operations.flatMap((operation) => {
      const entity = context.app.entityById(operation.entityId);
      if (!entity || operation.kind === 'impliedDelete') return [];
      const theirs = present.get(operation.objectId);
      const was = operation.kind === 'update' ? operation.was : {};
      const set = operation.kind === 'delete' ? {} : operation.set;
      return [
        {
          object: operation.objectId,
          entity: entity.name,
          kind: operation.kind,
          members: Object.entries(set).flatMap(([memberId, mine]) => {
            const member = entity.membersById.get(memberId);
            if (!member || isWithheld(theirs, member)) return [];
            const conflict =
              verdict.kind === 'parked' &&
              verdict.conflicts.some(
                (one) => one.objectId === operation.objectId && (one.member === null || one.member === memberId),
              );
            const base: Cell = was[memberId] ?? null;
            return [{ member: member.name, mine, base, theirs: theirs?.row?.cells[memberId] ?? null, conflict }];
          }),
        },
      ];
    }),
  };
}

/**
 * Makes an entry's changes again, on the rows of today, as a new transaction; the server's record is settled with the
 * next upload. What cannot be made any more (the object is gone) refuses, and the entry stays.
 */
export async function retryEntry(
  transaction: SqlTransaction,
  context: ReaderContext,
  local: LocalTransaction,
  id: string,
): Promise<InboxRecord> {
  const record = await mustRead(transaction, id);
  // An object changed in memory keeps those changes: they are not part of what is made again.
  const inMemory = context.working.save();
  context.working.clear();
  try {
    for (const operation of record.transaction.operations) await remake(transaction, context, local, operation);
  } finally {
    context.working.restore(inMemory);
  }
  await removeFromInbox(transaction, id);
  return record;
}

export async function settle(
  transaction: SqlTransaction,
  record: InboxRecord,
  settlement: {
    readonly id: string;
    readonly user: ObjectId;
    readonly how: 'retried' | 'discarded';
    readonly atMs: number;
  },
): Promise<void> {
  await appendSettlement(transaction, { ...settlement, record: record.verdict.record });
  await removeFromInbox(transaction, record.id);
}

export async function mustRead(reader: SqlReader, id: string): Promise<InboxRecord> {
  return (await readInboxRecord(reader, id)) ?? refuse('inbox/settled', 'This entry has been settled already.');
}

async function remake(
  transaction: SqlTransaction,
  context: ReaderContext,
  local: LocalTransaction,
  operation: PendingOperation,
): Promise<void> {
  const entity = context.app.entityById(operation.entityId);
  if (!entity) refuse('inbox/no-entity', 'The app has no such objects any more. The entry can only be discarded.');
  // A delete brings its implied ones with it anew.
  if (operation.kind === 'impliedDelete') return;
  if (operation.kind === 'delete') return local.delete([operation.objectId]);
  const { set, add } = operation;
  if (operation.kind === 'create') {
    context.working.put({ id: operation.objectId, entity: entity.name, isNew: true, cells: set, links: add ?? {} });
  } else {
    const [object] = await loadObjects(transaction, context, [operation.objectId]);
    if (!object)
      refuse('inbox/object-gone', 'The object is not on this device any more, so the change cannot be made again.');
    for (const [memberId, cell] of Object.entries(set)) {
      const member = entity.membersById.get(memberId);
      if (member) await changeObject(transaction, context, operation.objectId, { [member.name]: cell });
    }
    for (const associationId of new Set([...Object.keys(add ?? {}), ...Object.keys(operation.remove ?? {})])) {
      const member = entity.membersById.get(associationId);
      if (!member) continue;
      const removed = operation.remove?.[associationId] ?? [];
      const kept = (object.links[associationId] ?? []).filter((id) => !removed.includes(id));
      const ids = [...new Set([...kept, ...(add?.[associationId] ?? [])])];
      await changeObject(transaction, context, operation.objectId, { [member.name]: ids });
    }
  }
  await local.commit([operation.objectId]);
}

/** Whether today's rights hide the member, so that no value of it may be shown. */
export function isWithheld(object: LoadedObject | undefined, member: Member): boolean {
  return object !== undefined && object.row !== null && !object.rights.read.some((id) => id === member.id);
}
