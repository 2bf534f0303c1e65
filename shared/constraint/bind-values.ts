import type { Cell } from '../base/cell.ts';
import type { ObjectId } from '../base/ids.ts';
import { toCell } from '../expression/convert.ts';
import type { EvaluationEnvironment } from '../expression/environment.ts';
import { partsOf, toWallClock, UTC } from '../expression/local-time.ts';
import { momentOf } from '../expression/moment.ts';
import type { ObjectValue, Value } from '../expression/value.ts';
import type { ResolvedObjects, ResolvedValue, VariableStep } from './resolved.ts';

/** What a constraint asks of its surroundings; an EvaluationEnvironment is one. */
export type BindingEnvironment = Pick<
  EvaluationEnvironment,
  'session' | 'variable' | 'read' | 'follow' | 'constant' | 'isA' | 'zone'
>;

/** A value that does not depend on any object; over associations of a variable there may be several. */
export type Bound =
  | { readonly kind: 'one'; readonly cell: Cell }
  | { readonly kind: 'many'; readonly cells: readonly Cell[] };

/** Null when the value is read from an object and so cannot be bound beforehand. */
export function bindValue(value: ResolvedValue, environment: BindingEnvironment): Bound | null {
  switch (value.kind) {
    case 'member':
      return null;
    case 'literal':
      return one(value.value);
    case 'moment':
      return one(momentOf(value.token, value.terms, environment.session, value.wallClock));
    case 'constant':
      return one(toCell(environment.constant(value.name)));
    case 'variable':
      return bindVariable(value, environment);
    case 'length':
      return mapBound(bindValue(value.value, environment), (cell) => codePoints(cell as string));
    case 'datePart': {
      const zone = zoneOf(value.zone, environment);
      return mapBound(bindValue(value.value, environment), (cell) =>
        zone ? partsOf(toWallClock(cell as number, zone))[value.part] : null,
      );
    }
  }
}

/** Ids of objects that do not depend on the context object; null for those that do. */
export function bindObjects(objects: ResolvedObjects, environment: BindingEnvironment): readonly ObjectId[] | null {
  switch (objects.kind) {
    case 'objects':
      return null;
    case 'object':
      return [objects.id];
    case 'user':
      return environment.session.user === null ? [] : [environment.session.user];
    case 'variable':
      return follow(environment.variable(objects.name) ?? null, objects.steps, environment).map((object) => object.id);
  }
}

/** Undefined when the host does not know the zone: what is computed in it is then empty. */
export function zoneOf(zone: string | null, environment: BindingEnvironment) {
  if (zone === null || zone === environment.session.zone) return environment.session.transitions;
  return zone === 'UTC' ? UTC : environment.zone?.(zone);
}

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function one(cell: Cell): Bound {
  return { kind: 'one', cell };
}

function mapBound(bound: Bound | null, map: (cell: Cell) => Cell): Bound | null {
  if (!bound) return null;
  const apply = (cell: Cell) => (cell === null ? null : map(cell));
  return bound.kind === 'one' ? one(apply(bound.cell)) : { kind: 'many', cells: bound.cells.map(apply) };
}

function bindVariable(value: Extract<ResolvedValue, { kind: 'variable' }>, environment: BindingEnvironment): Bound {
  const start = environment.variable(value.name) ?? null;
  const { member } = value;
  if (!member) return one(toCell(start));
  const read = (object: ObjectValue) => toCell(environment.read(object, member.name));
  if (value.steps.length > 0) return { kind: 'many', cells: follow(start, value.steps, environment).map(read) };
  return one(isObject(start) ? read(start) : null);
}

function follow(start: Value, steps: readonly VariableStep[], environment: BindingEnvironment): ObjectValue[] {
  let objects = objectsOf(start);
  for (const { association, entity } of steps) {
    const reached = objects.flatMap((object) => objectsOf(environment.follow(object, association)));
    objects = reached.filter((object) => environment.isA(object.entity, entity));
  }
  return objects;
}

function objectsOf(value: Value): ObjectValue[] {
  if (isObject(value)) return [value];
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'list'
    ? [...value.items]
    : [];
}

function isObject(value: Value): value is ObjectValue {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'object';
}
