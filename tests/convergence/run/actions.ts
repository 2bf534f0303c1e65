import type { Device, ObjectSnapshot, Outcome } from '@skerry/runtime/engine/device-face';
import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { derivedElementId, type ElementId } from '@skerry/shared/base/ids';
import { userRoleObjectId } from '@skerry/shared/expression/user-role';
import type { Random } from '../random.ts';
import { CLOSED, type EntityName, OPEN } from '../world/app-model.ts';
import { AREAS, DAY_MS, firstId, marked, START_MS } from '../world/first-data.ts';
import type { DiskContent, DiskOperation } from './probe.ts';

/** What a user did and was told to be saved, in terms of ids: it must arrive like this. */
export interface Intent {
  readonly object: string;
  readonly set: { readonly [member: string]: Cell };
  /** What the user saw before. */
  readonly was: { readonly [member: string]: Cell };
}

export interface Acted {
  readonly what: string;
  readonly outcome: Outcome;
  readonly intents: readonly Intent[];
}

/** A user at a device. Chooses by chance among what the device shows and allows. */
export interface Actor {
  readonly device: Device;
  readonly disk: DiskContent;
  readonly random: Random;
  /** Makes texts differ from all before. */
  readonly turn: string;
  /** Name of an entity by its id. */
  readonly nameOf: (entityId: string) => string;
  /** Id of an attribute by entity and name. */
  readonly memberId: (entity: string, name: string) => string | undefined;
}

const DONE: Outcome = { ok: true, value: null };
const NOTHING: Acted = { what: 'nothing to do', outcome: DONE, intents: [] };
/** Most work goes where people meet. */
const ENTITY_WEIGHTS: readonly [string, number][] = [
  ['Job', 8],
  ['Plan', 5],
  ['Case', 4],
  ['Memo', 4],
  ['Item', 3],
  ['Pump', 2],
  ['Team', 1],
  ['Person', 1],
  ['Tag', 3],
  ['Sign', 1],
];

export async function act(actor: Actor): Promise<Acted> {
  const chance = actor.random.below(100);
  if (chance < 50) return update(actor, 1);
  if (chance < 58) return update(actor, 2);
  if (chance < 72) return create(actor);
  if (chance < 80) return remove(actor);
  if (chance < 88) return relate(actor);
  return updateReference(actor);
}

/** Changes one to three members of an object, or of several in one transaction. */
async function update(actor: Actor, objects: number): Promise<Acted> {
  const { device, random } = actor;
  const ids: ObjectId[] = [];
  const intents: Intent[] = [];
  const words: string[] = [];
  for (let at = 0; at < objects; at++) {
    const object = await pickObject(actor);
    if (!object || ids.includes(object.id)) continue;
    const members = shuffled(
      random,
      object.writable.filter((member) => !member.includes('.')),
    ).slice(0, 1 + random.below(3));
    if (members.length === 0) continue;
    const values = Object.fromEntries(members.map((member) => [member, newValue(actor, object, member)]));
    const changed = await device.change(object.id, values);
    words.push(`${simple(object.entity)} ${object.id.slice(-4)} ${members.join(' ')}`);
    if (!changed.ok) {
      await device.rollback(ids);
      return { what: words.join(', '), outcome: changed, intents: [] };
    }
    ids.push(object.id);
    intents.push(intentOf(actor, object, values));
  }
  if (ids.length === 0) return NOTHING;
  return finish(actor, `change ${words.join(', ')}`, ids, intents);
}

async function create(actor: Actor): Promise<Acted> {
  const { device, random } = actor;
  const entity = random.pick(
    ['Job', 'Item', 'Item', 'Pump', 'Memo', 'Memo', 'Case', 'Plan', 'Plan', 'Tag', 'Sign'].filter(
      (name) => actor.memberId(name, MAIN[name] ?? '') !== undefined,
    ),
  );
  const object = await device.create(`Sim.${entity}`);
  const values: { [member: string]: Cell } = {};
  for (const member of object.writable.filter((one) => !one.includes('.')).slice(0, 3))
    values[member] = newValue(actor, object, member);
  const home = HOME[entity];
  const target = home ? pickId(actor, home.to) : null;
  if (home && target) values[`Sim.${home.association}`] = target;
  const changed = await device.change(object.id, values);
  if (!changed.ok) {
    await device.rollback([object.id]);
    return { what: `create ${entity}`, outcome: changed, intents: [] };
  }
  return finish(
    actor,
    `create ${entity} ${object.id.slice(-4)}`,
    [object.id],
    [{ ...intentOf(actor, object, values), was: {} }],
  );
}

