import { userFault } from '@skerry/shared/base/fault';
import { type ElementId, type ObjectId, objectIdFrom } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import type { UploadAnswer, UploadRequest } from '@skerry/shared/protocol/upload';
import { dependsOn, type Present, type Refused } from '@skerry/shared/sync/admission-dependence';
import type { SentTransaction, Transaction } from '@skerry/shared/sync/change';
import { contentHash } from '@skerry/shared/sync/content-hash';
import { recognise } from '@skerry/shared/sync/recognise';
import type { Verdict } from '@skerry/shared/sync/verdict';
import type { Authenticated } from '../../auth/index.ts';
import type { Clock, RandomBytes } from '../../base/clock.ts';
import type { Database, WriteUnit } from '../../base/sql.ts';
import { logSettlement } from '../../change-log/index.ts';
import { type Device, deviceById, updateDevice } from '../../db/repositories/devices.repository.ts';
import {
  insertRecord,
  insertVerdict,
  type RefusedRecord,
  refusedOf,
  settleRecord,
  verdictBySequence,
  verdictByTransaction,
} from '../../db/repositories/verdicts.repository.ts';
import type { Releases } from '../../releases/index.ts';
import type { FlowLog } from '../flow/workspace.ts';
import { readObject } from '../object-rows.ts';
import { NO_PLACE, type Viewpoint, viewpointOf } from '../viewpoint.ts';
import { type Admitted, admit } from './admit.ts';
import { holdKept } from './hold-kept.ts';

export interface UploadPorts {
  readonly database: Database;
  readonly releases: Releases;
  readonly now: Clock;
  readonly random: RandomBytes;
  readonly log: FlowLog;
  /** Told after the commit which entities changed. */
  readonly onChanged: (entities: ReadonlySet<ElementId>, by: ObjectId) => void;
}

type Settling = NonNullable<UploadRequest['settlements']>[number];
type Item =
  | {
      readonly kind: 'transaction';
      readonly sequence: number;
      readonly hash: string;
      readonly id: string;
      readonly transaction: SentTransaction;
    }
  | {
      readonly kind: 'settlement';
      readonly sequence: number;
      readonly hash: string;
      readonly id: string;
      readonly settlement: Settling;
    };

export type Upload = (who: Authenticated, request: UploadRequest) => Promise<UploadAnswer>;

/**
 * A batch is one database transaction with a savepoint for each of the device's; nothing is answered before the
 * commit, and what was answered once is answered again word for word (design 6.3).
 */
export function createUpload({ database, releases, now, random, log, onChanged }: UploadPorts): Upload {
  return async ({ caller, user }, request) => {
    const items = itemsOf(request);
    const nowMs = now();
    return database.write(async (unit) => {
      const device = must(await deviceById(unit, caller.deviceId), 'a signed-in device is registered');
      const viewpoint = await viewpointOf(unit, releases.active(), user, request.place ?? NO_PLACE, nowMs);
      const batch: Batch = {
        unit,
        device,
        viewpoint,
        profile: request.profile,
        releases,
        nowMs,
        random,
        log,
        acknowledged: request.acknowledged,
        refused: [],
        touched: new Set(),
      };
      const verdicts: Verdict[] = [];
      let highest = device.highestSequence;
      for (const item of items) {
        const verdict = await answerItem(batch, item, highest);
        highest = Math.max(highest, item.sequence);
        verdicts.push(verdict);
      }
      await updateDevice(unit, device.id, {
        highestSequence: highest,
        acknowledged: Math.max(device.acknowledged, Math.min(request.acknowledged, highest)),
        lastSeenMs: nowMs,
      });
      unit.afterCommit(() => onChanged(batch.touched, caller.deviceId));
      return { verdicts: verdicts as unknown as UploadAnswer['verdicts'] };
    });
  };
}

