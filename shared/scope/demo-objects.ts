import type { Cell } from '../base/cell.ts';
import type { ElementId, ObjectId } from '../base/ids.ts';
import type { BindingEnvironment } from '../constraint/bind-values.ts';
import type { ObjectReader } from '../constraint/to-predicate.ts';
import { fromCell } from '../expression/convert.ts';
import type { Session, ZoneTransitions } from '../expression/session.ts';
import { userRoleObjectId } from '../expression/user-role.ts';
import type { ListValue, ObjectValue, Value } from '../expression/value.ts';
import { type DomainView, domainView } from '../metamodel/domain-view.ts';
import type { Model } from '../metamodel/model.ts';
import type { DemoObject } from '../relational/demo-data.ts';

/** Demo objects as both languages look at them, the objects of user roles included. */
export interface DemoObjects extends ObjectReader {
  readonly all: ReadonlyMap<ObjectId, DemoObject>;
  /** Objects of the entity and its specialisations. */
  of(entity: string): readonly DemoObject[];
}

export function demoObjects(model: Model, objects: readonly DemoObject[]): DemoObjects {
  const view = domainView(model);
  const all = new Map<ObjectId, DemoObject>();
  for (const object of [...objects, ...roleObjects(view)]) all.set(object.id, object);
  const forward = new Map<string, ObjectId[]>();
  const reverse = new Map<string, ObjectId[]>();
  const link = (association: string, from: ObjectId, to: ObjectId) => {
    push(forward, `${from} ${association}`, to);
    push(reverse, `${to} ${association}`, from);
  };
  const userRoles = demoUserRoles(view);
  for (const object of all.values()) {
    for (const end of view.owned(object.entity)) {
      const target = object.cells[end.id];
      if (typeof target === 'string') link(end.id, object.id, target as ObjectId);
      for (const id of object.links[end.id] ?? []) link(end.id, object.id, id);
    }
    for (const role of userRoles.targets.get(object.id) ?? []) link(userRoles.association, object.id, role);
  }
  const none: readonly ObjectId[] = [];
  return {
    all,
    of: (entity) => [...all.values()].filter((object) => view.isA(object.entity, entity)),
    entityOf: (id) => {
      const object = all.get(id);
      return object && view.entity(object.entity)?.id;
    },
    cell: (id, member): Cell => all.get(id)?.cells[member] ?? null,
    reach: (id, association, direction) =>
      (direction === 'forward' ? forward : reverse).get(`${id} ${association}`) ?? none,
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function roleObjects(view: DomainView): readonly DemoObject[] {
  const name = view.attributes('System.UserRole').get('Name')?.id ?? '';
  return view.model.security.userRoles.map((role) => ({
    entity: 'System.UserRole',
    id: userRoleObjectId(role.id),
    cells: { [name]: role.name },
    links: {},
  }));
}

function demoUserRoles(view: DomainView): {
  association: ElementId | '';
  targets: ReadonlyMap<string, readonly ObjectId[]>;
} {
  const { userRoles, demoUsers } = view.model.security;
  const targets = new Map<string, readonly ObjectId[]>();
  for (const user of demoUsers) {
    const roles = userRoles.filter((role) => user.userRoles.includes(role.name));
    if (user.object)
      targets.set(
        user.object,
        roles.map((role) => userRoleObjectId(role.id)),
      );
  }
  return { association: view.association('System.UserRoles')?.id ?? '', targets };
}

export interface SessionSettings {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Zones by IANA name; the host makes them from Intl. */
  readonly zone: (name: string) => ZoneTransitions | undefined;
}

/** A demo user's session, as if signed in on a device. Undefined when security.json has no such user. */
export function demoSession(
  name: string,
  objects: DemoObjects,
  view: DomainView,
  settings: SessionSettings,
): Session | undefined {
  const { security, app } = view.model;
  const user = security.demoUsers.find((one) => one.name === name);
  if (!user) return undefined;
  const object = user.object ? objects.all.get(user.object as ObjectId) : undefined;
  const roles = security.userRoles.filter((role) => user.userRoles.includes(role.name)).map((role) => role.id);
  const timeZone = object?.cells[view.attributes('System.User').get('TimeZone')?.id ?? ''];
  const zone = typeof timeZone === 'string' && timeZone !== '' ? timeZone : 'UTC';
  return {
    user: object?.id ?? null,
    userEntity: object?.entity ?? 'System.User',
    roles,
    zone,
    transitions: settings.zone(zone) ?? UTC_TRANSITIONS,
    locale: app.defaultLanguage,
    firstDayOfWeek: app.languages.find((language) => language.tag === app.defaultLanguage)?.firstDayOfWeek ?? 1,
    now: settings.now,
  };
}

/** A session of nobody, for questions that ask no user. */
export function anonymousSession(view: DomainView, now: number): Session {
  const { app } = view.model;
  return {
    user: null,
    userEntity: 'System.User',
    roles: [],
    zone: 'UTC',
    transitions: UTC_TRANSITIONS,
    locale: app.defaultLanguage,
    firstDayOfWeek: app.languages[0]?.firstDayOfWeek ?? 1,
    now,
  };
}

const UTC_TRANSITIONS: ZoneTransitions = [{ fromMs: 0, offsetMs: 0 }];

/** What constraints may ask of demo data on behalf of a session. */
export function demoEnvironment(
  objects: DemoObjects,
  view: DomainView,
  session: Session,
  settings: SessionSettings,
): BindingEnvironment {
  const read = (object: ObjectValue, member: string): Value => {
    const attribute = view.attributes(object.entity).get(member);
    return attribute ? fromCell(objects.cell(object.id, attribute.id), attribute.type) : null;
  };
  const objectsWith = (id: ObjectId): ObjectValue[] => {
    const found = objects.all.get(id);
    return found ? [{ kind: 'object', entity: found.entity, id }] : [];
  };
  const follow = (object: ObjectValue, association: string): Value => {
    const end = view.step(object.entity, association);
    if (!end) return null;
    const items = [...objects.reach(object.id, end.id, end.direction)].flatMap(objectsWith);
    return end.single ? (items[0] ?? null) : ({ kind: 'list', entity: end.far, items } satisfies ListValue);
  };
  return {
    session,
    variable: (name) => (name === 'currentUser' && session.user ? (objectsWith(session.user)[0] ?? null) : undefined),
    read,
    follow,
    constant: (name) => constantValue(view.model, name),
    isA: (entity, ancestor) => view.isA(entity, ancestor),
    zone: settings.zone,
  };
}

function constantValue(model: Model, name: string): Value {
  const constant = model.find('constant', name)?.content;
  if (!constant) return null;
  switch (constant.type) {
    case 'String':
      return constant.value;
    case 'Boolean':
      return constant.value === 'true';
    case 'Integer':
      return Number(constant.value);
    case 'DateTime':
      return { kind: 'dateTime', ms: Date.parse(constant.value) };
    case 'Long':
    case 'Decimal':
      return fromCell(constant.value, { kind: constant.type });
  }
}
