import type { Cell } from '@skerry/shared/base/cell';
import type { AppRules, EntityRules } from './app-rules.ts';
import { type Held, type State, targetsOf } from './objects.ts';
import { eyesOf, type Viewer } from './rights.ts';

/** One committed state of the world as the service served it. */
export interface Snapshot {
  /** Counts committed batches: never goes back. */
  readonly index: number;
  readonly state: State;
  /** The service's release. */
  readonly rules: AppRules;
  readonly now: number;
  /** Highest sequence of each device in the state. */
  readonly covers: ReadonlyMap<string, number>;
}

/** What a device may hold of one object. */
export interface Cut {
  readonly id: string;
  readonly entity: string;
  readonly rev: number;
  readonly read: ReadonlySet<string>;
  readonly write: ReadonlySet<string>;
  readonly delete: boolean;
  /** Readable ones of `columns`. */
  readonly cells: { readonly [member: string]: Cell };
  readonly links: { readonly [association: string]: readonly string[] };
}

export interface Shape {
  /** Members with a cell on the device, and sets whose links stand there. */
  readonly columns: ReadonlySet<string>;
  readonly sets: ReadonlySet<string>;
}

/** What a profile's devices have room for, entity by entity: the members that some role may read. */
export function shapesOf(bundle: AppRules, profile: string): ReadonlyMap<string, Shape> {
  const scoped = bundle.profiles.get(profile) ?? new Map<string, null>();
  const holds = (entity: string) => [...scoped.keys()].some((name) => bundle.isA(name, entity) || name === entity);
  const shapes = new Map<string, Shape>();
  for (const name of scoped.keys()) {
    const entity = bundle.entities.get(name);
    if (!entity) continue;
    const isReadable = (member: string) => entity.access.some((one) => one.roles.size > 0 && one.read.has(member));
    const links = entity.associations.filter((one) => holds(one.to) && isReadable(one.id));
    shapes.set(name, {
      columns: new Set([
        ...[...entity.attributes.values()]
          .filter((one) => one.type !== 'HashedString' && isReadable(one.id))
          .map((one) => one.id),
        ...links.filter((one) => !one.isSet).map((one) => one.id),
      ]),
      sets: new Set(links.filter((one) => one.isSet).map((one) => one.id)),
    });
  }
  return shapes;
}

/** scope(server state, its user), cells and all (design 6.5), for a device that runs `bundle`. */
export function scopeOf(snapshot: Snapshot, bundle: AppRules, profile: string, user: string): ReadonlyMap<string, Cut> {
  const { rules, state, now } = snapshot;
  const viewer: Viewer = { user, now };
  const eyes = eyesOf(rules, state, viewer);
  const scoped = bundle.profiles.get(profile) ?? new Map<string, null>();
  const shapes = shapesOf(bundle, profile);
  const cuts = new Map<string, Cut>();
  for (const object of state.values()) {
    const shape = shapes.get(object.entity);
    const constraint = scoped.get(object.entity);
    if (!shape || constraint === undefined || !eyes.holds(constraint, object.id)) continue;
    const accesses = eyes.accesses(object.id);
    if (!accesses.some((one) => one.read.size > 0)) continue;
    cuts.set(object.id, cut(object, shape, accesses));
  }
  return cuts;
}

function cut(object: Held, shape: Shape, accesses: readonly EntityRules['access'][number][]): Cut {
  const onDevice = (member: string) => shape.columns.has(member) || shape.sets.has(member);
  const read = new Set(accesses.flatMap((one) => [...one.read]).filter(onDevice));
  const pick = <T>(members: ReadonlySet<string>, value: (member: string) => T) =>
    Object.fromEntries([...members].filter((member) => read.has(member)).map((member) => [member, value(member)]));
  return {
    id: object.id,
    entity: object.entity,
    rev: object.rev,
    read,
    write: new Set(accesses.flatMap((one) => [...one.write]).filter(onDevice)),
    delete: accesses.some((one) => one.delete),
    cells: pick(shape.columns, (member) => object.cells[member] ?? null),
    links: pick(shape.sets, (association) => [...targetsOf(object, association)].sort()),
  };
}
