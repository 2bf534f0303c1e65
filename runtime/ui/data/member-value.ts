import type { ObjectSnapshot } from '../../engine/device-face.ts';

/** A member's value in a form that can be compared. */
export function comparable(object: Pick<ObjectSnapshot, 'values' | 'sets'>, member: string): string {
  return JSON.stringify(object.sets[member]?.toSorted() ?? object.values[member] ?? null);
}
