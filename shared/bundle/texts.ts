import type { Json, JsonObject } from '../base/json.ts';
import { text } from '../metamodel/schema.ts';
import { resolveShape, type Shape, shapeAt, shapeOf, shapeOfContent } from '../metamodel/shape.ts';

/** Texts of one language: by the document's path, then by JSON pointer of the Text within it. */
export type LanguageTexts = { readonly [path: string]: { readonly [pointer: string]: string } };

const TEXT_SHAPE = shapeOf(text);

/**
 * Takes the words of all languages but the default out of a document, so that a device fetches only what its user
 * reads. A Text without the default language keeps all it has.
 */
export function extractTexts(
  content: JsonObject,
  defaultLanguage: string,
): { readonly content: JsonObject; readonly texts: ReadonlyMap<string, { readonly [pointer: string]: string }> } {
  const texts = new Map<string, { [pointer: string]: string }>();
  const visit = (value: Json | undefined, shape: Shape | undefined, pointer: string): Json | undefined => {
    if (value === undefined || value === null || typeof value !== 'object' || !shape) return value;
    if (Array.isArray(value)) {
      const item = shape.kind === 'list' ? shape.item : undefined;
      return value.map((entry: Json, place) => visit(entry, item, `${pointer}/${place}`) as Json);
    }
    const object = value as JsonObject;
    if (shape === TEXT_SHAPE && typeof object[defaultLanguage] === 'string') {
      for (const [language, words] of Object.entries(object)) {
        if (language === defaultLanguage || typeof words !== 'string') continue;
        const table = texts.get(language) ?? {};
        table[pointer] = words;
        texts.set(language, table);
      }
      return { [defaultLanguage]: object[defaultLanguage] };
    }
    const resolved = resolveShape(shape, object);
    return Object.fromEntries(
      Object.entries(object).map(([key, entry]) => [
        key,
        visit(entry, shapeAt(resolved, key), `${pointer}/${escapeKey(key)}`),
      ]),
    );
  };
  return { content: visit(content, shapeOfContent(content), '') as JsonObject, texts };
}

/** Puts the words of one language back. Pointers that lead nowhere are passed over. */
export function insertTexts(
  content: JsonObject,
  language: string,
  texts: { readonly [pointer: string]: string },
): JsonObject {
  const copy = structuredCopy(content);
  for (const [pointer, words] of Object.entries(texts)) {
    let at: unknown = copy;
    for (const key of pointer.split('/').slice(1))
      at = (at as { [key: string]: unknown } | undefined)?.[restoreKey(key)];
    if (at !== null && typeof at === 'object') (at as { [key: string]: unknown })[language] = words;
  }
  return copy;
}

function structuredCopy(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function restoreKey(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
