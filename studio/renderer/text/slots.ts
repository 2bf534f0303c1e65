import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import type { Ask } from '@skerry/studio/bridge/calls/index';

/** Where the text in an editor stands in the project. */
export interface Slot {
  readonly document: string;
  /** From the document's root, indexes in lists. */
  readonly path: DocumentPath;
  readonly ask: Ask;
}

const slots = new Map<string, () => Slot>();
let count = 0;

/**
 * Gives a text that is being edited an address of its own, under which the language providers find its place.
 * @param current asked at each use, since indexes in the path move when the model does
 */
export function registerSlot(current: () => Slot): { readonly uri: string; readonly dispose: () => void } {
  const uri = `skerry-slot:/${++count}`;
  slots.set(uri, current);
  return { uri, dispose: () => slots.delete(uri) };
}

export function slotOf(uri: string): Slot | undefined {
  return slots.get(uri)?.();
}
