/** The small app of fixtures/language: its model, its objects, and the surroundings in which cases are evaluated. */
import { readFileSync } from 'node:fs';
import type { Cell } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { JsonObject } from '@skerry/shared/base/json';
import type { ObjectReader } from '@skerry/shared/constraint/to-predicate';
import { type CellType, fromCell } from '@skerry/shared/expression/convert';
import type { EvaluationEnvironment } from '@skerry/shared/expression/environment';
import type { Session } from '@skerry/shared/expression/session';
import type { Type } from '@skerry/shared/expression/type';
import { userRoleObjectId } from '@skerry/shared/expression/user-role';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import { zoneTransitions } from '@skerry/shared/expression/zone-from-intl';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { readModel } from '@skerry/shared/metamodel/model';

const folder = new URL('../../fixtures/language/', import.meta.url);

export function readFixture<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as T;
}

const documents = readFixture<{ [path: string]: JsonObject }>('model/documents.json');
export const model = readModel(new Map(Object.entries(documents)));
export const view = domainView(model);

interface FixtureObject {
  readonly key: string;
  readonly id: ObjectId;
  readonly entity: string;
  readonly members: { readonly [name: string]: Cell };
  readonly links: { readonly [association: string]: readonly string[] };
}

export const objects = readFixture<{ objects: FixtureObject[] }>('model/data.json').objects;
const byKey = new Map(objects.map((object) => [object.key, object]));
const byId = new Map<string, FixtureObject>(objects.map((object) => [object.id, object]));

/** @param key of an object, or `role` and the name of a user role */
export function idOf(key: string): ObjectId {
  if (key.startsWith('role')) {
    const role = model.security.userRoles.find(({ name }) => name === key.slice(4));
    if (role) return userRoleObjectId(role.id);
  }
  const object = byKey.get(key);
  if (!object) throw new Error(`no object "${key}" in the fixture`);
  return object.id;
}

export function keyOf(id: string): string {
  return byId.get(id)?.key ?? id;
}

/** An object as rows and memory hold it: cells by member id, links by association id. */
export interface Row {
  readonly id: ObjectId;
  readonly entity: string;
  readonly entityId: ElementId;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly links: ReadonlyMap<string, readonly ObjectId[]>;
}

export const rows: readonly Row[] = objects.map((object) => {
  const attributes = view.attributes(object.entity);
  const cells = new Map<string, Cell>();
  for (const attribute of attributes.values()) {
    const given = object.members[attribute.name] ?? null;
    const { type } = attribute;
    const cell = type.kind === 'Enumeration' && given !== null ? valueId(type.enumeration, given as string) : given;
    cells.set(attribute.id, cell);
  }
  const links = new Map(
    view.owned(object.entity).map((end) => [end.id as string, (object.links[end.name] ?? []).map(idOf)]),
  );
  return { id: object.id, entity: object.entity, entityId: view.entity(object.entity)!.id, cells, links };
});

function valueId(enumeration: string, name: string): ElementId {
  return model.find('enumeration', enumeration)!.content.values.find((value) => value.name === name)!.id;
}

/** Reads rows in memory, as a device's or service's store would. */
export function readerOf(all: readonly Row[]): ObjectReader & { readonly rows: ReadonlyMap<string, Row> } {
  const index = new Map<string, Row>(all.map((row) => [row.id, row]));
  const back = new Map<string, ObjectId[]>();
  for (const row of all) {
    for (const [association, targets] of row.links) {
      for (const target of targets) {
        const key = `${association} ${target}`;
        back.set(key, [...(back.get(key) ?? []), row.id]);
      }
    }
  }
  return {
    rows: index,
    entityOf: (id) => index.get(id)?.entityId,
    cell: (id, memberId) => index.get(id)?.cells.get(memberId) ?? null,
    reach: (id, association, direction) =>
      direction === 'forward'
        ? (index.get(id)?.links.get(association) ?? [])
        : (back.get(`${association} ${id}`) ?? []),
  };
}

export interface SessionShape {
  readonly user?: string | null;
  readonly zone?: string;
  readonly locale?: string;
  readonly firstDayOfWeek?: number;
  readonly now?: string;
}

const zones = new Map<string, ReturnType<typeof zoneTransitions>>();
function transitionsOf(zone: string) {
  if (!zones.has(zone)) zones.set(zone, zoneTransitions(zone));
  return zones.get(zone) ?? undefined;
}

