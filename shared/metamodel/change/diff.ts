import { equalJson, type Json, type JsonObject } from '../../base/json.ts';
import { isObject } from '../canonical.ts';
import type { Documents } from '../model.ts';
import { resolveShape, type Shape, shapeAt, shapeOfContent } from '../shape.ts';
import type { Change, DocumentStep, Edit, ListStep, ObjectChange } from './edit.ts';
import { elementList } from './element-list.ts';

/** The edit that leads from `a` to `b`. Documents that are the same object are not looked into. */
export function diff(a: Documents, b: Documents): Edit {
  const gone = new Map<string, JsonObject>();
  const come = new Map<string, JsonObject>();
  const changes: DocumentStep[] = [];
  for (const [path, before] of a) {
    const after = b.get(path);
    if (after === before) continue;
    if (after !== undefined && before.id === after.id && before.kind === after.kind) {
      const change = diffDocument(before, after);
      if (change) changes.push({ kind: 'change', path, change });
      continue;
    }
    gone.set(path, before);
    if (after !== undefined) come.set(path, after);
  }
  for (const [path, after] of b) if (!a.has(path)) come.set(path, after);
  return [...moves(gone, come, changes), ...changes];
}

/** The change between two versions of one document; undefined when they say the same. */
export function diffDocument(before: JsonObject, after: JsonObject): ObjectChange | undefined {
  const [from, to] = [shapeOfContent(before), shapeOfContent(after)];
  return diffObject(before, after, from === to ? from : undefined);
}

/** Pairs documents that vanished with those that appeared under the same id; the rest is created and deleted. */
function moves(gone: Map<string, JsonObject>, come: Map<string, JsonObject>, changes: DocumentStep[]): DocumentStep[] {
  const appeared = new Map<string, string>();
  for (const [path, content] of come) if (typeof content.id === 'string') appeared.set(content.id, path);
  const pairs = new Map<string, string>();
  for (const [path, content] of gone) {
    const to = typeof content.id === 'string' ? appeared.get(content.id) : undefined;
    if (to === undefined || come.get(to)?.kind !== content.kind) continue;
    pairs.set(path, to);
    appeared.delete(content.id as string);
  }
  const targets = new Set(pairs.values());
  const deletions: DocumentStep[] = [];
  const creations: DocumentStep[] = [];
  const remove = (path: string) => deletions.push({ kind: 'delete', path, content: gone.get(path) as JsonObject });
  const create = (path: string) => creations.push({ kind: 'create', path, content: come.get(path) as JsonObject });
  for (const path of gone.keys()) if (!pairs.has(path)) remove(path);
  for (const path of come.keys()) if (!targets.has(path)) create(path);

  const moved: DocumentStep[] = [];
  while (pairs.size > 0) {
    const free = [...pairs].filter(([, to]) => !pairs.has(to));
    // Documents that changed places in a circle: one of them steps aside.
    if (free.length === 0) {
      const [path, to] = [...pairs][0] as [string, string];
      remove(path);
      create(to);
      pairs.delete(path);
    }
    for (const [path, to] of free) {
      moved.push({ kind: 'move', path, to });
      const change = diffDocument(gone.get(path) as JsonObject, come.get(to) as JsonObject);
      if (change) changes.push({ kind: 'change', path: to, change });
      pairs.delete(path);
    }
  }
  return [...deletions, ...moved, ...creations];
}

function diffValue(before: Json | undefined, after: Json | undefined, shape: Shape | undefined): Change | undefined {
  if (before === after) return undefined;
  if (isObject(before) && isObject(after)) {
    const [from, to] = [resolveShape(shape, before), resolveShape(shape, after)];
    if (from === to) return diffObject(before, after, from);
  }
  const [from, to] = [elementList(before), elementList(after)];
  if (from && to) return diffList(from, to, shape?.kind === 'list' ? shape.item : undefined);
  if (equalJson(before, after) && sameOrder(before, after, shape)) return undefined;
  return {
    kind: 'replace',
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Whether two equal values also agree in the order of those keys whose order counts. */
function sameOrder(before: Json | undefined, after: Json | undefined, shape: Shape | undefined): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    const item = shape?.kind === 'list' ? shape.item : undefined;
    return before.every((value, i) => diffValue(value, after[i], item) === undefined);
  }
  return true;
}

function diffObject(before: JsonObject, after: JsonObject, shape: Shape | undefined): ObjectChange | undefined {
  const keys: [string, Change][] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const change = diffValue(own(before, key), own(after, key), shapeAt(shape, key));
    if (change) keys.push([key, change]);
  }
  const order = { before: unknownKeys(before, shape), after: unknownKeys(after, shape) };
  const sameKeys = equalJson(order.before, order.after);
  if (keys.length === 0 && sameKeys) return undefined;
  return { kind: 'object', keys: Object.fromEntries(keys), ...(sameKeys ? {} : { order }) };
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function unknownKeys(value: JsonObject, shape: Shape | undefined): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined && shapeAt(shape, key) === undefined);
}

function diffList(
  before: ReadonlyMap<string, JsonObject>,
  after: ReadonlyMap<string, JsonObject>,
  item: Shape | undefined,
): Change | undefined {
  const items: [string, Change][] = [];
  for (const [id, value] of before) {
    const change = after.has(id) ? diffValue(value, after.get(id), item) : undefined;
    if (change) items.push([id, change]);
  }
  const steps = listSteps(before, after);
  if (steps.length === 0 && items.length === 0) return undefined;
  return { kind: 'list', steps, items: Object.fromEntries(items) };
}

function listSteps(before: ReadonlyMap<string, JsonObject>, after: ReadonlyMap<string, JsonObject>): ListStep[] {
  const steps: ListStep[] = [];
  const ids = [...before.keys()];
  for (let i = ids.length - 1; i >= 0; i--) {
    const id = ids[i] as string;
    if (after.has(id)) continue;
    steps.push({ kind: 'remove', id, after: ids[i - 1] ?? null, value: before.get(id) as JsonObject });
    ids.splice(i, 1);
  }
  const staying = longestRun(ids, [...after.keys()]);
  let previous: string | null = null;
  for (const [id, value] of after) {
    if (!before.has(id)) {
      steps.push({ kind: 'insert', id, after: previous, value });
      ids.splice(previous === null ? 0 : ids.indexOf(previous) + 1, 0, id);
    } else if (!staying.has(id)) {
      const at = ids.indexOf(id);
      const from = ids[at - 1] ?? null;
      ids.splice(at, 1);
      ids.splice(previous === null ? 0 : ids.indexOf(previous) + 1, 0, id);
      if (from !== previous) steps.push({ kind: 'move', id, from, to: previous });
    }
    previous = id;
  }
  return steps;
}

/** The most ids that stand in the same order in both lists: they stay while the others move around them. */
function longestRun(before: readonly string[], after: readonly string[]): Set<string> {
  const place = new Map(after.map((id, i) => [id, i]));
  const ends: number[] = [];
  const previous: number[] = [];
  const places = before.map((id) => place.get(id) as number);
  places.forEach((at, i) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[ends[middle] as number] as number) < at) low = middle + 1;
      else high = middle;
    }
    previous[i] = low === 0 ? -1 : (ends[low - 1] as number);
    ends[low] = i;
  });
  const run = new Set<string>();
  for (let i = ends.at(-1) ?? -1; i >= 0; i = previous[i] as number) run.add(before[i] as string);
  return run;
}
