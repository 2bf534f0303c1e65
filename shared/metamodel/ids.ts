import type { Diagnostic } from '../base/diagnostic.ts';
import { type ElementId, elementIdFromBytes } from '../base/ids.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { Documents } from './model.ts';
import { SYSTEM_DOCUMENTS } from './system-module.ts';
import { type DocumentPath, walkDocument } from './walk.ts';

/** @param count how many random bytes are wanted */
export type RandomBytes = (count: number) => Uint8Array;

export function newElementId(random: RandomBytes): ElementId {
  return elementIdFromBytes(random(10));
}

/** `project/duplicate-id` for each element whose id another one, in this document or an earlier one, already has. */
export function duplicateIds(documents: Documents): readonly Diagnostic[] {
  const first = new Map<string, { document: string; what: string }>();
  const diagnostics: Diagnostic[] = [];
  for (const [document, content] of [...SYSTEM_DOCUMENTS, ...documents]) {
    for (const { id, kind, name, path } of walkDocument(document, content).elements) {
      const what = name === undefined ? `this ${kind}` : `${kind} ${name}`;
      const other = first.get(id);
      if (!other) {
        first.set(id, { document, what });
        continue;
      }
      diagnostics.push({
        code: 'project/duplicate-id',
        severity: 'error',
        message: `The id ${id} of ${what} belongs to ${other.what} in ${other.document} too. One of the two needs a new id.`,
        document,
        element: id,
        path,
        fixes: [{ title: 'Give it a new id', command: 'element.renewId', arguments: { document, path } }],
      });
    }
  }
  return diagnostics;
}

/** Contents in which every element has a new id, and the pointers among them follow. Unknown keys are left as they are. */
export function withNewIds(path: string, content: JsonObject, random: RandomBytes): JsonObject {
  const { elements, pointers } = walkDocument(path, content);
  const renewed = new Map(elements.map(({ id }) => [id, newElementId(random)]));
  const changes: [DocumentPath, string][] = elements.map((element) => [
    [...element.path, 'id'],
    renewed.get(element.id) as string,
  ]);
  for (const pointer of pointers) {
    const to = renewed.get(pointer.id);
    if (to) changes.push([pointer.path, to]);
  }
  return withValues(content, changes);
}

/** A copy with other values at the given paths; what lies beside the paths is shared. */
export function withValues(content: JsonObject, changes: readonly (readonly [DocumentPath, Json])[]): JsonObject {
  return setAll(content, changes, 0) as JsonObject;
}

function setAll(
  value: Json | undefined,
  changes: readonly (readonly [DocumentPath, Json])[],
  depth: number,
): Json | undefined {
  const here = changes.find(([path]) => path.length === depth);
  if (here) return here[1];
  if (changes.length === 0 || typeof value !== 'object' || value === null) return value;
  const below = new Map<string | number, (readonly [DocumentPath, Json])[]>();
  for (const change of changes) {
    const key = change[0][depth] as string | number;
    const group = below.get(key);
    if (group) group.push(change);
    else below.set(key, [change]);
  }
  if (Array.isArray(value)) {
    return value.map((item: Json, i) => setAll(item, below.get(i) ?? [], depth + 1) as Json);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, setAll(item, below.get(key) ?? [], depth + 1)]),
  );
}
