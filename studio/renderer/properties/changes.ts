import type { Json, JsonObject } from '@skerry/shared/base/json';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { childOf, isJsonObject } from './locate.ts';

/** One change of `element.set`. */
export interface SetChange {
  readonly document: string;
  readonly element?: string;
  readonly path: (string | number)[];
  readonly value?: Json;
}

/** A place in a document as commands name it: below the nearest element, which keeps it when lists around it move. */
export interface Place {
  readonly document: string;
  readonly element?: string;
  readonly path: (string | number)[];
}

export function placeOf(document: string, content: JsonObject, path: DocumentPath): Place {
  let value: Json | undefined = content;
  let place: Place = { document, path: [] };
  path.forEach((step, index) => {
    value = childOf(value, step);
    // The place itself may be an element: then it is named by its parent and its key.
    const isLast = index === path.length - 1;
    if (!isLast && isJsonObject(value) && typeof value.id === 'string') {
      place = { document, element: value.id, path: [] };
    } else place.path.push(step);
  });
  return place;
}

/**
 * Sets or (value undefined) removes what stands at a path. Where the objects around it are not written in the file, since
 * they are as by default, the outermost missing one is set with the value in it.
 */
export function changeAt(
  document: string,
  content: JsonObject,
  path: DocumentPath,
  value: Json | undefined,
): SetChange | undefined {
  let around: Json | undefined = content;
  for (let depth = 0; depth < path.length - 1; depth++) {
    around = childOf(around, path[depth] as string | number);
    if (around !== undefined) continue;
    if (value === undefined) return undefined;
    const inner = path.slice(depth + 1).reduceRight<Json>((nested, step) => ({ [step]: nested }), value);
    return { ...placeOf(document, content, path.slice(0, depth + 1)), value: inner };
  }
  // An empty text where none stands says nothing new; a field that is only looked at writes nothing.
  if (value === '' && childOf(around, path.at(-1) as string | number) === undefined) return undefined;
  const place = placeOf(document, content, path);
  return value === undefined ? place : { ...place, value };
}
