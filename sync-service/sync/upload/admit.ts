import type { Cell, Cells } from '@skerry/shared/base/cell';
import { derivedElementId, type ElementId, type ObjectId } from '@skerry/shared/base/ids';
import { SYSTEM_MEMBERS } from '@skerry/shared/metamodel/system-module';
import { judgeCreate, judgeDelete, judgeUpdate, type Refusal } from '@skerry/shared/sync/admission-access';
import type {
  CreateOperation,
  DeleteOperation,
  Links,
  Operation,
  Transaction,
  UpdateOperation,
} from '@skerry/shared/sync/change';
import {
  hasMoved,
  type LoggedChange,
  meetsDelete,
  ownLastOf,
  settleDelete,
  settleUpdate,
} from '@skerry/shared/sync/conflict';
import type { Conflict, Resolution } from '@skerry/shared/sync/verdict';
import type { WriteUnit } from '../../base/sql.ts';
import { type Author, changesOf } from '../../change-log/index.ts';
import { claimFileBody } from '../../db/repositories/files.repository.ts';
import type { EntityInfo } from '../../releases/index.ts';
import {
  addLink,
  insertObject,
  isThere,
  readObject,
  removeLink,
  type StoredObject,
  targetsOf,
  updateObject,
} from '../object-rows.ts';
import { holdingGrants, judgedAfter } from '../rights.ts';
import type { Viewpoint } from '../viewpoint.ts';
import { nextNumbers } from './autonumbers.ts';
import { checkCells } from './check-cells.ts';
import { deleteWithCascade, locate } from './delete-cascade.ts';
import { validate } from './validate.ts';

/** What becomes of one transaction, before it has a number and a record. */
export type Admitted =
  | { readonly kind: 'applied'; readonly resolutions: readonly Resolution[]; readonly touched: ReadonlySet<ElementId> }
  | { readonly kind: 'parked'; readonly code: string; readonly conflicts: readonly Conflict[] }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string; readonly at: Fault };

interface Fault {
  readonly entityId?: ElementId;
  readonly objectId?: ObjectId;
  readonly member?: ElementId;
}

/** Ends the admission of a transaction; whatever it wrote is taken back with its savepoint. */
class Stop extends Error {
  readonly outcome: Exclude<Admitted, { kind: 'applied' }>;
  constructor(outcome: Exclude<Admitted, { kind: 'applied' }>) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

/** The member by which a file's row names its body. */
const FILE_HASH = derivedElementId('System.FileDocument/Hash');

const WORDS: { readonly [code: string]: string } = {
  'sync/access-denied': 'You may not change this.',
  'sync/access-denied-after': 'You may not change this to what it would become.',
  'sync/create-denied': 'You may not create this.',
  'sync/delete-denied': 'You may not delete this.',
  'sync/object-gone': 'The object is not there any more, or you may not see it.',
  'sync/reference-gone': 'It refers to an object that is not there any more.',
  'sync/object-exists': 'An object with this identity is there already.',
  'sync/entity-unknown': 'The app does not have this kind of object any more.',
};

/** Admission of one transaction inside its savepoint (design 6.3): decides in shared/sync, reads and writes here. */
export async function admit(
  unit: WriteUnit,
  viewpoint: Viewpoint,
  transaction: Transaction,
  author: Author,
): Promise<Admitted> {
  const admission = new Admission(unit, viewpoint, author);
  try {
    for (const operation of transaction.operations) await admission.operation(operation);
    await admission.finish();
    return { kind: 'applied', resolutions: admission.resolutions, touched: admission.entities };
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.outcome;
    throw thrown;
  }
}

class Admission {
  readonly resolutions: Resolution[] = [];
  readonly entities = new Set<ElementId>();
  readonly #touched = new Map<ObjectId, EntityInfo>();
  readonly #unit: WriteUnit;
  readonly #viewpoint: Viewpoint;
  readonly #author: Author;

  constructor(unit: WriteUnit, viewpoint: Viewpoint, author: Author) {
    this.#unit = unit;
    this.#viewpoint = viewpoint;
    this.#author = author;
  }

  async operation(operation: Operation): Promise<void> {
    const info = this.#viewpoint.model.entities.get(operation.entityId);
    if (!info) throw reject('sync/entity-unknown', operation);
    this.entities.add(info.id);
    if (operation.kind === 'create') await this.#create(operation, info);
    else if (operation.kind === 'update') await this.#update(operation, info);
    else await this.#delete(operation, info);
  }

