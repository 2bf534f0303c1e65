import type { Json, JsonObject } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { newElementId, type RandomBytes } from '@skerry/shared/metamodel/ids';
import { resolveShape, type Shape, shapeAt } from '@skerry/shared/metamodel/shape';
import { isList } from './place.ts';

/** Values in which every element has an id of its own, and the pointers among them follow. */
export interface Renewed {
  readonly values: readonly Json[];
  /** New ids by the ones that stood there. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Gives new ids to all elements of some values of one shape; those without an id get one where the shape wants it. */
export function withFreshIds(
  values: readonly Json[],
  shapes: readonly (Shape | undefined)[],
  random: RandomBytes,
): Renewed {
  const ids = new Map<string, string>();
  const named = values.map((value, i) => renew(value, shapes[i], random, ids));
  return { values: named.map((value, i) => follow(value, shapes[i], '', ids)), ids };
}

function renew(value: Json, shape: Shape | undefined, random: RandomBytes, ids: Map<string, string>): Json {
  if (isList(value))
    return value.map((item) => renew(item, shape?.kind === 'list' ? shape.item : undefined, random, ids));
  if (!isObject(value)) return value;
  const resolved = resolveShape(shape, value);
  const entries = Object.entries(value).map(([key, inner]): [string, Json | undefined] => {
    const below = shapeAt(resolved, key);
    return [key, inner === undefined || !below ? inner : renew(inner, below, random, ids)];
  });
  const renewed = new Map(entries);
  if (resolved?.kind === 'object' && isIdentity(shapeAt(resolved, 'id'))) {
    const id = newElementId(random);
    if (typeof value.id === 'string') ids.set(value.id, id);
    renewed.set('id', id);
  }
  return Object.fromEntries(renewed);
}

function follow(value: Json, shape: Shape | undefined, key: string, ids: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return key !== 'id' && isIdentity(shape) ? (ids.get(value) ?? value) : value;
  if (isList(value))
    return value.map((item) => follow(item, shape?.kind === 'list' ? shape.item : undefined, key, ids));
  if (!isObject(value)) return value;
  const resolved = resolveShape(shape, value);
  return Object.fromEntries(
    Object.entries(value).map(([inner, below]) => {
      const known = shapeAt(resolved, inner);
      return [inner, below === undefined || !known ? below : follow(below, known, inner, ids)];
    }),
  ) satisfies JsonObject;
}

function isIdentity(shape: Shape | undefined): boolean {
  return shape?.kind === 'leaf' && shape.role?.kind === 'id';
}
