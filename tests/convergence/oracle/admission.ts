import type { Cell } from '@skerry/shared/base/cell';
import { SYSTEM_MEMBERS } from '@skerry/shared/metamodel/system-module';
import type {
  CreateOperation,
  DeleteOperation,
  Operation,
  Transaction,
  UpdateOperation,
} from '@skerry/shared/sync/change';
import { OPEN } from '../world/app-model.ts';
import type { Access, AppRules, EntityRules } from './app-rules.ts';
import { changed, type Held, ownersOf, put, type State, targetsOf, without } from './objects.ts';
import { eyesOf, type Viewer } from './rights.ts';
import { decide, hasMoved, type Resolution } from './settle.ts';

export type Judged =
  | { readonly kind: 'applied'; readonly state: State; readonly resolutions: readonly Resolution[] }
  | { readonly kind: 'parked' | 'rejected'; readonly code: string };

export interface Sender extends Viewer {
  readonly device: string;
  /** As they were when the batch came. */
  readonly roles: readonly string[];
  /** State of then, for what rules ask of the user. */
  readonly known: State;
}

class Refused extends Error {
  readonly kind: 'parked' | 'rejected';
  readonly code: string;
  constructor(kind: 'parked' | 'rejected', code: string) {
    super(code);
    this.kind = kind;
    this.code = code;
  }
}

/** What the reference model makes of one transaction: all of it, or why not. */
export function judge(rules: AppRules, before: State, transaction: Transaction, sender: Sender): Judged {
  const work = { rules, sender, state: before, resolutions: [] as Resolution[], touched: new Set<string>() };
  try {
    for (const operation of transaction.operations) perform(work, operation);
    for (const id of work.touched) validate(work, id);
    return { kind: 'applied', state: work.state, resolutions: work.resolutions };
  } catch (thrown) {
    if (thrown instanceof Refused) return { kind: thrown.kind, code: thrown.code };
    throw thrown;
  }
}

interface Work {
  readonly rules: AppRules;
  readonly sender: Sender;
  state: State;
  readonly resolutions: Resolution[];
  readonly touched: Set<string>;
}

function perform(work: Work, operation: Operation): void {
  const entity = work.rules.entities.get(work.rules.names.get(operation.entityId) ?? '');
  if (!entity) throw new Refused('rejected', 'sync/entity-unknown');
  if (operation.kind === 'create') create(work, entity, operation);
  else if (operation.kind === 'update') update(work, entity, operation);
  else remove(work, entity, operation);
}

function create(work: Work, entity: EntityRules, operation: CreateOperation): void {
  const { sender } = work;
  const id = operation.objectId;
  if (work.state.has(id)) throw new Refused('rejected', 'sync/object-exists');
  const defaults = defaultsOf(entity);
  const members = [...Object.keys(defaults), ...Object.keys(operation.set), ...Object.keys(operation.add ?? {})];
  const has = (member: string) => entity.attributes.has(member) || entity.associations.some((one) => one.id === member);
  const kept: { [member: string]: Cell } = {};
  if (has(SYSTEM_MEMBERS.owner)) kept[SYSTEM_MEMBERS.owner] = sender.user;
  if (has(SYSTEM_MEMBERS.createdDate)) kept[SYSTEM_MEMBERS.createdDate] = sender.now;
  work.state = put(work.state, {
    id,
    entity: entity.name,
    rev: 1,
    cells: { ...defaults, ...operation.set, ...kept },
    links: sortedLinks(operation.add ?? {}),
    history: [{ rev: 1, device: sender.device, members }],
  });
  work.touched.add(id);
  linksLead(work, entity, operation.add ?? {});
  const accesses = look(work).accesses(id);
  if (!accesses.some((one) => one.create)) throw new Refused('rejected', 'sync/create-denied');
  for (const [member, cell] of Object.entries(operation.set)) {
    if (cell !== (defaults[member] ?? null) && !writes(accesses, member))
      throw new Refused('rejected', 'sync/access-denied');
  }
  for (const member of Object.keys(operation.add ?? {}))
    if (!writes(accesses, member)) throw new Refused('rejected', 'sync/access-denied');
}

function update(work: Work, entity: EntityRules, operation: UpdateOperation): void {
  const object = work.state.get(operation.objectId);
  const accesses = object ? look(work).accesses(object.id) : [];
  if (!object || accesses.length === 0) throw gone(entity, object !== undefined);
  const linked = [...new Set([...Object.keys(operation.add ?? {}), ...Object.keys(operation.remove ?? {})])];
  const members = [...Object.keys(operation.set), ...linked];
  if (members.some((member) => !writes(accesses, member))) throw new Refused('rejected', 'sync/access-denied');
  const decision = decide(entity, object, operation, work.sender.device);
  if (decision.park) throw new Refused('parked', 'sync/review');
  work.resolutions.push(...decision.resolutions);
  work.touched.add(object.id);
  const news = Object.entries(decision.set).filter(([member, cell]) => (object.cells[member] ?? null) !== cell);
  const moved = linked.filter(
    (association) =>
      linksAfter(object, association, operation).join() !== [...targetsOf(object, association)].sort().join(),
  );
  linksLead(work, entity, operation.add ?? {});
  if (news.length > 0 || moved.length > 0) {
    const links = Object.fromEntries(
      moved.map((association) => [association, linksAfter(object, association, operation)]),
    );
    const members = [...news.map(([member]) => member), ...moved];
    work.state = put(work.state, changed(object, work.sender.device, members, Object.fromEntries(news), links));
  }
  const eyes = look(work);
  for (const member of members) {
    const may = accesses.some((one) => one.write.has(member) && eyes.holds(one.after, object.id));
    if (!may) throw new Refused('rejected', 'sync/access-denied-after');
  }
}