  /** Validation and referential integrity see the transaction's whole result. */
  async finish(): Promise<void> {
    for (const [id, info] of this.#touched) {
      const object = await readObject(this.#unit, info, id);
      if (!object) continue;
      const invalid = await validate(this.#unit, this.#viewpoint.model, info, object);
      if (invalid) throw reject(invalid.code, { entityId: info.id, objectId: id }, invalid.member, invalid.message);
      await this.#checkReferences(info, object);
    }
  }

  async #create(operation: CreateOperation, info: EntityInfo): Promise<void> {
    this.#checkShape(operation, info, operation.set, operation.add, undefined);
    if (await isThere(this.#unit, info.table, operation.objectId)) throw reject('sync/object-exists', operation);
    const cells: { [member: string]: Cell } = { ...info.defaults, ...operation.set };
    Object.assign(cells, await nextNumbers(this.#unit, info), this.#systemCells(info, true));
    await insertObject(this.#unit, info, operation.objectId, cells, this.#author);
    await this.#claimFile(operation.objectId, cells);
    await this.#link(operation, info, operation.add ?? {}, {});
    this.#touched.set(operation.objectId, info);
    const holding = await this.#holding(info, operation.objectId);
    this.#judge(judgeCreate(operation, holding, info.defaults), operation);
  }

  async #update(operation: UpdateOperation, info: EntityInfo): Promise<void> {
    this.#checkShape(operation, info, operation.set, operation.add, operation.remove);
    const before = await readObject(this.#unit, info, operation.objectId);
    const grants = before ? await holdingGrants(this.#unit, this.#viewpoint, info, operation.objectId) : [];
    // SY26: what may not be read answers as what is not there.
    if (!before || grants.length === 0) throw this.#gone(operation, info, before !== null);
    const judgedBefore = grants.map(({ grant }) => ({
      write: new Set<string>(grant.write),
      create: grant.create,
      delete: grant.delete,
      holdsAfter: true,
    }));
    this.#judge(judgeUpdate(operation, judgedBefore), operation);
    const log = await this.#logSince(operation, before);
    const settled = settleUpdate(operation, {
      policy: info.policy,
      memberPolicies: info.memberPolicies,
      numbers: info.numbers,
      theirs: before.cells,
      moved: hasMoved(operation.baseRev, before.rev, this.#author.deviceId ?? '', log),
      ownLast: ownLastOf(Object.keys(operation.set), this.#author.deviceId ?? '', log),
    });
    if (settled.kind === 'park') throw new Stop({ kind: 'parked', code: settled.code, conflicts: settled.conflicts });
    if (settled.kind === 'overflow')
      throw reject('sync/sum-overflow', operation, settled.member, 'The sum does not fit the attribute.');
    this.resolutions.push(...settled.resolutions);
    await this.#apply(operation, info, before, settled.set);
    const after = await judgedAfter(this.#unit, this.#viewpoint, info, operation.objectId, grants);
    this.#judge(judgeUpdate(operation, after), operation);
  }

  async #apply(operation: UpdateOperation, info: EntityInfo, before: StoredObject, set: Cells): Promise<void> {
    const changed = Object.fromEntries(
      Object.entries(set).filter(([member, cell]) => (before.cells[member] ?? null) !== cell),
    );
    const linked = [...new Set([...Object.keys(operation.add ?? {}), ...Object.keys(operation.remove ?? {})])];
    this.#touched.set(operation.objectId, info);
    if (Object.keys(changed).length === 0 && linked.length === 0) return;
    const cells = { ...changed, ...this.#systemCells(info, false) };
    await updateObject(this.#unit, info, operation.objectId, cells, linked, this.#author);
    await this.#claimFile(operation.objectId, cells);
    await this.#link(operation, info, operation.add ?? {}, operation.remove ?? {});
  }

  async #delete(operation: DeleteOperation, info: EntityInfo): Promise<void> {
    const before = await readObject(this.#unit, info, operation.objectId);
    // SY19: deleting what is gone is done already.
    if (!before) return;
    const holding = await this.#holding(info, operation.objectId);
    if (holding.length === 0) throw this.#gone(operation, info, true);
    this.#judge(judgeDelete(operation, holding), operation);
    const log = await this.#logSince(operation, before);
    const settled = settleDelete(
      operation,
      info.policy,
      hasMoved(operation.baseRev, before.rev, this.#author.deviceId ?? '', log),
    );
    if (settled.kind === 'park') throw new Stop({ kind: 'parked', code: settled.code, conflicts: settled.conflicts });
    this.resolutions.push(...settled.resolutions);
    if (settled.kind === 'keep') return;
    const { model } = this.#viewpoint;
    const cascade = await deleteWithCascade(this.#unit, model, { info, id: operation.objectId }, this.#author);
    if (cascade.kind === 'refused') throw reject('sync/still-referenced', operation, undefined, cascade.message);
    for (const id of cascade.entities) this.entities.add(id);
  }

  async #holding(info: EntityInfo, id: ObjectId) {
    const grants = await holdingGrants(this.#unit, this.#viewpoint, info, id);
    return grants.map(({ grant }) => ({
      write: new Set<string>(grant.write),
      create: grant.create,
      delete: grant.delete,
      holdsAfter: true,
    }));
  }

  /** The log is asked only where something has changed since the device looked. */
  async #logSince(
    operation: UpdateOperation | DeleteOperation,
    before: StoredObject,
  ): Promise<readonly LoggedChange[]> {
    return before.rev === operation.baseRev ? [] : changesOf(this.#unit, operation.objectId);
  }

  async #link(
    operation: CreateOperation | UpdateOperation,
    info: EntityInfo,
    add: Links,
    remove: Links,
  ): Promise<void> {
    for (const [associationId, targets] of Object.entries(remove)) {
      const set = info.sets.get(associationId);
      if (!set) continue;
      for (const target of targets)
        await removeLink(this.#unit, { ...set, owner: operation.objectId, target }, this.#author);
    }
    for (const [associationId, targets] of Object.entries(add)) {
      const set = info.sets.get(associationId);
      if (!set) continue;
      // A reference kept in a table holds one: the new one takes the old one's place.
      const others = set.single ? await targetsOf(this.#unit, set.table, operation.objectId) : [];
      for (const other of others) {
        if (!targets.includes(other))
          await removeLink(this.#unit, { ...set, owner: operation.objectId, target: other }, this.#author);
      }
      for (const target of targets)
        await addLink(this.#unit, { ...set, owner: operation.objectId, target }, this.#author);
      const there = await locate(this.#unit, this.#viewpoint.model, set.target, targets);
      if (there.length < new Set(targets).size) throw this.#referenceGone(info, operation.objectId, associationId);
    }
  }

  async #checkReferences(info: EntityInfo, object: StoredObject): Promise<void> {
    for (const [member, entity] of info.references) {
      const cell = object.cells[member];
      if (typeof cell !== 'string' || info.kept.has(member)) continue;
      const there = await locate(this.#unit, this.#viewpoint.model, entity, [cell as ObjectId]);
      if (there.length === 0) throw this.#referenceGone(info, object.id, member);
    }
  }

  async #claimFile(id: ObjectId, cells: Cells): Promise<void> {
    const hash = cells[FILE_HASH];
    if (typeof hash === 'string') await claimFileBody(this.#unit, id, hash, this.#viewpoint.user.id);
  }

  #referenceGone(info: EntityInfo, id: ObjectId, member: string): Stop {
    const at = { entityId: info.id, objectId: id };
    if (meetsDelete(info.policy) === 'park') {
      const conflicts = [{ ...at, member: member as ElementId, mine: null, base: null }];
      return new Stop({ kind: 'parked', code: 'sync/reference-gone', conflicts });
    }
    return reject('sync/reference-gone', at, member);
  }

  /** SY21, SY26. */
  #gone(operation: UpdateOperation | DeleteOperation, info: EntityInfo, isHidden: boolean): Stop {
    if (!isHidden && operation.kind === 'update' && meetsDelete(info.policy) === 'park') {
      const conflicts = [{ entityId: info.id, objectId: operation.objectId, member: null, mine: null, base: null }];
      return new Stop({ kind: 'parked', code: 'sync/object-gone', conflicts });
    }
    return reject('sync/object-gone', operation);
  }

  #judge(refusal: Refusal, operation: Operation): void {
    if (refusal) throw reject(refusal.code, operation, refusal.member);
  }

  #checkShape(
    operation: Operation,
    info: EntityInfo,
    set: Cells,
    add: Links | undefined,
    remove: Links | undefined,
  ): void {
    const bad = checkCells(info, set);
    if (bad) {
      const name = info.memberNames.get(bad.member) ?? bad.member;
      throw reject('sync/bad-value', operation, bad.member, `${name} ${bad.problem}.`);
    }
    for (const association of [...Object.keys(add ?? {}), ...Object.keys(remove ?? {})]) {
      if (info.sets.has(association)) continue;
      throw reject('sync/bad-value', operation, association, `${association} is not a set that ${info.name} owns.`);
    }
  }

  /** SY25. */
  #systemCells(info: EntityInfo, isNew: boolean): Cells {
    const { atMs, userId } = this.#author;
    const all: { [member: string]: Cell } = { [SYSTEM_MEMBERS.changedDate]: atMs, [SYSTEM_MEMBERS.changedBy]: userId };
    if (isNew) Object.assign(all, { [SYSTEM_MEMBERS.createdDate]: atMs, [SYSTEM_MEMBERS.owner]: userId });
    return Object.fromEntries(Object.entries(all).filter(([member]) => info.columnOf.has(member)));
  }
}

function reject(code: string, at: Fault, member?: string, message?: string): Stop {
  const { entityId, objectId } = at;
  const place = {
    ...(entityId ? { entityId } : {}),
    ...(objectId ? { objectId } : {}),
    ...(member ? { member: member as ElementId } : {}),
  };
  return new Stop({ kind: 'rejected', code, message: message ?? WORDS[code] ?? code, at: place });
}
