import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ObjectSnapshot, Outcome } from '@skerry/runtime/engine/device-face';
import { userFault } from '@skerry/shared/base/fault';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { DeviceActor } from './device-actor.ts';
import { expectOnDevice, expectResult, findOn } from './expectations.ts';
import type { DeviceStep, Step, StepKind } from './scenario.ts';
import { argumentOf, memberValues, type NamedObject, objectOf, type Values } from './values.ts';

/** What steps share. */
export interface StepContext {
  readonly names: Map<string, NamedObject>;
  /** Folder of the scenario file. */
  readonly folder: string;
  passwordOf(user: string): Promise<string>;
}

/** Does one step on its device. @returns what happened, for people @throws Fault when it did not work out */
type Performer<K extends StepKind> = (
  actor: DeviceActor,
  step: Extract<Step, { readonly do: K }>,
  context: StepContext,
) => Promise<string>;

const PERFORMERS: { readonly [K in DeviceStep['do']]: Performer<K> } = {
  async signIn(actor, { user = actor.user, password, fails }, context) {
    const given = password ?? (await context.passwordOf(user));
    const note = settled(await actor.device.signIn(user, given), fails);
    if (fails === undefined) actor.credentials = { name: user, password: given };
    return note || `as ${user}`;
  },
  async online(actor) {
    actor.setOnline(true);
    return '';
  },
  async offline(actor) {
    actor.setOnline(false);
    return '';
  },
  async find(actor, { entity, constraint = '', as }, { names }) {
    const found = await findOn(actor, entity, constraint, names);
    const [object] = found;
    if (!object || found.length > 1)
      throw userFault(
        'scenario/not-one',
        `${found.length} objects match ${entity}${constraint} on ${actor.name}; it must be one.`,
      );
    names.set(as, { id: object.id, entity: object.entity });
    return `$${as} is ${object.entity} ${object.id}`;
  },
  async create(actor, { entity, set, as, fails }, { names }) {
    const { id } = await actor.device.create(entity);
    const note = await written(actor, id, entity, set, fails, names);
    if (as !== undefined) names.set(as, { id, entity });
    return note || entity;
  },
  async change(actor, { object, set, fails }, { names }) {
    const { id, entity } = objectOf(object, names);
    return (await written(actor, id, entity, set, fails, names)) || `${object}: ${Object.keys(set).join(', ')}`;
  },
  async delete(actor, { object, fails }, { names }) {
    const { id } = objectOf(object, names);
    return settled(await actor.device.delete([id]), fails) || object;
  },
  async nanoflow(actor, { name, arguments: given = {}, as, fails }, { names }) {
    const args = Object.fromEntries(
      Object.entries(given).map(([parameter, value]) => [parameter, argumentOf(value, names)]),
    );
    const { result, effects } = await actor.device.callNanoflow(name, args);
    const note = settled(result, fails);
    if (as !== undefined) names.set(as, returned(name, result));
    const said = effects.flatMap((effect) => (effect.kind === 'showMessage' ? [effect.text] : []));
    return [note || name, ...said].join(' · ');
  },
  async attachFile(actor, step, { names, folder }) {
    const { id } = objectOf(step.object, names);
    const body = step.file === undefined ? madeUp(step.bytes ?? 10_000) : await bodyOf(resolve(folder, step.file));
    const name = step.name ?? step.file?.split('/').at(-1) ?? 'attachment.bin';
    const set = await actor.device.setFile(id, name, step.mediaType ?? 'application/octet-stream', body);
    const outcome: Outcome<unknown> = set.ok ? await actor.device.commit([id]) : set;
    if (!outcome.ok) await actor.device.rollback([id]);
    return settled(outcome, step.fails) || `${name}, ${body.length} bytes`;
  },
  async sync(actor, { expect }) {
    const result = await actor.synchronize();
    expectResult(result, expect ?? { ok: true });
    const { applied, downloaded, removed, rejected, parked } = result;
    const refused = [...rejected.map(({ code }) => `rejected ${code}`), ...parked.map(() => 'parked')];
    if (result.failure) return result.failure.code;
    return [`${applied} up`, `${downloaded} down`, ...(removed > 0 ? [`${removed} gone`] : []), ...refused].join(', ');
  },
  async update(actor, { fails }) {
    const outcome = await actor.device.checkForUpdate();
    const note = settled(outcome, fails);
    if (!outcome.ok) return note;
    return outcome.value.updated ? `runs ${outcome.value.version} now` : `stays with ${outcome.value.version}`;
  },
  retry: (actor, { fails }) => settleInbox(actor, 'retry', fails),
  discard: (actor, { fails }) => settleInbox(actor, 'discard', fails),
  async restart(actor) {
    await actor.restart();
    return '';
  },
  async kill(actor, { during, when = 'answered' }) {
    if (during === undefined) await actor.kill();
    else await actor.killDuringSync({ during, when });
    return during === undefined ? 'SIGKILL' : `SIGKILL during ${during}, ${when}`;
  },
  expect: (actor, step, { names }) => expectOnDevice(actor, step, names),
};

/** @returns what happened, for people @throws Fault with the code of what went wrong */
export function performStep(actor: DeviceActor, step: DeviceStep, context: StepContext): Promise<string> {
  const perform = PERFORMERS[step.do] as Performer<StepKind>;
  return perform(actor, step, context);
}

/** Sets members and commits, as one transaction; what fails leaves nothing in memory. */
async function written(
  actor: DeviceActor,
  id: ObjectId,
  entity: string,
  set: Values | undefined,
  fails: string | undefined,
  names: StepContext['names'],
): Promise<string> {
  const { model } = await actor.bundle();
  let outcome: Outcome<ObjectSnapshot | null> = { ok: true, value: null };
  if (set) outcome = await actor.device.change(id, memberValues(model, entity, set, names));
  if (outcome.ok) outcome = await actor.device.commit([id]);
  if (!outcome.ok) await actor.device.rollback([id]);
  return settled(outcome, fails);
}

/** Success, or the failure that was awaited. @returns the awaited failure's code, else '' */
function settled(outcome: Outcome<unknown>, fails: string | undefined): string {
  if (outcome.ok && fails !== undefined)
    throw userFault('scenario/expected-failure', `It went well, and should have failed with ${fails}.`);
  if (outcome.ok) return '';
  if (outcome.error.code === fails) return `refused as expected: ${fails}`;
  throw userFault(outcome.error.code, outcome.error.message);
}

async function settleInbox(actor: DeviceActor, how: 'retry' | 'discard', fails: string | undefined): Promise<string> {
  const entries = await actor.device.inbox();
  for (const { id } of entries) settled(await actor.device[how](id), fails);
  return `${entries.length} of the inbox`;
}

function returned(flow: string, result: Outcome<unknown>): NamedObject {
  const value = result.ok ? (result.value as { kind?: string; id?: ObjectId | null; entity?: string } | null) : null;
  if (value?.kind === 'object' && value.id && value.entity) return { id: value.id, entity: value.entity };
  throw userFault('scenario/no-object', `${flow} returned no object to name.`);
}

async function bodyOf(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    throw userFault('scenario/no-file', `${path} cannot be read. Check the path, which counts from the scenario file.`);
  }
}

/** Bytes that no compression shortens much, the same each time. */
function madeUp(count: number): Uint8Array {
  const body = new Uint8Array(count);
  for (let at = 0, state = count; at < count; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    body[at] = state >>> 24;
  }
  return body;
}