async function remove(actor: Actor): Promise<Acted> {
  for (let tries = 0; tries < 4; tries++) {
    const object = await pickObject(actor);
    if (!object?.canDelete) continue;
    const outcome = await actor.device.delete([object.id]);
    return {
      what: `delete ${simple(object.entity)} ${object.id.slice(-4)}`,
      outcome,
      intents: outcome.ok ? [{ object: object.id, set: {}, was: {} }] : [],
    };
  }
  return NOTHING;
}

/** Puts something into a set or takes it out. */
async function relate(actor: Actor): Promise<Acted> {
  const object = await pickObject(actor, 'Job');
  const tag = pickId(actor, 'Tag');
  if (!object?.writable.includes('Sim.Job_Tag') || !tag) return update(actor, 1);
  const present = object.sets['Sim.Job_Tag'] ?? [];
  const next = present.includes(tag) ? present.filter((id) => id !== tag) : [...present, tag];
  return change(actor, object.id, { 'Sim.Job_Tag': next }, `tag job ${object.id.slice(-4)}`);
}

/** Hands a job to another worker or team, or moves something to another job. */
async function updateReference(actor: Actor): Promise<Acted> {
  const entity = actor.random.pick(['Job', 'Job', 'Item', 'Pump', 'Memo', 'Case', 'Plan']);
  const object = await pickObject(actor, entity);
  const associations =
    entity === 'Job'
      ? [
          { association: 'Job_Worker', to: 'Person' },
          { association: 'Job_Team', to: 'Team' },
        ]
      : [HOME[entity] ?? { association: '', to: '' }];
  const { association, to } = actor.random.pick(associations);
  const target = actor.random.below(6) === 0 ? null : pickId(actor, to);
  if (!object?.writable.includes(`Sim.${association}`)) return update(actor, 1);
  return change(actor, object.id, { [`Sim.${association}`]: target }, `move ${entity} ${object.id.slice(-4)}`);
}

/** An administrator gives a user other roles. */
export async function changeRole(actor: Actor): Promise<Acted> {
  const person = firstId(actor.random.pick(['ann', 'bob', 'cid']));
  const role = (name: string) => userRoleObjectId(derivedElementId(`role/${name}`) as ElementId);
  const roles = actor.random.pick([[role('Worker')], [role('Lead')], [role('Worker'), role('Lead')]]);
  return change(actor, person, { 'System.UserRoles': roles }, `roles of ${person.slice(-4)}`);
}

/** An administrator moves a user between teams, or to another area. */
export async function changeMembership(actor: Actor): Promise<Acted> {
  const person = firstId(actor.random.pick(['ann', 'bob', 'cid']));
  if (actor.random.below(4) === 0)
    return change(actor, person, { Language: actor.random.pick(AREAS) }, `area of ${person.slice(-4)}`);
  const teams = ['t1', 't2', 't3'].map(firstId).filter((id) => actor.disk.rows.has(id) && actor.random.below(2) === 0);
  return change(actor, person, { 'Sim.Person_Team': teams }, `teams of ${person.slice(-4)}`);
}

async function change(
  actor: Actor,
  object: ObjectId,
  values: { readonly [member: string]: Cell | readonly ObjectId[] },
  what: string,
): Promise<Acted> {
  const changed = await actor.device.change(object, values);
  if (!changed.ok) {
    await actor.device.rollback([object]);
    return { what, outcome: changed, intents: [] };
  }
  return finish(actor, what, [object], [{ object, set: {}, was: {} }]);
}

async function finish(
  { device }: Actor,
  what: string,
  ids: readonly ObjectId[],
  intents: readonly Intent[],
): Promise<Acted> {
  const outcome = await device.commit(ids);
  if (!outcome.ok) await device.rollback(ids);
  return { what, outcome, intents: outcome.ok ? intents : [] };
}