export function sessionOf(shape: SessionShape = {}): Session {
  const zone = shape.zone ?? 'Europe/Amsterdam';
  return {
    user: shape.user === null ? null : idOf(shape.user ?? 'una'),
    userEntity: 'L.Account',
    roles: [],
    zone,
    transitions: transitionsOf(zone)!,
    locale: shape.locale ?? 'en',
    firstDayOfWeek: shape.firstDayOfWeek ?? 1,
    now: Date.parse(shape.now ?? '2026-06-15T10:30:00Z'),
  };
}

/** A variable of a case: `type` as in `String`, `L.Person`, `List L.Person`, `Enumeration L.Level`; objects by key. */
export interface VariableShape {
  readonly type: string;
  readonly value: Cell | readonly string[];
}

export function typeOf(text: string): Type {
  if (text.startsWith('List ')) return { kind: 'List', entity: text.slice(5) };
  if (text.startsWith('Enumeration ')) return { kind: 'Enumeration', enumeration: text.slice(12) };
  return text.includes('.') ? { kind: 'Object', entity: text } : ({ kind: text } as Type);
}

export function objectValue(key: string): ObjectValue {
  return { kind: 'object', entity: byKey.get(key)!.entity, id: idOf(key) };
}

function variableValue({ type: text, value }: VariableShape): Value {
  const type = typeOf(text);
  if (value === null) return null;
  if (type.kind === 'List') return { kind: 'list', entity: type.entity, items: (value as string[]).map(objectValue) };
  if (type.kind === 'Object') return objectValue(value as string);
  if (type.kind === 'Enumeration')
    return { kind: 'enumeration', enumeration: type.enumeration, value: valueId(type.enumeration, value as string) };
  const cell = type.kind === 'DateTime' ? Date.parse(value as string) : (value as Cell);
  return fromCell(cell, type as CellType);
}

export interface Surroundings {
  readonly session?: SessionShape;
  readonly variables?: { readonly [name: string]: VariableShape };
}

export function variableTypes(surroundings: Surroundings): Map<string, Type> {
  return new Map<string, Type>([
    ['currentUser', { kind: 'Object', entity: 'L.Account' }],
    ...Object.entries(surroundings.variables ?? {}).map(([name, shape]): [string, Type] => [name, typeOf(shape.type)]),
  ]);
}

/** Everything an evaluation may ask, answered from the fixture. */
export function environmentOf(surroundings: Surroundings): EvaluationEnvironment {
  const session = sessionOf(surroundings.session);
  const reader = readerOf(rows);
  const variables = new Map(
    Object.entries(surroundings.variables ?? {}).map(([name, shape]) => [name, variableValue(shape)]),
  );
  if (!variables.has('currentUser'))
    variables.set('currentUser', session.user === null ? null : objectValue(keyOf(session.user)));
  const toObject = (id: ObjectId): ObjectValue => ({
    kind: 'object',
    entity: reader.rows.get(id)?.entity ?? 'System.UserRole',
    id,
  });
  return {
    session,
    variable: (name) => variables.get(name),
    read(object, name) {
      const attribute = view.attributes(object.entity).get(name)!;
      return fromCell(reader.cell(object.id, attribute.id), attribute.type);
    },
    follow(object, association) {
      const end = view.step(object.entity, association);
      if (!end) return null;
      const reached = [...reader.reach(object.id, end.id, end.direction)].map(toObject);
      return end.single ? (reached[0] ?? null) : { kind: 'list', entity: end.far, items: reached };
    },
    constant(name) {
      const { type, value } = model.find('constant', name)!.content;
      return fromCell(constantCell(type, value), { kind: type });
    },
    enumeration: (name) => model.find('enumeration', name)?.content,
    isA: (entity, ancestor) => view.isA(entity, ancestor),
    status: (object, status) =>
      status === 'isSyncing'
        ? object === null
        : status === 'isNew'
          ? object?.id === idOf('gus')
          : status === 'isSynced',
    userRole: (name) => model.security.userRoles.find((role) => role.name === name)?.id,
    random: () => 0.123456789,
    zone: transitionsOf,
  };
}

function constantCell(type: string, value: string): Cell {
  if (type === 'Integer') return Number(value);
  if (type === 'Boolean') return value === 'true';
  return type === 'DateTime' ? Date.parse(value) : value;
}
