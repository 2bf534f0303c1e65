import type { DocumentKind } from '../metamodel/kinds.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import { walkDocument } from '../metamodel/walk.ts';

const NAME = /@?[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*/g;

/**
 * Kinds that come along when a document on the device names them. Pages are missing: the scope plan says which go,
 * and so are constants, whose values may be meant for the service: only `@Module.Name` in a text brings one.
 */
const COME_ALONG: readonly DocumentKind[] = [
  'entity',
  'enumeration',
  'regularExpression',
  'snippet',
  'layout',
  'menu',
  'rule',
  'javaScriptAction',
  'image',
  'microflow',
  'nanoflow',
];

/**
 * Documents that a document names, in its declared references or within the texts of the two languages. A name is
 * taken for every kind that has it: one document too many costs some bytes, one too few would break a page.
 */
export function documentsNamedIn(document: ModelDocument, model: Model): readonly ModelDocument[] {
  const walked = walkDocument(document.path, document.source);
  const names = new Set<string>(walked.references.map(({ name }) => name));
  for (const { text } of walked.slots) for (const [name] of text.matchAll(NAME)) names.add(name);
  const found: ModelDocument[] = [];
  for (const name of names) {
    const kinds: readonly DocumentKind[] = name.startsWith('@') ? ['constant'] : COME_ALONG;
    for (const kind of kinds) {
      const named = model.find(kind, name.replace('@', ''));
      if (named) found.push(named as ModelDocument);
    }
  }
  return found;
}
