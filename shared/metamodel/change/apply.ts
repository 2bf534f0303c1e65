import type { Diagnostic } from '../../base/diagnostic.ts';
import { compareCodePoints, equalJson, type Json, type JsonObject } from '../../base/json.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { isObject } from '../canonical.ts';
import type { Documents } from '../model.ts';
import type { Change, DocumentStep, Edit, ListChange, ObjectChange } from './edit.ts';
import { elementList } from './element-list.ts';

/** Says why a change does not fit; thrown inside this room only, where a change has many levels and one outcome. */
export class Misfit extends Error {
  readonly path: readonly (string | number)[];
  constructor(message: string, path: readonly (string | number)[]) {
    super(message);
    this.path = path;
  }
}

type Place = readonly (string | number)[];

/**
 * The documents after the edit, in the order of their paths; documents it does not touch are shared. When a step does
 * not fit, an error `edit/does-not-fit` and nothing has changed.
 */
export function apply(documents: Documents, edit: Edit): Result<Documents, Diagnostic> {
  const after = new Map(documents);
  for (const step of edit) {
    try {
      applyStep(after, step);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      const message = `${step.path}: ${error.message}. It has changed since the edit was made; make the edit again.`;
      return err({ code: 'edit/does-not-fit', severity: 'error', message, document: step.path, path: error.path });
    }
  }
  if (edit.every((step) => step.kind === 'change')) return ok(after);
  return ok(new Map([...after].sort(([a], [b]) => compareCodePoints(a, b))));
}

function applyStep(documents: Map<string, JsonObject>, step: DocumentStep): void {
  const present = documents.get(step.path);
  if (step.kind === 'create') {
    if (present) throw new Misfit('a document stands there already', []);
    documents.set(step.path, step.content);
    return;
  }
  if (!present) throw new Misfit('there is no such document', []);
  if (step.kind === 'change') {
    documents.set(step.path, applyObject(present, step.change, []));
    return;
  }
  if (step.kind === 'delete' && !equalJson(present, step.content)) throw new Misfit('its contents differ', []);
  if (step.kind === 'move') {
    if (documents.has(step.to)) throw new Misfit(`a document stands at ${step.to} already`, []);
    documents.set(step.to, present);
  }
  documents.delete(step.path);
}

/** The value after the change; throws Misfit. */
export function applyChange(value: Json | undefined, change: Change, place: Place = []): Json | undefined {
  if (change.kind === 'replace') {
    if (!equalJson(value, change.before)) throw new Misfit(`the value at ${print(place)} differs`, place);
    return change.after;
  }
  if (change.kind === 'list') return applyList(value, change, place);
  if (!isObject(value)) throw new Misfit(`${print(place)} is no object`, place);
  return applyObject(value, change, place);
}

function applyObject(value: JsonObject, change: ObjectChange, place: Place): JsonObject {
  const entries = new Map(Object.entries(value));
  for (const [key, inner] of Object.entries(change.keys)) {
    const after = applyChange(entries.get(key), inner, [...place, key]);
    if (after === undefined) entries.delete(key);
    else entries.set(key, after);
  }
  for (const key of change.order?.after ?? []) {
    const moved = entries.get(key);
    if (moved === undefined) continue;
    entries.delete(key);
    entries.set(key, moved);
  }
  return Object.fromEntries(entries);
}

function applyList(value: Json | undefined, change: ListChange, place: Place): Json {
  const items = elementList(value);
  if (!items) throw new Misfit(`${print(place)} is no list of elements`, place);
  const ids = [...items.keys()];
  const placeOf = (id: string) => {
    const at = ids.indexOf(id);
    if (at < 0) throw new Misfit(`there is no ${id} in ${print(place)}`, [...place, id]);
    return at;
  };
  const insert = (id: string, after: string | null) => ids.splice(after === null ? 0 : placeOf(after) + 1, 0, id);
  for (const step of change.steps) {
    if (step.kind === 'insert') {
      if (items.has(step.id)) throw new Misfit(`${step.id} stands in ${print(place)} already`, [...place, step.id]);
      insert(step.id, step.after);
      items.set(step.id, step.value);
      continue;
    }
    ids.splice(placeOf(step.id), 1);
    if (step.kind === 'move') insert(step.id, step.to);
    else if (equalJson(items.get(step.id), step.value)) items.delete(step.id);
    else throw new Misfit(`${step.id} in ${print(place)} differs`, [...place, step.id]);
  }
  for (const [id, inner] of Object.entries(change.items)) {
    placeOf(id);
    items.set(id, applyChange(items.get(id), inner, [...place, id]) as JsonObject);
  }
  return ids.map((id) => items.get(id) as JsonObject);
}

function print(place: Place): string {
  return place.length === 0 ? 'its root' : place.join('/');
}