function remove(work: Work, entity: EntityRules, operation: DeleteOperation): void {
  const object = work.state.get(operation.objectId);
  // Deleting what is gone is done already.
  if (!object) return;
  const accesses = look(work).accesses(object.id);
  if (accesses.length === 0) throw new Refused('rejected', 'sync/object-gone');
  if (!accesses.some((one) => one.delete)) throw new Refused('rejected', 'sync/delete-denied');
  if (hasMoved(object, operation.baseRev, work.sender.device)) {
    if (entity.policy === 'review') throw new Refused('parked', 'sync/review');
    const outcome = entity.policy === 'lastWins' ? 'mine' : 'theirs';
    work.resolutions.push({ objectId: object.id, member: null, policy: entity.policy, outcome });
    if (outcome === 'theirs') return;
  }
  cascade(work, object);
}

/** An object goes with all that goes with it, unless something may not. What stays and referred to them is changed. */
function cascade(work: Work, root: Held): void {
  const doomed = new Map([[root.id, root]]);
  const around = (object: Held) => neighbours(work, object);
  for (const object of doomed.values()) {
    for (const { behavior, others } of around(object))
      if (behavior === 'deleteOther') for (const other of others) doomed.set(other.id, other);
  }
  for (const object of doomed.values()) {
    for (const { behavior, others } of around(object)) {
      if (behavior === 'deleteIfNoReferences' && others.some((other) => !doomed.has(other.id)))
        throw new Refused('rejected', 'sync/still-referenced');
    }
  }
  for (const object of doomed.values()) {
    for (const { association, side, others } of around(object)) {
      if (side === 'from') continue;
      for (const { id } of others) {
        const other = work.state.get(id);
        if (!other || doomed.has(id)) continue;
        const rest = targetsOf(other, association.id).filter((target) => target !== object.id);
        const cells = association.isSet ? {} : { [association.id]: null };
        work.state = put(
          work.state,
          changed(
            other,
            work.sender.device,
            [association.id],
            cells,
            association.isSet ? { [association.id]: rest } : {},
          ),
        );
      }
    }
  }
  for (const id of doomed.keys()) work.state = without(work.state, id);
}

function neighbours(work: Work, object: Held) {
  const lineage = new Set(work.rules.entities.get(object.entity)?.lineage);
  const held = (ids: readonly string[]) => ids.flatMap((id) => work.state.get(id) ?? []);
  return [...work.rules.associations.values()].flatMap((association) => {
    if (association.id === SYSTEM_MEMBERS.owner) return [];
    const sides = [];
    if (lineage.has(association.to)) {
      sides.push({
        association,
        side: 'to' as const,
        behavior: association.onTargetDelete,
        others: held(ownersOf(work.state, association.id, object.id)),
      });
    }
    if (lineage.has(association.from)) {
      sides.push({
        association,
        side: 'from' as const,
        behavior: association.onOwnerDelete,
        others: held(targetsOf(object, association.id)),
      });
    }
    return sides;
  });
}

function validate(work: Work, id: string): void {
  const object = work.state.get(id);
  const entity = work.rules.entities.get(object?.entity ?? '');
  if (!object || !entity) return;
  for (const member of entity.unique) {
    const cell = object.cells[member] ?? null;
    const taken =
      cell !== null &&
      [...work.state.values()].some(
        (other) => other.id !== id && other.entity === object.entity && other.cells[member] === cell,
      );
    if (taken) throw new Refused('rejected', 'sync/unique');
  }
  for (const association of entity.associations) {
    if (association.isSet || association.id === SYSTEM_MEMBERS.owner) continue;
    const target = object.cells[association.id];
    if (typeof target === 'string' && !work.state.has(target)) throw referenceGone(entity);
  }
}

function linksLead(work: Work, entity: EntityRules, add: { readonly [association: string]: readonly string[] }): void {
  for (const targets of Object.values(add))
    if (targets.some((target) => !work.state.has(target))) throw referenceGone(entity);
}

function referenceGone(entity: EntityRules): Refused {
  return new Refused(entity.policy === 'review' ? 'parked' : 'rejected', 'sync/reference-gone');
}

/** What may not be seen answers as what is not there; only what is truly gone can wait for a decision. */
function gone(entity: EntityRules, isHidden: boolean): Refused {
  return new Refused(!isHidden && entity.policy === 'review' ? 'parked' : 'rejected', 'sync/object-gone');
}

function look(work: Work) {
  return eyesOf(work.rules, work.state, work.sender, work.sender.roles, work.sender.known);
}

function writes(accesses: readonly Access[], member: string): boolean {
  return accesses.some((one) => one.write.has(member));
}

function linksAfter(object: Held, association: string, { add, remove: gone }: UpdateOperation): readonly string[] {
  const kept = targetsOf(object, association).filter((target) => !gone?.[association]?.some((one) => one === target));
  return [...new Set([...kept, ...(add?.[association] ?? [])])].sort();
}

function sortedLinks(links: { readonly [association: string]: readonly string[] }): Held['links'] {
  return Object.fromEntries(Object.entries(links).map(([association, targets]) => [association, [...targets].sort()]));
}

function defaultsOf(entity: EntityRules): { readonly [member: string]: Cell } {
  const cells: { [member: string]: Cell } = {};
  for (const { id, type, default: text } of entity.attributes.values()) {
    if (text !== undefined) cells[id] = enumerationValue(text);
    else if (type === 'Boolean') cells[id] = false;
  }
  return cells;
}

/** The app has one kind of default, that of the status; its values' ids follow from their names. */
function enumerationValue(text: string): Cell {
  if (text !== 'Sim.Status.Open') throw new Error(`The reference model knows no default ${text}.`);
  return OPEN;
}
