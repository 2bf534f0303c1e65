import type { PlainValue } from '@skerry/runtime/engine/device-face';
import type { Cell } from '@skerry/shared/base/cell';
import { userFault } from '@skerry/shared/base/fault';
import type { ObjectId } from '@skerry/shared/base/ids';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import { objectName } from './read-scenario.ts';
import type { Value } from './scenario.ts';

/** An object that a step has named. */
export interface NamedObject {
  readonly id: ObjectId;
  /** Qualified name of its entity. */
  readonly entity: string;
}
export type NamedObjects = ReadonlyMap<string, NamedObject>;
export type Values = { readonly [member: string]: Value };

const NO_NAMES: NamedObjects = new Map();
const wrong = (member: string, message: string) => userFault('scenario/wrong-value', `${member}: ${message}`);

/**
 * What a scenario gives a member of an entity, as devices and service keep it: moments as epoch milliseconds,
 * enumeration values by id, `$name` as the object's id.
 *
 * @throws Fault `scenario/wrong-value`, `scenario/unknown-name`
 */
export function memberValue(
  model: Model,
  entity: string,
  member: string,
  value: Value,
  names: NamedObjects = NO_NAMES,
): Cell | readonly ObjectId[] {
  if (Array.isArray(value)) return value.map((one) => objectOf(one, names).id);
  const name = typeof value === 'string' ? objectName(value) : null;
  if (name !== null) return objectOf(name, names).id;
  if (typeof value !== 'string') return value as Cell;
  const text = value.startsWith('$$') ? value.slice(1) : value;
  const type = domainView(model).attributes(entity).get(member)?.type;
  if (type?.kind === 'DateTime') return momentMs(member, text);
  if (type?.kind === 'Enumeration') return enumerationValue(model, type.enumeration, member, text);
  return text;
}

/** All of them; see `memberValue`. */
export function memberValues(model: Model, entity: string, values: Values, names: NamedObjects) {
  return Object.fromEntries(
    Object.entries(values).map(([member, value]) => [member, memberValue(model, entity, member, value, names)]),
  );
}

/** An argument of a flow. */
export function argumentOf(value: Value, names: NamedObjects): PlainValue {
  if (Array.isArray(value)) {
    const objects = value.map((one) => objectOf(one, names));
    return { kind: 'list', entity: objects[0]?.entity ?? '', ids: objects.map(({ id }) => id) };
  }
  const name = typeof value === 'string' ? objectName(value) : null;
  if (name !== null) return { kind: 'object', ...objectOf(name, names) };
  return {
    kind: 'cell',
    value: typeof value === 'string' && value.startsWith('$$') ? value.slice(1) : (value as Cell),
  };
}

/** Named objects as variables of constraints: `[Field.Finding_Inspection = $visit]`. */
export function variablesOf(names: NamedObjects): { readonly [name: string]: PlainValue } {
  return Object.fromEntries([...names].map(([name, object]) => [name, { kind: 'object', ...object } as const]));
}

/** @param name with or without its dollar sign */
export function objectOf(name: string, names: NamedObjects): NamedObject {
  const found = names.get(name.replace(/^\$/, ''));
  if (!found) throw userFault('scenario/unknown-name', `No object has been named ${name} yet.`);
  return found;
}

/** A value as people read it: the other way round. */
export function readable(model: Model, entity: string, member: string, value: unknown): string {
  const type = domainView(model).attributes(entity).get(member)?.type;
  if (type?.kind === 'DateTime' && typeof value === 'number') return new Date(value).toISOString();
  if (type?.kind === 'Enumeration' && typeof value === 'string') {
    const values = model.find('enumeration', type.enumeration)?.content.values ?? [];
    return values.find(({ id }) => id === value)?.name ?? value;
  }
  return JSON.stringify(value ?? null);
}

function momentMs(member: string, text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw wrong(member, `"${text}" is no moment, as in 2026-11-23T07:00:00Z.`);
  return ms;
}

function enumerationValue(model: Model, enumeration: string, member: string, text: string): string {
  const values = model.find('enumeration', enumeration)?.content.values ?? [];
  const found = values.find(({ name }) => name === text);
  if (found) return found.id;
  throw wrong(member, `${enumeration} has no value ${text}. Values: ${values.map(({ name }) => name).join(', ')}.`);
}
