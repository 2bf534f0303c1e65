import { equalJson, type Json, type JsonObject } from '../../base/json.ts';
import { isObject } from '../../metamodel/canonical.ts';
import { elementList } from '../../metamodel/change/element-list.ts';
import type { Side, Versions } from './conflict.ts';
import { mergeOrder } from './merge-order.ts';

/** Something at `path` that both sides changed differently. */
export interface Clash {
  readonly code: 'merge/both-changed' | 'merge/changed-and-removed';
  readonly path: readonly string[];
  readonly versions: Versions<Json | undefined>;
}

export interface ValueMerge {
  /** Which side stands where both changed the same. */
  readonly keep: Side;
  readonly clashes: Clash[];
}

/**
 * Three versions of a value as one: whatever only one side touched is taken from that side; objects are merged key by
 * key, lists of elements by their ids, and everything else is one value.
 */
export function mergeValue(
  versions: Versions<Json | undefined>,
  path: readonly string[],
  merge: ValueMerge,
): Json | undefined {
  const { base, ours, theirs } = versions;
  // Equal values are ours, so that nothing is rewritten without need.
  if (ours === theirs || equalJson(ours, theirs) || base === theirs || equalJson(base, theirs)) return ours;
  if (base === ours || equalJson(base, ours)) return theirs;
  if (isObject(ours) && isObject(theirs) && (base === undefined || isObject(base)) && sameKind(ours, theirs))
    return mergeObject({ base: base ?? {}, ours, theirs }, path, merge);
  const [from, mine, other] = [elementList(base ?? []), elementList(ours), elementList(theirs)];
  if (from && mine && other) return mergeList({ base: from, ours: mine, theirs: other }, path, merge);
  return clash('merge/both-changed', versions, path, merge);
}

/** Alternatives of a union (a widget's source, an attribute's type) have keys of their own: never mixed. */
function sameKind(ours: JsonObject, theirs: JsonObject): boolean {
  return ours.kind === theirs.kind;
}

function clash(
  code: Clash['code'],
  versions: Versions<Json | undefined>,
  path: readonly string[],
  merge: ValueMerge,
): Json | undefined {
  merge.clashes.push({ code, path, versions });
  return versions[merge.keep];
}

function mergeObject(versions: Versions<JsonObject>, path: readonly string[], merge: ValueMerge): JsonObject {
  const { base, ours, theirs } = versions;
  const entries: [string, Json][] = [];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const inner = { base: own(base, key), ours: own(ours, key), theirs: own(theirs, key) };
    const merged = mergeValue(inner, [...path, key], merge);
    if (merged !== undefined) entries.push([key, merged]);
  }
  return Object.fromEntries(entries);
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

type Elements = ReadonlyMap<string, JsonObject>;

function mergeList(versions: Versions<Elements>, path: readonly string[], merge: ValueMerge): Json {
  const merged = new Map<string, JsonObject>();
  const ids = new Set([...versions.ours.keys(), ...versions.theirs.keys()]);
  for (const id of ids) {
    const item = mergeItem(id, versions, [...path, id], merge);
    if (item !== undefined) merged.set(id, item);
  }
  const orders = {
    base: [...versions.base.keys()],
    ours: [...versions.ours.keys()],
    theirs: [...versions.theirs.keys()],
  };
  return mergeOrder(orders, new Set(merged.keys())).map((id) => merged.get(id) as JsonObject);
}

/** What one side changed and the other removed is kept: removing again is easy, remembering is not. */
function mergeItem(
  id: string,
  { base, ours, theirs }: Versions<Elements>,
  path: readonly string[],
  merge: ValueMerge,
): JsonObject | undefined {
  const [was, mine, other] = [base.get(id), ours.get(id), theirs.get(id)];
  if (mine && other) return mergeValue({ base: was, ours: mine, theirs: other }, path, merge) as JsonObject | undefined;
  const left = mine ?? other;
  if (was === undefined) return left;
  if (equalJson(was, left)) return undefined;
  merge.clashes.push({
    code: 'merge/changed-and-removed',
    path,
    versions: { base: was, ours: mine, theirs: other },
  });
  return left;
}
