import type { Cell, Cells } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { SYSTEM_MEMBERS } from '@skerry/shared/metamodel/system-module';
import { judgeCreate, judgeDelete, judgeUpdate, type Refusal } from '@skerry/shared/sync/admission-access';
import type { CreateOperation, Links, UpdateOperation } from '@skerry/shared/sync/change';
import { linkChanges, type PendingOperation } from '@skerry/shared/sync/rebase';
import { setProvisionalRights, writeLocally } from '../store/lay-over.ts';
import { count } from '../store/meta.ts';
import { deletedAmong, readBase, sizeOf, type TransactionHeader } from '../store/pending-work.ts';
import type { SqlTransaction } from '../store/sql-queue.ts';
import { defaultCells } from './default-values.ts';
import { type Deletion, whatGoes } from './delete-behavior.ts';
import type { Failure, FlowEffect } from './device-face.ts';
import { handlersOf, type JoinFlow, runHandlers } from './event-handlers.ts';
import { refuse } from './failure.ts';
import { type LocalAccess, sum } from './local-access.ts';
import { loadObjects } from './object-reader.ts';
import type { LoadedObject, ReaderContext } from './stored-object.ts';
import { validate } from './validation.ts';

export interface CommitContext extends ReaderContext {
  readonly access: LocalAccess;
  readonly user: ObjectId;
  readonly locale: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Runs event handlers. */
  readonly join: JoinFlow;
  readonly limits: { readonly operationsPerTransaction: number; readonly bytesPerTransaction: number };
  /** File bodies that rows now refer to are sent from here on. */
  readonly bodyCommitted: (
    transaction: SqlTransaction,
    body: { hash: string; mediaType: string; bytes: number },
  ) => Promise<void>;
}

/**
 * The user's side of a transaction while its SQLite transaction is open: operations enter the outbox and the rows one
 * by one, each judged as the service will judge it. What is refused throws, and undoes the whole.
 */
export class LocalTransaction {
  readonly #transaction: SqlTransaction;
  readonly #context: CommitContext;
  readonly #header: TransactionHeader;
  readonly #touched = new Set<string>();
  /** What event handlers have to show, in order; to be shown once the transaction has committed. */
  readonly effects: FlowEffect[] = [];
  #depth = 0;

  constructor(transaction: SqlTransaction, context: CommitContext, header: TransactionHeader) {
    this.#transaction = transaction;
    this.#context = context;
    this.#header = header;
  }