interface Batch {
  readonly unit: WriteUnit;
  readonly device: Device;
  readonly viewpoint: Viewpoint;
  readonly profile: string;
  readonly releases: Releases;
  readonly nowMs: number;
  readonly random: RandomBytes;
  readonly log: FlowLog;
  readonly acknowledged: number;
  /** Refused in this batch. */
  readonly refused: RefusedRecord[];
  readonly touched: Set<ElementId>;
}

function itemsOf(request: UploadRequest): readonly Item[] {
  const transactions = request.transactions.map((one): Item => {
    const transaction = one as unknown as SentTransaction;
    return { kind: 'transaction', sequence: one.sequence, id: one.id, hash: contentHash(transaction), transaction };
  });
  const settlements = (request.settlements ?? []).map((settlement): Item => {
    const { id, sequence, record, how } = settlement;
    return { kind: 'settlement', sequence, id, hash: `${record} ${how}`, settlement };
  });
  const items = [...transactions, ...settlements].sort((a, b) => a.sequence - b.sequence);
  items.forEach((item, at) => {
    const before = items[at - 1];
    if (item.sequence < 1 || (before && item.sequence !== before.sequence + 1)) {
      const message = `Number ${item.sequence} does not follow the one before it. Send whole transactions in order, without gaps.`;
      throw userFault('sync/sequence-gap', message, { expected: before ? before.sequence + 1 : 1 });
    }
  });
  return items;
}

async function answerItem(batch: Batch, item: Item, highest: number): Promise<Verdict> {
  const { unit, device } = batch;
  const bySequence = item.sequence <= highest ? await verdictBySequence(unit, device.id, item.sequence) : null;
  const byId = item.sequence === highest + 1 ? await verdictByTransaction(unit, item.id) : null;
  const recognition = recognise({ sequence: item.sequence, hash: item.hash, highest, bySequence, byId });
  switch (recognition.kind) {
    case 'forked':
      throw userFault(
        'sync/device-forked',
        'This store was copied or set back: its numbers are taken. Take a new identity and send again.',
      );
    case 'gap':
      throw userFault('sync/sequence-gap', `The next number is ${recognition.expected}, not ${item.sequence}.`, {
        expected: recognition.expected,
      });
    case 'replay':
      if (recognition.isNewNumber) await insertVerdict(unit, device.id, item.hash, recognition.verdict, batch.nowMs);
      return recognition.verdict;
    case 'new': {
      const verdict =
        item.kind === 'transaction' ? await judge(batch, item.transaction) : await settle(batch, item.settlement);
      await insertVerdict(unit, device.id, item.hash, verdict, batch.nowMs);
      return verdict;
    }
  }
}

async function judge(batch: Batch, sent: SentTransaction): Promise<Verdict> {
  const { sequence, ...transaction } = sent;
  const earlier = await earlierRefused(batch, transaction);
  const depended = dependsOn(transaction, earlier, await presentOf(batch, transaction, earlier));
  if (depended) {
    const { kind, transaction: first } = depended.record;
    const message = 'It builds on a change that was not accepted.';
    const outcome: Exclude<Admitted, { kind: 'applied' }> =
      kind === 'parked'
        ? { kind: 'parked', code: 'sync/depends-on-parked', conflicts: [] }
        : { kind: 'rejected', code: 'sync/depends-on-rejected', message, at: {} };
    return refuse(batch, sequence, transaction, outcome, first.id);
  }
  const { user } = batch.viewpoint;
  const author = {
    transactionId: transaction.id,
    deviceId: batch.device.id as ObjectId,
    sequence,
    userId: user.id,
    atMs: batch.nowMs,
  };
  const { admitted } = await batch.unit.savepoint(async () => {
    const { unit, viewpoint, random, log } = batch;
    const result = await admit({ unit, viewpoint, author, random, log }, transaction);
    return { keep: result.kind === 'applied', admitted: result };
  });
  if (admitted.kind !== 'applied') return refuse(batch, sequence, transaction, admitted);
  for (const entity of admitted.touched) batch.touched.add(entity);
  await holdKept(batch.unit, batch.releases, batch.profile, batch.device.id, transaction);
  return { kind: 'applied', sequence, transaction: transaction.id, resolutions: admitted.resolutions };
}

