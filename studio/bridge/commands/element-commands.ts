import { documentPath, elementId, innerPath, json, jsonObject, z } from '../declare.ts';

/** Where a value stands: below an element, or below the document's root when `element` is absent. */
const place = {
  document: documentPath,
  element: z.optional(elementId),
};

/** Commands that work on elements of every kind; the property panel needs no others. */
export const ELEMENT_COMMANDS = {
  /**
   * Sets values. `value` absent removes the key. Several changes are one step; with `merge` the step joins the one before
   * when that has the same `merge` word and nothing else came between (typing).
   */
  'element.set': z.object({
    changes: z.array(z.object({ ...place, path: innerPath, value: z.optional(json()) })).check(z.minLength(1)),
    label: z.optional(z.string()),
    merge: z.optional(z.string()),
  }),
  /** Puts a new element into `list` of the parent; ids (its own and those inside) are made by the host. `after` null: first; absent: last. */
  'element.insert': z.object({
    ...place,
    /** From the parent to the list: `['attributes']`, `['widgets']`, `['tabs', '<id>', 'widgets']`. */
    list: innerPath,
    value: jsonObject,
    after: z.optional(z.nullable(elementId)),
  }),
  /** Moves elements, in the order given, into a list of the same document. */
  'element.move': z.object({
    document: documentPath,
    elements: z.array(elementId).check(z.minLength(1)),
    parent: z.optional(elementId),
    list: innerPath,
    after: z.optional(z.nullable(elementId)),
  }),
  'element.delete': z.object({
    elements: z.array(z.object({ document: documentPath, element: elementId })).check(z.minLength(1)),
  }),
  /** Copies an element behind itself, with new ids and a free name. */
  'element.duplicate': z.object({ document: documentPath, element: elementId }),
  /** Pastes what `clipboard/copy` gave, new ids throughout. */
  'element.paste': z.object({
    ...place,
    list: innerPath,
    after: z.optional(z.nullable(elementId)),
    clipboard: z.string(),
  }),
  /** Renames an element and rewrites every reference, in texts too. */
  'element.rename': z.object({ document: documentPath, element: elementId, name: z.string() }),
  'element.renewId': z.object({ document: documentPath, path: innerPath }),
  /** Rewrites one reference, named by where it stands. */
  'reference.set': z.object({ document: documentPath, path: innerPath, name: z.string() }),
} as const;