  /** Qualified names of entities with changed rows. */
  get touched(): readonly string[] {
    return [...this.#touched];
  }

  /**
   * Validates and writes what is changed in memory of these objects, and of new ones they refer to; then it is in memory
   * no more. Objects of non-persistable entities only lose their mark of being changed.
   */
  async commit(ids: readonly ObjectId[], withEvents = true): Promise<void> {
    const objects = withEvents ? await this.#prepared(ids) : await this.#withReferred(ids);
    const stored = objects.filter((object) => object.entity.persistable);
    for (const object of stored) if (!object.entity.scope) this.#refuseUnstored(object);
    const findings: NonNullable<Failure['members']>[number][] = [];
    for (const object of stored.filter(({ working }) => working)) findings.push(...(await this.#validate(object)));
    const [first] = findings;
    if (first) refuse('commit/invalid', first.message, findings);
    for (const object of stored) {
      if (object.working?.isNew) await this.#create(object);
      else if (object.working) await this.#update(object);
      if (object.working?.body) await this.#context.bodyCommitted(this.#transaction, object.working.body);
    }
    this.#context.working.drop(stored.map((object) => object.id));
    for (const { working, entity } of objects) {
      if (working && !entity.persistable) this.#context.working.put({ ...working, isNew: false });
    }
    for (const object of withEvents ? stored : []) await this.#run(object, 'after', occasionsOf(object));
    await this.#checkLimits();
  }

  /** Deletes objects with all that goes with them by delete behaviour. */
  async delete(ids: readonly ObjectId[]): Promise<void> {
    const objects = await loadObjects(this.#transaction, this.#context, ids);
    for (const object of objects.filter(({ row }) => row)) {
      if (!(await this.#run(object, 'before', ['delete']))) continue;
      // What its handler or one before it has deleted is gone already.
      const [present] = await loadObjects(this.#transaction, this.#context, [object.id]);
      if (!present?.row) continue;
      await this.#delete(present);
      await this.#run(present, 'after', ['delete']);
      this.#context.working.drop([object.id]);
    }
    this.#context.working.drop(objects.filter(({ row }) => !row).map((object) => object.id));
    await this.#checkLimits();
  }

  /** Forgets what is changed in memory of these objects; new ones go. */
  async rollback(ids: readonly ObjectId[]): Promise<void> {
    const objects = await loadObjects(this.#transaction, this.#context, ids);
    this.#context.working.drop(ids.filter((id) => !objects.some((object) => object.id === id)));
    for (const object of objects) {
      if (!(await this.#run(object, 'before', ['rollback']))) continue;
      this.#context.working.drop([object.id]);
      await this.#run(object, 'after', ['rollback']);
    }
    await this.#checkLimits();
  }

  /** Objects to be committed, after the handlers that come before. What these change is part of it. */
  async #prepared(ids: readonly ObjectId[]): Promise<readonly LoadedObject[]> {
    const seen = new Set<ObjectId>();
    const stopped = new Set<ObjectId>();
    for (;;) {
      const found = await this.#withReferred(ids.filter((id) => !stopped.has(id)));
      const objects = found.filter(({ id }) => !stopped.has(id));
      const next = objects.find((object) => !seen.has(object.id) && occasionsOf(object).length > 0);
      if (!next) return objects;
      seen.add(next.id);
      if (!(await this.#run(next, 'before', occasionsOf(next)))) stopped.add(next.id);
    }
  }

  async #run(object: LoadedObject, moment: 'before' | 'after', events: readonly HandlerEvent[]): Promise<boolean> {
    for (const event of events) {
      if (handlersOf(object, { moment, event }).length === 0) continue;
      const { working, join } = this.#context;
      const scope = { transaction: this.#transaction, local: this, working, join, effects: this.effects };
      this.#depth++;
      try {
        if (!(await runHandlers({ ...scope, depth: this.#depth }, object, { moment, event }))) return false;
      } finally {
        this.#depth--;
      }
    }
    return true;
  }

  async #create(object: LoadedObject): Promise<void> {
    const { entity, cells, links } = object;
    const set: { [memberId: string]: Cell } = {};
    for (const member of entity.members.values()) {
      const cell = member.owned || member.kind === 'link' ? null : (cells[member.id] ?? null);
      if (cell !== null) set[member.id] = cell;
    }
    const { add } = linkChanges({}, links);
    const operation: CreateOperation = {
      kind: 'create',
      entityId: entity.id,
      objectId: object.id,
      set,
      ...(add ? { add } : {}),
    };
    await this.#write(object, { ...operation, provisional: await this.#provisional(object) });
    const held = await this.#context.access.held(this.#transaction, entity, object.id, null);
    const defaults = defaultCells(this.#context.app, entity, this.#context.now);
    this.#judge(object, judgeCreate(operation, await held.holdings(this.#transaction), defaults));
    await setProvisionalRights(this.#transaction, this.#layOver, object.id, sum(held.grants));
  }

  async #update(object: LoadedObject): Promise<void> {
    const { entity, row, working } = object;
    if (!row || !working) return;
    const set: { [memberId: string]: Cell } = {};
    const was: { [memberId: string]: Cell } = {};
    for (const [memberId, cell] of Object.entries(working.cells)) {
      const before = row.cells[memberId] ?? null;
      if (cell === before) continue;
      set[memberId] = cell;
      was[memberId] = before;
    }
    const changed = linkChanges(await this.#shown(subset(row.links, working.links)), working.links);
    if (Object.keys(set).length === 0 && !changed.add && !changed.remove) return;
    const base = await readBase(this.#transaction, object.id);
    const operation: UpdateOperation = {
      kind: 'update',
      entityId: entity.id,
      objectId: object.id,
      baseRev: base?.rev ?? row.rev,
      set,
      was,
      ...changed,
    };
    const held = await this.#held(object);
    await this.#write(object, { ...operation, provisional: this.#changedNow(object) });
    this.#judge(object, judgeUpdate(operation, await held.holdings(this.#transaction)));
  }

  /** Links without those to what is deleted here: nobody saw them, so that leaving them out takes nothing away. */
  async #shown(links: Links): Promise<Links> {
    const deleted = await deletedAmong(this.#transaction, Object.values(links).flat());
    return Object.fromEntries(Object.entries(links).map(([id, ids]) => [id, ids.filter((one) => !deleted.has(one))]));
  }

  async #delete(object: LoadedObject): Promise<void> {
    const { entity, row } = object;
    if (!row) return;
    const operation = { kind: 'delete', entityId: entity.id, objectId: object.id, baseRev: row.rev } as const;
    const held = await this.#held(object);
    this.#judge(object, judgeDelete(operation, await held.holdings(this.#transaction)));
    const deletion: Deletion = await whatGoes(this.#transaction, this.#context.app, object);
    if (deletion.refusal) refuse('delete/still-referred', deletion.refusal);
    await this.#write(object, operation);
    for (const { entityId, objectId } of deletion.implied) {
      this.#touched.add(this.#context.app.nameOf(entityId));
      this.#context.working.drop([objectId]);
      await writeLocally(this.#transaction, this.#layOver, this.#header, { kind: 'impliedDelete', entityId, objectId });
    }
  }

  async #write(object: LoadedObject, operation: PendingOperation): Promise<void> {
    this.#touched.add(object.entity.name);
    this.#context.entityIds.set(object.id, object.entity.id);
    await writeLocally(this.#transaction, this.#layOver, this.#header, operation);
  }

  get #layOver() {
    return { tables: this.#context.app.tables, rights: this.#context.rights };
  }

  async #held(object: LoadedObject) {
    const base = await readBase(this.#transaction, object.id);
    const confirmed = base?.state !== 'none';
    const { rules } = await this.#context.rights.read(
      this.#transaction,
      base ? base.rights : (object.row?.rights ?? null),
    );
    return this.#context.access.held(this.#transaction, object.entity, object.id, confirmed ? rules : null);
  }

  #judge(object: LoadedObject, refusal: Refusal): void {
    if (!refusal) return;
    const member = refusal.member === undefined ? undefined : object.entity.membersById.get(refusal.member);
    const what = member ? `change ${member.name} of` : refusal.code === 'sync/delete-denied' ? 'delete' : 'create';
    const message = `You may not ${what} this ${object.entity.name.split('.').at(-1)}.`;
    refuse(
      refusal.code.replace('sync/', 'access/'),
      message,
      member ? [{ object: object.id, member: member.name, message }] : undefined,
    );
  }

  /** Values the server will own: what it shows of them until then is a guess, and numbers are negative. */
  async #provisional(object: LoadedObject): Promise<Cells> {
    const cells: { [memberId: string]: Cell } = { ...this.#changedNow(object) };
    for (const member of object.entity.members.values()) {
      if (member.id === SYSTEM_MEMBERS.createdDate) cells[member.id] = this.#context.now;
      if (member.id === SYSTEM_MEMBERS.owner) cells[member.id] = this.#context.user;
      if (member.kind === 'attribute' && member.type.kind === 'AutoNumber') {
        cells[member.id] = String(await count(this.#transaction, 'lastProvisional', -1));
      }
    }
    return cells;
  }

  #changedNow(object: LoadedObject): Cells {
    const cells: { [memberId: string]: Cell } = {};
    for (const memberId of object.entity.membersById.keys()) {
      if (memberId === SYSTEM_MEMBERS.changedDate) cells[memberId] = this.#context.now;
      if (memberId === SYSTEM_MEMBERS.changedBy) cells[memberId] = this.#context.user;
    }
    return cells;
  }

  #validate(object: LoadedObject) {
    const readable = new Set(object.rights.read);
    return validate(
      this.#transaction,
      this.#context.app,
      {
        id: object.id,
        entity: object.entity,
        cell: (memberId) => object.cells[memberId] ?? null,
        isWithheld: (memberId) => object.row !== null && !readable.has(memberId),
      },
      this.#context.locale,
    );
  }

  /** New objects that those to be committed refer to come first: a reference must never point to nothing. */
  async #withReferred(ids: readonly ObjectId[]): Promise<readonly LoadedObject[]> {
    const ordered: ObjectId[] = [];
    const seen = new Set<ObjectId>();
    const visit = (id: ObjectId) => {
      if (seen.has(id)) return;
      seen.add(id);
      const working = this.#context.working.get(id);
      if (working && this.#context.app.entity(working.entity)?.persistable) {
        const referred = [...Object.values(working.cells), ...Object.values(working.links).flat()];
        for (const other of referred) {
          if (typeof other === 'string' && this.#context.working.get(other as ObjectId)?.isNew)
            visit(other as ObjectId);
        }
      }
      ordered.push(id);
    };
    for (const id of ids) visit(id);
    const loaded = await loadObjects(this.#transaction, this.#context, ordered);
    const gone = ids.find((id) => this.#context.working.get(id) && !loaded.some((object) => object.id === id));
    if (gone) refuse('commit/object-gone', 'This object is not on this device any more.');
    return loaded;
  }

  #refuseUnstored(object: LoadedObject): never {
    return refuse('commit/not-on-device', `Objects of ${object.entity.name} are not kept on this device.`);
  }

  async #checkLimits(): Promise<void> {
    const { operations, bytes } = await sizeOf(this.#transaction, this.#header.id);
    const { operationsPerTransaction, bytesPerTransaction } = this.#context.limits;
    if (operations <= operationsPerTransaction && bytes <= bytesPerTransaction) return;
    refuse(
      'commit/too-large',
      `One transaction may have ${operationsPerTransaction} changes and ${bytesPerTransaction} bytes; this one has ${operations} and ${bytes}. Save in smaller steps.`,
    );
  }
}

type HandlerEvent = 'create' | 'commit' | 'delete' | 'rollback';

function occasionsOf({ working, entity }: LoadedObject): readonly HandlerEvent[] {
  if (!working || !entity.persistable) return [];
  return working.isNew ? ['create', 'commit'] : ['commit'];
}

function subset(links: Links, keys: Links): Links {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, links[key] ?? []]));
}
