import type { Json, JsonObject } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { resolveShape, type Shape, shapeAt } from '@skerry/shared/metamodel/shape';
import { elementKind } from '@skerry/shared/metamodel/walk';
import type { CommandContext } from './command.ts';
import { withFreshIds } from './fresh-ids.ts';
import { freeName, namesBeside, type TakenNames } from './names.ts';
import { isList } from './place.ts';

/** An element that is to stand in a list of a document, with the shape of the list's items. */
export interface Pasted {
  readonly list: string;
  readonly value: Json;
  readonly shape: Shape | undefined;
}

export interface Copies {
  readonly values: readonly Json[];
  /** New ids by the old ones. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Copies with ids and names of their own, free in the document; what they say of each other is said of the copies. */
export function freshCopies(
  { model, random }: CommandContext,
  document: string,
  content: JsonObject,
  pasted: readonly Pasted[],
): Copies {
  const taken = new Map<string, TakenNames>();
  const renamed = new Map<string, string>();
  const free = (kind: string, name: string) => {
    let names = taken.get(kind);
    if (!names) {
      names = namesBeside(model, document, content, kind);
      taken.set(kind, names);
    }
    const made = freeName(name, names);
    if (kind === 'widget') renamed.set(name, made);
    return made;
  };
  const fresh = withFreshIds(
    pasted.map(({ value }) => value),
    pasted.map(({ shape }) => shape),
    random,
  );
  const named = fresh.values.map((value, i) => rename(value, pasted[i]?.shape, pasted[i]?.list ?? '', free));
  return { values: named.map((value, i) => follow(value, pasted[i]?.shape, renamed)), ids: fresh.ids };
}

function rename(
  value: Json,
  shape: Shape | undefined,
  list: string,
  free: (kind: string, name: string) => string,
): Json {
  if (isList(value))
    return value.map((item) => rename(item, shape?.kind === 'list' ? shape.item : undefined, list, free));
  if (!isObject(value)) return value;
  const resolved = resolveShape(shape, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const below = shapeAt(resolved, key);
      if (inner === undefined || !below) return [key, inner];
      const isName = below.kind === 'leaf' && below.role?.kind === 'name' && typeof inner === 'string';
      return [key, isName ? free(elementKind(list), inner) : rename(inner, below, key, free)];
    }),
  );
}

function follow(value: Json, shape: Shape | undefined, renamed: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') {
    const isWidget = shape?.kind === 'leaf' && shape.role?.kind === 'nameOf' && shape.role.to === 'widget';
    return isWidget ? (renamed.get(value) ?? value) : value;
  }
  if (isList(value)) return value.map((item) => follow(item, shape?.kind === 'list' ? shape.item : undefined, renamed));
  if (!isObject(value)) return value;
  const resolved = resolveShape(shape, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const below = shapeAt(resolved, key);
      return [key, inner === undefined || !below ? inner : follow(inner, below, renamed)];
    }),
  );
}
