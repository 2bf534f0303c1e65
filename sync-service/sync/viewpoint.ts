import type { Cell } from '@skerry/shared/base/cell';
import { userFault } from '@skerry/shared/base/fault';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { BindingEnvironment } from '@skerry/shared/constraint/bind-values';
import { type CellType, fromCell } from '@skerry/shared/expression/convert';
import type { Session, ZoneTransitions } from '@skerry/shared/expression/session';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import { zoneTransitions } from '@skerry/shared/expression/zone-from-intl';
import type { AttributeType } from '@skerry/shared/metamodel/entity';
import type { User } from '../auth/index.ts';
import type { Sql } from '../base/sql.ts';
import type { ActiveModel } from '../releases/index.ts';
import { readObject, targetsOf } from './object-rows.ts';

/** From where data is looked at: a user in a place at a moment, under the active model. */
export interface Viewpoint {
  readonly model: ActiveModel;
  readonly user: User;
  readonly environment: BindingEnvironment;
}

export interface Place {
  readonly zone: string;
  readonly locale: string;
  readonly firstDayOfWeek: number;
}

export const NO_PLACE: Place = { zone: 'UTC', locale: 'en', firstDayOfWeek: 1 };

/** Reads the user's own object beforehand, since constraints ask for its members at once. */
export async function viewpointOf(
  sql: Sql,
  model: ActiveModel,
  user: User,
  place: Place,
  nowMs: number,
): Promise<Viewpoint> {
  const own = await ownObject(sql, model, user);
  const session: Session = {
    user: user.id,
    userEntity: user.entity,
    roles: user.roles.map((role) => role.id),
    zone: place.zone,
    transitions: transitionsOf(place.zone),
    locale: place.locale,
    firstDayOfWeek: place.firstDayOfWeek,
    now: nowMs,
  };
  return { model, user, environment: environmentOf(model, user, own, session) };
}

/** The same viewpoint at another moment. */
export function atMoment(viewpoint: Viewpoint, nowMs: number): Viewpoint {
  const { environment } = viewpoint;
  return { ...viewpoint, environment: { ...environment, session: { ...environment.session, now: nowMs } } };
}

interface OwnObject {
  readonly cells: { readonly [member: string]: Cell };
  readonly sets: ReadonlyMap<string, readonly ObjectId[]>;
}

async function ownObject(sql: Sql, model: ActiveModel, user: User): Promise<OwnObject> {
  const info = model.entities.get(user.entityId);
  const stored = info ? await readObject(sql, info, user.id) : null;
  const sets = new Map<string, readonly ObjectId[]>();
  for (const [association, set] of info?.sets ?? []) sets.set(association, await targetsOf(sql, set.table, user.id));
  return { cells: stored?.cells ?? {}, sets };
}

function environmentOf(model: ActiveModel, user: User, own: OwnObject, session: Session): BindingEnvironment {
  const { view } = model;
  const self: ObjectValue = { kind: 'object', entity: user.entity, id: user.id };
  const objectOf = (entity: string, id: ObjectId): ObjectValue => ({ kind: 'object', entity, id });
  return {
    session,
    variable: (name) => (name === 'currentUser' ? self : undefined),
    read(object, member) {
      const found = object.id === user.id ? view.attributes(user.entity).get(member) : undefined;
      return found ? fromCell(own.cells[found.id] ?? null, found.type as CellType & AttributeType) : null;
    },
    follow(object, association): Value {
      const end = object.id === user.id ? view.step(user.entity, association) : undefined;
      if (end?.direction !== 'forward') return null;
      const far = end.far;
      const reference = own.cells[end.id];
      if (typeof reference === 'string') return objectOf(far, reference as ObjectId);
      return { kind: 'list', entity: far, items: (own.sets.get(end.id) ?? []).map((id) => objectOf(far, id)) };
    },
    constant: (name) => constantOf(model, name),
    isA: (entity, ancestor) => view.isA(entity, ancestor),
    zone: (name) => zoneTransitionsCached(name) ?? undefined,
  };
}

export function constantOf(model: ActiveModel, name: string): Value {
  const content = model.model.find('constant', name)?.content;
  if (!content) return null;
  const { type, value } = content;
  switch (type) {
    case 'Integer':
      return Number(value);
    case 'Boolean':
      return value === 'true';
    case 'Long':
    case 'Decimal':
      return fromCell(value, { kind: type });
    case 'DateTime':
      return { kind: 'dateTime', ms: Date.parse(value) };
    default:
      return value;
  }
}

const zones = new Map<string, ZoneTransitions | null>();

function zoneTransitionsCached(zone: string): ZoneTransitions | null {
  let found = zones.get(zone);
  if (found === undefined) {
    found = zoneTransitions(zone);
    if (zones.size < 1000) zones.set(zone, found);
  }
  return found;
}

function transitionsOf(zone: string): ZoneTransitions {
  const found = zoneTransitionsCached(zone);
  if (found) return found;
  throw userFault('request/unknown-zone', `The time zone ${zone.slice(0, 60)} is not known here. Send an IANA name.`);
}
