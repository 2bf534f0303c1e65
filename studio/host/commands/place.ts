import type { Json, JsonObject } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { resolveShape, type Shape, shapeAt, shapeOfContent } from '@skerry/shared/metamodel/shape';
import { type DocumentPath, walkDocument } from '@skerry/shared/metamodel/walk';
import { refuse } from './command.ts';

/** The path of the element with this id; the document's root when none is asked for. */
export function elementPath(document: string, content: JsonObject, element: string | undefined): DocumentPath {
  if (element === undefined) return [];
  const found = walkDocument(document, content).elements.find(({ id }) => id === element);
  if (!found) {
    refuse('command/no-such-element', `There is no element ${element} in ${document} any more.`, { document, element });
  }
  return found.path;
}

/** Keys and indexes for a path that names items of lists by their ids. What is not there yet may be named by keys. */
export function concretePath(
  document: string,
  content: JsonObject,
  from: DocumentPath,
  inner: readonly (string | number)[],
): DocumentPath {
  const path = [...from];
  let value = valueAt(content, path);
  for (const key of inner) {
    if (isList(value)) {
      const index = typeof key === 'number' ? key : value.findIndex((item) => isObject(item) && item.id === key);
      if (index < 0 || index > value.length) {
        refuse('command/no-such-place', `${[...path, key].join('/')} in ${document} leads nowhere.`, {
          document,
          path,
        });
      }
      path.push(index);
      value = value[index];
    } else {
      path.push(String(key));
      value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
  }
  return path;
}

export function valueAt(content: JsonObject, path: DocumentPath): Json | undefined {
  let value: Json | undefined = content;
  for (const key of path) {
    if (isList(value)) value = value[key as number];
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

/** The shape declared for a place; undefined below keys nobody declared. */
export function shapeAtPath(content: JsonObject, path: DocumentPath): Shape | undefined {
  let shape: Shape | undefined = shapeOfContent(content);
  let value: Json | undefined = content;
  for (const key of path) {
    if (isList(value)) {
      shape = shape?.kind === 'list' ? shape.item : undefined;
      value = value[key as number];
    } else {
      const resolved: Shape | undefined = isObject(value)
        ? resolveShape(shape, value)
        : shape?.kind === 'union'
          ? undefined
          : shape;
      shape = resolved?.kind === 'list' ? resolved.item : shapeAt(resolved, String(key));
      value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
  }
  return shape;
}

/**
 * A copy with another value at a path; what lies beside it is shared. Without a value the key, or the item of a list,
 * goes. Objects and lists that are missing on the way are made, as the shapes say.
 */
export function withValueAt(content: JsonObject, path: DocumentPath, value: Json | undefined): JsonObject {
  return put(content, path, 0, value, shapeOfContent(content)) as JsonObject;
}

function put(
  here: Json | undefined,
  path: DocumentPath,
  depth: number,
  value: Json | undefined,
  shape: Shape | undefined,
): Json | undefined {
  if (depth === path.length) return value;
  const key = path[depth] as string | number;
  if (isList(here) || (here === undefined && shape?.kind === 'list')) {
    const items = isList(here) ? here : [];
    const item = put(items[key as number], path, depth + 1, value, shape?.kind === 'list' ? shape.item : undefined);
    return item === undefined ? items.toSpliced(key as number, 1) : items.toSpliced(key as number, 1, item);
  }
  const object = isObject(here) ? here : {};
  const inner = put(
    Object.hasOwn(object, key) ? object[key] : undefined,
    path,
    depth + 1,
    value,
    shapeAt(resolveShape(shape, object), String(key)),
  );
  const entries = new Map(Object.entries(object));
  if (inner === undefined) entries.delete(String(key));
  else entries.set(String(key), inner);
  return Object.fromEntries(entries);
}

/** The items of a list of the model; refused when no list is declared there. */
export function listAt(document: string, content: JsonObject, path: DocumentPath): readonly Json[] {
  if (shapeAtPath(content, path)?.kind !== 'list') {
    refuse('command/no-such-list', `${path.join('/') || 'The root'} of ${document} is no list.`, { document, path });
  }
  const value = valueAt(content, path);
  return isList(value) ? value : [];
}

/** Puts items behind the one with the id `after`: first when null, last when undefined. */
export function inserted(
  document: string,
  list: readonly Json[],
  items: readonly Json[],
  after: string | null | undefined,
): readonly Json[] {
  if (after === undefined) return [...list, ...items];
  if (after === null) return [...items, ...list];
  const index = list.findIndex((item) => isObject(item) && item.id === after);
  if (index < 0) refuse('command/no-such-element', `There is no element ${after} in the list any more.`, { document });
  return list.toSpliced(index + 1, 0, ...items);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
