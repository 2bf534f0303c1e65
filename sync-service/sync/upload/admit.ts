import type { Cells } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { ObjectValue } from '@skerry/shared/expression/value';
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
import { changesOf } from '../../change-log/index.ts';
import type { EntityInfo } from '../../releases/index.ts';
import { openWorkspace } from '../flow/flow-run.ts';
import { holding } from '../flow/guard.ts';
import type { Workspace, WorkspaceParts } from '../flow/workspace.ts';
import { isThere, readObject, type StoredObject } from '../object-rows.ts';
import { checkCells } from '../objects/check-cells.ts';
import { type WritePlace, WriteRefused } from '../objects/write-refused.ts';
import { holdingGrants, judgedAfter } from '../rights.ts';

/** What becomes of one transaction, before it has a number and a record. */
export type Admitted =
  | { readonly kind: 'applied'; readonly resolutions: readonly Resolution[]; readonly touched: ReadonlySet<ElementId> }
  | { readonly kind: 'parked'; readonly code: string; readonly conflicts: readonly Conflict[] }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string; readonly at: WritePlace };

/** Parks the transaction; whatever it wrote is taken back with its savepoint. */
class Parked extends Error {
  readonly code: string;
  readonly conflicts: readonly Conflict[];
  constructor(code: string, conflicts: readonly Conflict[]) {
    super(code);
    this.code = code;
    this.conflicts = conflicts;
  }
}

/**
 * Which part of admission a pass does. Without handlers all is done in one. With them the operations are judged first,
 * as the device judged them, and taken back: nothing runs for a transaction that is parked or refused. Then they are
 * applied with their handlers, whose work needs no right of the user.
 */
type Pass = 'whole' | 'judge' | 'apply';

/** Admission of one transaction inside its savepoint (design 6.3): decides in shared/sync, reads and writes here. */
export async function admit(parts: WorkspaceParts, transaction: Transaction): Promise<Admitted> {
  if (!hasHandlers(parts, transaction)) return admitIn('whole', parts, transaction);
  const { judged } = await parts.unit.savepoint(async () => ({
    keep: false,
    judged: await admitIn('judge', parts, transaction),
  }));
  return judged.kind === 'applied' ? admitIn('apply', parts, transaction) : judged;
}

/** A delete may take along objects of any entity. */
function hasHandlers({ viewpoint }: WorkspaceParts, { operations }: Transaction): boolean {
  const { entities } = viewpoint.model;
  const onDelete = operations.some(({ kind }) => kind === 'delete')
    ? [...entities.values()].some(({ handlers }) => handlers.some(({ event }) => event === 'delete'))
    : false;
  return onDelete || operations.some(({ entityId }) => (entities.get(entityId)?.handlers.length ?? 0) > 0);
}

async function admitIn(pass: Pass, parts: WorkspaceParts, { operations }: Transaction): Promise<Admitted> {
  const admission = new Admission(parts, pass);
  try {
    for (const operation of operations) await admission.operation(operation);
    // Validation and referential integrity see the transaction's whole result.
    if (pass !== 'judge') await admission.workspace.writer.check();
    return { kind: 'applied', resolutions: admission.resolutions, touched: admission.entities };
  } catch (thrown) {
    if (thrown instanceof Parked) return { kind: 'parked', code: thrown.code, conflicts: thrown.conflicts };
    if (thrown instanceof WriteRefused) return refusal(parts, thrown);
    throw thrown;
  }
}

/** SY21: a reference to what is gone parks where conflicts are for people to decide. */
function refusal({ viewpoint }: WorkspaceParts, { code, message, at }: WriteRefused): Admitted {
  const { entityId, objectId, member = null } = at;
  const policy = code === 'sync/reference-gone' ? viewpoint.model.entities.get(entityId ?? '')?.policy : undefined;
  if (policy && entityId && objectId && meetsDelete(policy) === 'park') {
    return { kind: 'parked', code, conflicts: [{ entityId, objectId, member, mine: null, base: null }] };
  }
  return { kind: 'rejected', code, message, at };
}

class Admission {
  readonly resolutions: Resolution[] = [];
  readonly workspace: Workspace;
  readonly #parts: WorkspaceParts;
  readonly #pass: Pass;
  readonly #named = new Set<ElementId>();

