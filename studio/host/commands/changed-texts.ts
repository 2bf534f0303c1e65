import type { Json, JsonObject } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { type Edit, editedPaths } from '@skerry/shared/metamodel/change/edit';
import type { Documents } from '@skerry/shared/metamodel/model';
import { isList } from './place.ts';

/** A text, or key, that an edit rewrites. */
export interface ChangedText {
  readonly document: string;
  readonly element?: string;
  readonly path: (string | number)[];
  readonly before: string;
  readonly after: string;
}

/** The texts that an edit rewrites in documents whose form it leaves alone. */
export function changedTexts(documents: Documents, edit: Edit): ChangedText[] {
  const applied = apply(documents, edit);
  if (!applied.ok) return [];
  return [...editedPaths(edit)].flatMap((document) => {
    const [before, after] = [documents.get(document), applied.value.get(document)];
    return before && after ? compare({ document, path: [] }, before, after) : [];
  });
}

type Place = Pick<ChangedText, 'document' | 'element' | 'path'>;

function compare(at: Place, before: Json, after: Json): ChangedText[] {
  if (before === after) return [];
  if (typeof before === 'string' && typeof after === 'string') return [{ ...at, before, after }];
  if (isList(before) && isList(after)) {
    return before.flatMap((item, i) => compare({ ...at, path: [...at.path, i] }, item, after[i] as Json));
  }
  return isObject(before) && isObject(after) ? compareObjects(at, before, after) : [];
}

function compareObjects(at: Place, before: JsonObject, after: JsonObject): ChangedText[] {
  const here = typeof before.id === 'string' ? { ...at, element: before.id } : at;
  const come = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  let renamed = 0;
  return Object.entries(before).flatMap(([key, value]) => {
    const place = { ...here, path: [...at.path, key] };
    if (Object.hasOwn(after, key)) return compare(place, value as Json, after[key] as Json);
    const to = come[renamed++];
    return to === undefined ? [] : [{ ...place, before: key, after: to }];
  });
}