const HOME: { readonly [entity: string]: { readonly association: string; readonly to: string } } = {
  Job: { association: 'Job_Team', to: 'Team' },
  Item: { association: 'Item_Job', to: 'Job' },
  Pump: { association: 'Item_Job', to: 'Job' },
  Memo: { association: 'Memo_Job', to: 'Job' },
  Case: { association: 'Case_Team', to: 'Team' },
  Plan: { association: 'Plan_Team', to: 'Team' },
};
/** A member by which to tell whether the app has the entity. */
const MAIN: { readonly [entity: string]: string } = {
  Job: 'Title',
  Item: 'Label',
  Pump: 'Label',
  Memo: 'Text',
  Case: 'Topic',
  Plan: 'A',
  Tag: 'Label',
  Sign: 'Word',
};

function newValue(actor: Actor, object: ObjectSnapshot, member: string): Cell {
  const { random, turn } = actor;
  const present = object.values[member] ?? null;
  if (random.below(12) === 0 && member !== 'A' && member !== 'Status') return null;
  switch (member) {
    case 'Status':
      return random.below(3) === 0 ? CLOSED : OPEN;
    case 'Due':
      return START_MS + (random.below(28) - 14) * DAY_MS + random.below(DAY_MS);
    case 'Area':
    case 'Language':
      return random.pick(AREAS);
    case 'Count':
    case 'Power':
      return Number(present ?? 0) + 1 + random.below(9);
    case 'Weight':
      return String(BigInt(random.below(2 ** 31)) * 4_000_000_007n);
    case 'Budget':
    case 'Sum':
      return random.below(2) === 0 ? `${random.below(1000)}.25` : String(random.below(1000));
    case 'A':
      return random.below(10) === 0 ? 'forbidden' : marked('Plan', 'A', object.id, turn);
    default:
      if (simple(object.entity) === 'Tag') return random.pick(['red', 'green', 'blue', 'white', 'black']);
      return marked(
        simple(object.entity),
        member === 'Remark' ? 'Note' : member,
        object.id,
        `${turn}${member.slice(0, 2)}`,
      );
  }
}

function intentOf(actor: Actor, object: ObjectSnapshot, values: { readonly [member: string]: Cell }): Intent {
  const entity = simple(object.entity);
  const set: { [member: string]: Cell } = {};
  const was: { [member: string]: Cell } = {};
  for (const [name, value] of Object.entries(values)) {
    const id = actor.memberId(entity, name);
    const before = object.values[name] ?? null;
    if (!id || before === value) continue;
    set[id] = value;
    if (Object.hasOwn(object.values, name)) was[id] = before;
  }
  return { object: object.id, set, was };
}

/** Whether what was saved is what the user did. Null: it is. */
export function whyNotAsMeant(intents: readonly Intent[], operations: readonly DiskOperation[]): string | null {
  for (const { object, set, was } of intents) {
    const own = operations.filter((operation) => operation.objectId === object);
    if (own.length === 0 && Object.keys(set).length > 0) return `nothing was saved of ${object}`;
    for (const [member, value] of Object.entries(set)) {
      const operation = own.find((one) => Object.hasOwn(one.set ?? {}, member));
      if (value === null && own.some((one) => one.kind === 'create')) continue;
      if (!operation || operation.set?.[member] !== value)
        return `${member} of ${object} was saved as ${operation?.set?.[member]} and not as ${value}`;
      if (operation.kind === 'update' && Object.hasOwn(was, member) && operation.was?.[member] !== was[member])
        return `${member} of ${object} was ${was[member]} and was saved as having been ${operation.was?.[member]}`;
    }
  }
  return null;
}

async function pickObject(actor: Actor, entity = pickEntity(actor.random)): Promise<ObjectSnapshot | undefined> {
  const id = pickId(actor, entity);
  return id ? (await actor.device.load([id]))[0] : undefined;
}

function pickEntity(random: Random): string {
  let left = random.below(ENTITY_WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [entity, weight] of ENTITY_WEIGHTS) {
    left -= weight;
    if (left < 0) return entity;
  }
  return 'Job';
}

/** One of the entity's objects on the device; the same few more often than others, so that people meet. */
function pickId(actor: Actor, entity: string): ObjectId | null {
  const ids = [...actor.disk.rows.values()]
    .filter((row) => actor.nameOf(row.entityId) === entity)
    .map((row) => row.id)
    .sort();
  if (ids.length === 0) return null;
  const among = actor.random.below(2) === 0 ? Math.min(3, ids.length) : ids.length;
  return (ids[actor.random.below(among)] ?? null) as ObjectId | null;
}

function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, order: random.share() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function simple(entity: string): EntityName {
  return entity.split('.').at(-1) as EntityName;
}
