import type { Json, JsonObject } from '../../base/json.ts';

/**
 * A change of a model as data: steps on documents, applied one after the other. Undo, autosave, history, the bridge to
 * the renderer and merging all speak it. Plain JSON. Every step holds what it takes away, so that it can be inverted
 * without the documents it was made from.
 */
export type Edit = readonly DocumentStep[];

export type DocumentStep =
  | { readonly kind: 'create'; readonly path: string; readonly content: JsonObject }
  | { readonly kind: 'delete'; readonly path: string; readonly content: JsonObject }
  | { readonly kind: 'move'; readonly path: string; readonly to: string }
  | { readonly kind: 'change'; readonly path: string; readonly change: ObjectChange };

export type Change = Replacement | ObjectChange | ListChange;

/** One value in the place of another; an absent side means that the key is absent there. */
export interface Replacement {
  readonly kind: 'replace';
  readonly before?: Json;
  readonly after?: Json;
}

export interface ObjectChange {
  readonly kind: 'object';
  readonly keys: { readonly [key: string]: Change };
  /** The keys the schema does not know, where they come, go or change places: theirs is the only order that counts. */
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/**
 * A list of elements: first `steps` in their order, then `items` by id. An id in `items` is never one that `steps`
 * inserts or removes, so that the two parts may change places.
 */
export interface ListChange {
  readonly kind: 'list';
  readonly steps: readonly ListStep[];
  readonly items: { readonly [id: string]: Change };
}

/** `after` is the id of the element in front; null at the head of the list. */
export type ListStep =
  | { readonly kind: 'insert'; readonly id: string; readonly after: string | null; readonly value: JsonObject }
  | { readonly kind: 'remove'; readonly id: string; readonly after: string | null; readonly value: JsonObject }
  | { readonly kind: 'move'; readonly id: string; readonly from: string | null; readonly to: string | null };

export const EMPTY_EDIT: Edit = [];

export function isEmptyEdit(edit: Edit): boolean {
  return edit.length === 0;
}

/** Paths that an edit creates, deletes, changes, or moves from or to. */
export function editedPaths(edit: Edit): ReadonlySet<string> {
  return new Set(edit.flatMap((step) => (step.kind === 'move' ? [step.path, step.to] : [step.path])));
}
