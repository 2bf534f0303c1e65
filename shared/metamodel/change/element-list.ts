import type { Json, JsonObject } from '../../base/json.ts';
import { isObject } from '../canonical.ts';

/** The items by id, in their order, when every item is an object with an id of its own; else undefined. */
export function elementList(value: Json | undefined): Map<string, JsonObject> | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = new Map<string, JsonObject>();
  for (const item of value) {
    if (!isObject(item) || typeof item.id !== 'string' || items.has(item.id)) return undefined;
    items.set(item.id, item);
  }
  return items;
}
