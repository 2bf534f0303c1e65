import type { Json, JsonObject } from '@skerry/shared/base/json';

/** The name of the element with an id, wherever it stands in a document. */
export function nameOfElement(content: JsonObject, element: string): string | undefined {
  const holder = findElement(content, element);
  return typeof holder?.name === 'string' ? holder.name : undefined;
}

/** The object with an id, wherever it stands. */
export function findElement(value: Json | undefined, element: string): JsonObject | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (!Array.isArray(value) && (value as JsonObject).id === element) return value as JsonObject;
  for (const inner of Object.values(value)) {
    const found = findElement(inner, element);
    if (found) return found;
  }
  return undefined;
}
