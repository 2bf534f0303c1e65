import type { ObjectSnapshot, SyncResult } from '@skerry/runtime/engine/device-face';
import { userFault } from '@skerry/shared/base/fault';
import type { Model } from '@skerry/shared/metamodel/model';
import type { DeviceActor } from './device-actor.ts';
import type { Step, SyncExpectation } from './scenario.ts';
import { memberValues, type NamedObjects, objectOf, readable, variablesOf } from './values.ts';

/** Code of every expectation that does not hold: the run goes on and ends with exit code 1. */
export const UNEXPECTED = 'scenario/unexpected';
const unexpected = (message: string) => userFault(UNEXPECTED, message);

type ExpectStep = Extract<Step, { readonly do: 'expect' }>;

/** @returns what was found, for people @throws Fault `scenario/unexpected` */
export async function expectOnDevice(actor: DeviceActor, step: ExpectStep, names: NamedObjects): Promise<string> {
  const found: string[] = [];
  if (step.pending !== undefined || step.inbox !== undefined || step.bundleVersion !== undefined) {
    const status = await actor.device.status();
    for (const key of ['pending', 'inbox', 'bundleVersion'] as const) {
      if (step[key] === undefined) continue;
      if (status[key] !== step[key]) throw unexpected(`${key} is ${status[key]}, not ${step[key]}.`);
      found.push(`${key} ${status[key]}`);
    }
  }
  if (step.entity !== undefined || step.object !== undefined) found.push(await expectObjects(actor, step, names));
  return found.join(', ');
}

export function expectResult(result: SyncResult, expected: SyncExpectation): void {
  for (const [key, wanted] of Object.entries(expected)) {
    const value = result[key as keyof SyncExpectation & keyof SyncResult];
    const is = key === 'failure' ? result.failure?.code : Array.isArray(value) ? value.length : value;
    if (is === wanted) continue;
    const why = result.failure ? ` ${result.failure.code}: ${result.failure.message}` : refusals(result);
    throw unexpected(`${key} of the synchronisation is ${String(is)}, not ${String(wanted)}.${why}`);
  }
}

/** Objects of an entity that its user sees on a device. */
export async function findOn(
  actor: DeviceActor,
  entity: string,
  constraint: string,
  names: NamedObjects,
): Promise<readonly ObjectSnapshot[]> {
  const source = { kind: 'database' as const, entity, constraint, sort: [] };
  const { objects, failure } = await actor.device.retrieve({ source, variables: mentioned(constraint, names) });
  if (failure) throw userFault(failure.code, failure.message);
  return objects;
}

async function expectObjects(actor: DeviceActor, step: ExpectStep, names: NamedObjects): Promise<string> {
  const { model } = await actor.bundle();
  const objects =
    step.object === undefined
      ? await findOn(actor, step.entity ?? '', step.constraint ?? '', names)
      : await actor.device.load([objectOf(step.object, names).id]);
  const what = step.object ?? `${step.entity}${step.constraint ?? ''}`;
  if (step.count !== undefined && objects.length !== step.count) {
    throw unexpected(`${what}: ${objects.length} on ${actor.name}, not ${step.count}.`);
  }
  const asksMore = step.values !== undefined || step.withheld !== undefined || step.fileBytes !== undefined;
  if (asksMore && objects.length === 0) throw unexpected(`${what} is not on ${actor.name}.`);
  for (const object of objects) {
    expectValues(model, object, step, names, what);
    if (step.fileBytes !== undefined) {
      const file = await actor.device.file(object.id);
      const bytes = file?.body.length ?? 0;
      if (bytes !== step.fileBytes)
        throw unexpected(`${what}: its file has ${bytes} bytes here, not ${step.fileBytes}.`);
    }
  }
  return `${objects.length} × ${what}`;
}

function expectValues(model: Model, object: ObjectSnapshot, step: ExpectStep, names: NamedObjects, what: string): void {
  for (const [member, wanted] of Object.entries(memberValues(model, object.entity, step.values ?? {}, names))) {
    const value = Object.hasOwn(object.sets, member) ? object.sets[member] : object.values[member];
    if (value === undefined) throw unexpected(`${what}: ${member} is withheld.`);
    if (isSame(value, wanted)) continue;
    const [is, should] = [value, wanted].map((one) => readable(model, object.entity, member, one));
    throw unexpected(`${what}: ${member} is ${is}, not ${should}.`);
  }
  for (const member of step.withheld ?? []) {
    if (Object.hasOwn(object.values, member) || Object.hasOwn(object.sets, member)) {
      throw unexpected(`${what}: ${member} is not withheld.`);
    }
  }
}

const byText = (a: unknown, b: unknown) => (String(a) < String(b) ? -1 : 1);

function isSame(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown) => JSON.stringify(Array.isArray(value) ? value.toSorted(byText) : value);
  return sorted(a) === sorted(b);
}

/** Only those that the text names: one whose entity the device does not know must not stand in the way. */
function mentioned(constraint: string, names: NamedObjects) {
  const used = new Map([...names].filter(([name]) => new RegExp(`\\$${name}(?![\\w-])`).test(constraint)));
  return variablesOf(used);
}

function refusals({ rejected, parked }: SyncResult): string {
  return [...rejected.map(({ code, message }) => ` rejected ${code}: ${message}`), ...parked.map(() => ' parked')].join(
    '',
  );
}