async function refuse(
  batch: Batch,
  sequence: number,
  transaction: Transaction,
  outcome: Exclude<Admitted, { kind: 'applied' }>,
  because?: string,
): Promise<Verdict> {
  const record: RefusedRecord = {
    id: objectIdFrom(batch.nowMs, batch.random(10)),
    deviceId: batch.device.id,
    userId: batch.viewpoint.user.id,
    sequence,
    kind: outcome.kind,
    code: outcome.code,
    message: outcome.kind === 'rejected' ? outcome.message : 'It waits for a decision.',
    transaction,
    conflicts: outcome.kind === 'parked' ? outcome.conflicts : [],
    atMs: batch.nowMs,
  };
  await insertRecord(batch.unit, record);
  batch.refused.push(record);
  const common = { sequence, transaction: transaction.id, record: record.id, ...(because ? { because } : {}) };
  if (outcome.kind === 'parked') return { kind: 'parked', ...common, code: outcome.code, conflicts: outcome.conflicts };
  return { kind: 'rejected', ...common, code: outcome.code, message: outcome.message, ...outcome.at };
}

interface RefusedWithRecord extends Refused {
  readonly record: RefusedRecord;
}

async function earlierRefused(batch: Batch, transaction: Transaction): Promise<readonly RefusedWithRecord[]> {
  const records = await refusedOf(batch.unit, batch.device.id, [...mentioned(transaction)]);
  return records.map((record) => ({
    record,
    transaction: record.transaction,
    isKnownToDevice: record.sequence <= batch.acknowledged,
  }));
}

/** Objects touched, and every text that may be an id. */
function mentioned(transaction: Transaction): ReadonlySet<ObjectId> {
  const ids = new Set<ObjectId>();
  for (const operation of transaction.operations) {
    ids.add(operation.objectId);
    if (operation.kind === 'delete') continue;
    for (const cell of Object.values(operation.set))
      if (typeof cell === 'string' && cell.length === 36) ids.add(cell as ObjectId);
    for (const targets of Object.values(operation.add ?? {})) for (const id of targets) ids.add(id);
  }
  return ids;
}

async function presentOf(batch: Batch, transaction: Transaction, earlier: readonly Refused[]): Promise<Present> {
  const stored = new Map<string, Awaited<ReturnType<typeof readObject>>>();
  if (earlier.length > 0) {
    const operations = [...transaction.operations, ...earlier.flatMap((one) => one.transaction.operations)];
    for (const { objectId, entityId } of operations) {
      const info = batch.viewpoint.model.entities.get(entityId);
      if (info && !stored.has(objectId)) stored.set(objectId, await readObject(batch.unit, info, objectId));
    }
  }
  return {
    exists: (object) => Boolean(stored.get(object)),
    cell: (object, member) => stored.get(object)?.cells[member],
  };
}

async function settle(batch: Batch, { id, sequence, record, how }: Settling): Promise<Verdict> {
  const { user } = batch.viewpoint;
  const author = {
    transactionId: id,
    deviceId: batch.device.id as ObjectId,
    sequence,
    userId: user.id,
    atMs: batch.nowMs,
  };
  const position = await logSettlement(batch.unit, record, author);
  const settled = await settleRecord(
    batch.unit,
    { record, outcome: how, by: user.name },
    user.id,
    batch.nowMs,
    position,
  );
  if (settled === 'settled') return { kind: 'applied', sequence, transaction: id, resolutions: [] };
  const outcome = settled === null ? 'unknown' : settled.outcome;
  const message =
    settled === null ? 'There is no such record of yours.' : `It was ${outcome} by ${settled.by} already.`;
  const code = settled === null ? 'sync/record-unknown' : 'sync/already-settled';
  return { kind: 'rejected', sequence, transaction: id, record, code, message };
}
