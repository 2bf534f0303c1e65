import type { Json, JsonObject } from '@skerry/shared/base/json';

/** A named thing inside a document. */
export interface NamedElement {
  readonly document: string;
  readonly element: string;
  readonly name: string;
  /** Names of what it stands in, outermost first, without the document's own. */
  readonly within: readonly string[];
  /** What it calls itself; '' when it does not say. */
  readonly kind: string;
}

const found = new WeakMap<JsonObject, readonly NamedElement[]>();

/** Everything in a document that has an id and a name, in reading order; the document itself is not among them. */
export function elementsOf(document: string, content: JsonObject): readonly NamedElement[] {
  const known = found.get(content);
  if (known && (known.length === 0 || known[0]?.document === document)) return known;
  const elements: NamedElement[] = [];
  for (const value of Object.values(content)) collect(value, [], document, elements);
  found.set(content, elements);
  return elements;
}

function collect(value: Json | undefined, within: readonly string[], document: string, into: NamedElement[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, within, document, into);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const { id, name, kind } = value as JsonObject;
  const isElement = typeof id === 'string' && typeof name === 'string' && name !== '';
  if (isElement) {
    into.push({ document, element: id, name, within, kind: typeof kind === 'string' ? kind : '' });
  }
  const below = isElement ? [...within, name] : within;
  for (const inner of Object.values(value)) collect(inner, below, document, into);
}