  constructor(parts: WorkspaceParts, pass: Pass) {
    this.#parts = parts;
    this.#pass = pass;
    this.workspace = openWorkspace(parts);
  }

  get entities(): ReadonlySet<ElementId> {
    return new Set([...this.#named, ...this.workspace.writer.entities]);
  }

  async operation(operation: Operation): Promise<void> {
    const info = this.#parts.viewpoint.model.entities.get(operation.entityId);
    if (!info) throw new WriteRefused('sync/entity-unknown', operation);
    this.#named.add(info.id);
    if (operation.kind === 'create') await this.#create(operation, info);
    else if (operation.kind === 'update') await this.#update(operation, info);
    else await this.#delete(operation, info);
  }

  async #create(operation: CreateOperation, info: EntityInfo): Promise<void> {
    const { unit } = this.#parts;
    const { objectId, set, add } = operation;
    this.#checkShape(operation, info, set, add, undefined);
    if (await isThere(unit, info.table, objectId)) throw new WriteRefused('sync/object-exists', operation);
    const object: ObjectValue = { kind: 'object', entity: info.name, id: objectId };
    this.workspace.put({
      id: objectId,
      entity: info.name,
      isNew: true,
      cells: { ...info.defaults, ...set },
      links: { ...add },
    });
    if (this.#pass === 'apply' && !(await this.workspace.arrive(object, 0)))
      throw new WriteRefused('sync/handler-refused', operation);
    await this.#commit(object, operation);
    if (this.#pass === 'apply') return;
    const grants = await this.#holding(info, objectId);
    this.#judge(judgeCreate(operation, grants.map(holding), info.defaults), operation);
  }

  async #update(operation: UpdateOperation, info: EntityInfo): Promise<void> {
    this.#checkShape(operation, info, operation.set, operation.add, operation.remove);
    const before = await readObject(this.#parts.unit, info, operation.objectId);
    const grants = before && this.#pass !== 'apply' ? await this.#holding(info, operation.objectId) : [];
    // SY26: what may not be read answers as what is not there.
    if (!before || (this.#pass !== 'apply' && grants.length === 0)) throw this.#gone(operation, info, before !== null);
    if (this.#pass !== 'apply') this.#judge(judgeUpdate(operation, grants.map(holding)), operation);
    const log = await this.#logSince(operation, before);
    const settled = settleUpdate(operation, {
      policy: info.policy,
      memberPolicies: info.memberPolicies,
      numbers: info.numbers,
      theirs: before.cells,
      moved: hasMoved(operation.baseRev, before.rev, this.#deviceId, log),
      ownLast: ownLastOf(Object.keys(operation.set), this.#deviceId, log),
    });
    if (settled.kind === 'park') throw new Parked(settled.code, settled.conflicts);
    if (settled.kind === 'overflow') {
      const at = { ...operation, member: settled.member };
      throw new WriteRefused('sync/sum-overflow', at, 'The sum does not fit the attribute.');
    }
    this.resolutions.push(...settled.resolutions);
    await this.#apply(operation, info, settled.set);
    if (this.#pass === 'apply') return;
    const after = await judgedAfter(this.#parts.unit, this.#parts.viewpoint, info, operation.objectId, grants);
    this.#judge(judgeUpdate(operation, after), operation);
  }

  async #apply(operation: UpdateOperation, info: EntityInfo, set: Cells): Promise<void> {
    const links = await this.#wholeSets(operation, info);
    // Where a policy has kept the server's values throughout, nothing happens to the object.
    if (Object.keys(set).length === 0 && Object.keys(links).length === 0 && Object.keys(operation.set).length > 0)
      return;
    this.workspace.put({ id: operation.objectId, entity: info.name, isNew: false, cells: set, links });
    await this.#commit({ kind: 'object', entity: info.name, id: operation.objectId }, operation);
  }

  async #commit(object: ObjectValue, operation: Operation): Promise<void> {
    const withEvents = this.#pass === 'apply';
    const vetoed = await this.workspace.commit([object], { withEvents, guarded: false, check: false, depth: 0 });
    // On a device nothing may vanish without a word: what a handler keeps from being is refused.
    if (vetoed.size > 0) throw new WriteRefused('sync/handler-refused', operation);
  }

  /** SY16: sets change by adding and removing. */
  async #wholeSets({ objectId, add = {}, remove = {} }: UpdateOperation, info: EntityInfo): Promise<Links> {
    const links: { [association: string]: readonly ObjectId[] } = {};
    for (const association of new Set([...Object.keys(add), ...Object.keys(remove)])) {
      const more = add[association] ?? [];
      const object: ObjectValue = { kind: 'object', entity: info.name, id: objectId };
      const present = await this.workspace.data.storedSet(object, association);
      const gone = new Set(remove[association]);
      // A reference kept in a table holds one: the new one takes the old one's place.
      const kept = info.sets.get(association)?.single && more.length > 0 ? [] : present.filter((id) => !gone.has(id));
      links[association] = [...new Set([...kept, ...more])];
    }
    return links;
  }

  async #delete(operation: DeleteOperation, info: EntityInfo): Promise<void> {
    const before = await readObject(this.#parts.unit, info, operation.objectId);
    // SY19: deleting what is gone is done already.
    if (!before) return;
    if (this.#pass !== 'apply') {
      const grants = await this.#holding(info, operation.objectId);
      if (grants.length === 0) throw this.#gone(operation, info, true);
      this.#judge(judgeDelete(operation, grants.map(holding)), operation);
    }
    const log = await this.#logSince(operation, before);
    const moved = hasMoved(operation.baseRev, before.rev, this.#deviceId, log);
    const settled = settleDelete(operation, info.policy, moved);
    if (settled.kind === 'park') throw new Parked(settled.code, settled.conflicts);
    this.resolutions.push(...settled.resolutions);
    if (settled.kind === 'keep') return;
    const object: ObjectValue = { kind: 'object', entity: info.name, id: operation.objectId };
    const withEvents = this.#pass === 'apply';
    if (await this.workspace.delete([object], { withEvents, guarded: false, depth: 0 })) return;
    throw new WriteRefused('sync/handler-refused', operation);
  }

  #holding(info: EntityInfo, id: ObjectId) {
    return holdingGrants(this.#parts.unit, this.#parts.viewpoint, info, id);
  }

  get #deviceId(): string {
    return this.#parts.author.deviceId ?? '';
  }

  /** The log is asked only where something has changed since the device looked. */
  async #logSince(
    operation: UpdateOperation | DeleteOperation,
    before: StoredObject,
  ): Promise<readonly LoggedChange[]> {
    return before.rev === operation.baseRev ? [] : changesOf(this.#parts.unit, operation.objectId);
  }

  /** SY21, SY26. */
  #gone(operation: UpdateOperation | DeleteOperation, info: EntityInfo, isHidden: boolean): Error {
    if (!isHidden && operation.kind === 'update' && meetsDelete(info.policy) === 'park') {
      const conflicts = [{ entityId: info.id, objectId: operation.objectId, member: null, mine: null, base: null }];
      return new Parked('sync/object-gone', conflicts);
    }
    return new WriteRefused('sync/object-gone', operation);
  }

  #judge(refused: Refusal, { entityId, objectId }: Operation): void {
    if (!refused) return;
    const { code, member } = refused;
    throw new WriteRefused(code, { entityId, objectId, ...(member ? { member: member as ElementId } : {}) });
  }

  #checkShape(
    operation: Operation,
    info: EntityInfo,
    set: Cells,
    add: Links | undefined,
    remove: Links | undefined,
  ): void {
    const { entityId, objectId } = operation;
    const at = (member: string) => ({ entityId, objectId, member: member as ElementId });
    const bad = checkCells(info, set);
    if (bad) {
      const name = info.memberNames.get(bad.member) ?? bad.member;
      throw new WriteRefused('sync/bad-value', at(bad.member), `${name} ${bad.problem}.`);
    }
    for (const association of [...Object.keys(add ?? {}), ...Object.keys(remove ?? {})]) {
      if (info.sets.has(association)) continue;
      throw new WriteRefused('sync/bad-value', at(association), `${association} is not a set that ${info.name} owns.`);
    }
  }
}
