import type { Json, JsonObject } from '../base/json.ts';
import { withValues } from '../metamodel/ids.ts';
import type { Documents } from '../metamodel/model.ts';
import type { DocumentPath } from '../metamodel/walk.ts';
import type { PlacedMention } from './mentions-in-document.ts';
import { renameKeys } from './rename-keys.ts';

/** One text that a refactoring rewrites, for people to look at before it happens. */
export interface Rewriting {
  readonly document: string;
  readonly path: DocumentPath;
  readonly element?: string;
  readonly before: string;
  readonly after: string;
}

export interface Rewritten {
  readonly documents: Documents;
  readonly preview: readonly Rewriting[];
}

/** The documents with other names at the mentions, in values and in keys of maps. */
export function rewriteMentions(
  documents: Documents,
  mentions: readonly PlacedMention[],
  nameFor: (mention: PlacedMention) => string,
): Rewritten {
  const byText = Map.groupBy(mentions, ({ document, path, key }) => JSON.stringify([document, path, key]));
  const preview: Rewriting[] = [];
  const values = new Map<string, [DocumentPath, Json][]>();
  const keys = new Map<string, [DocumentPath, string][]>();
  for (const inText of byText.values()) {
    const [first] = inText;
    if (!first) continue;
    const { document, path, element, text } = first;
    const after = replaceSpans(text, inText, nameFor);
    preview.push({ document, path, before: text, after, ...(element === undefined ? {} : { element }) });
    const changes: Map<string, [DocumentPath, Json][]> = first.key ? keys : values;
    changes.set(document, [...(changes.get(document) ?? []), [path, after]]);
  }
  const after = new Map(documents);
  for (const [document, changes] of values) after.set(document, withValues(after.get(document) as JsonObject, changes));
  // Keys last, since paths go by the keys as they were.
  for (const [document, changes] of keys) after.set(document, renameKeys(after.get(document) as JsonObject, changes));
  return { documents: after, preview };
}

function replaceSpans(
  text: string,
  mentions: readonly PlacedMention[],
  nameFor: (mention: PlacedMention) => string,
): string {
  let written = '';
  let at = 0;
  for (const mention of mentions.toSorted((a, b) => a.span.start - b.span.start)) {
    // One text may be read twice over (the two sides of a comparison) and give the same name twice.
    if (mention.span.start < at) continue;
    written += text.slice(at, mention.span.start) + nameFor(mention);
    at = mention.span.end;
  }
  return written + text.slice(at);
}
