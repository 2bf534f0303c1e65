import type { Json, JsonObject } from '../../base/json.ts';

/** What two sides of a merge do not agree on. The merged documents hold one answer; people decide whether it stays. */
export interface MergeConflict {
  /** `merge/…`; see CONFLICT_MEANINGS. */
  readonly code: keyof typeof CONFLICT_MEANINGS;
  /** Path of the document after the merge. */
  readonly document: string;
  /** Keys, and ids of elements in lists, from the document's root. */
  readonly path: readonly string[];
  /** In words: what, where, what each side did, and what the merge has kept. */
  readonly message: string;
}

export const CONFLICT_MEANINGS = {
  'merge/both-changed': 'Both sides gave a value another content.',
  'merge/changed-and-removed': 'One side changed what the other removed; it is kept.',
  'merge/both-renamed': 'Both sides renamed an element, to different names.',
  'merge/same-name': 'Both sides added something of the same name; one of the two has got a number.',
  'merge/name-taken': 'A name that one side gave is used otherwise on the other side.',
  'merge/same-place': 'Both sides put different documents at one path.',
} as const;

/** Which side a conflict keeps. */
export type Side = 'ours' | 'theirs' | 'base';

/** Three states of one thing; undefined: it is not there. */
export interface Versions<T> {
  readonly base: T;
  readonly ours: T;
  readonly theirs: T;
}

/** `Inspection › attribute list › Status › type`: names where elements have one. */
export function placeInWords(content: JsonObject | undefined, path: readonly string[]): string {
  const words = [nameIn(content) ?? 'the document'];
  let at: Json | undefined = content;
  for (const key of path) {
    at = stepInto(at, key);
    words.push(nameIn(at) ?? key);
  }
  return words.join(' › ');
}

function stepInto(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value.find((item) => (item as JsonObject | null)?.id === key);
  if (typeof value === 'object' && value !== null) return (value as JsonObject)[key];
  return undefined;
}

function nameIn(value: Json | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { name, kind } = value as JsonObject;
  if (typeof name === 'string') return name;
  return typeof kind === 'string' ? kind : undefined;
}

/** A value for a sentence: short, and never more than a line. */
export function valueInWords(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 60 ? `${[...text].slice(0, 57).join('')}…` : text;
}
