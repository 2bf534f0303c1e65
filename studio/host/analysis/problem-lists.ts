import type { Diagnostic } from '@skerry/shared/base/diagnostic';

/** Key of what belongs to no document. */
export const NO_DOCUMENT = '';

export type ByDocument = ReadonlyMap<string, readonly Diagnostic[]>;

export function groupByDocument(diagnostics: Iterable<Diagnostic>): ByDocument {
  const groups = new Map<string, Diagnostic[]>();
  for (const one of diagnostics) {
    const key = one.document ?? NO_DOCUMENT;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** Remembers what has been told, so that only lists that differ are told again. */
export class ToldLists {
  readonly #told = new Map<string, string>();

  /** Those of `lists` that differ from what was told, which they are from now on. An empty list takes away. */
  differing(lists: Iterable<readonly [document: string, found: readonly Diagnostic[]]>): {
    readonly [document: string]: readonly Diagnostic[];
  } {
    const differing: { [document: string]: readonly Diagnostic[] } = {};
    for (const [document, found] of lists) {
      const text = found.length === 0 ? undefined : JSON.stringify(found);
      if (text === this.#told.get(document)) continue;
      if (text === undefined) this.#told.delete(document);
      else this.#told.set(document, text);
      differing[document] = found;
    }
    return differing;
  }

  /** Documents whose told list is not empty. */
  documents(): Iterable<string> {
    return this.#told.keys();
  }

  lists(): { readonly [document: string]: readonly Diagnostic[] } {
    return Object.fromEntries([...this.#told].map(([document, text]) => [document, JSON.parse(text)]));
  }

  clear(): void {
    this.#told.clear();
  }
}
