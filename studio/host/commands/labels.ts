import type { JsonObject } from '@skerry/shared/base/json';
import { documentPlace } from '@skerry/shared/metamodel/paths';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { valueAt } from './place.ts';

/** `validationRule` as people say it. */
export function inWords(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** How labels speak of a document: its name, else its file. */
export function nameOfDocument(document: string, content: JsonObject | undefined): string {
  if (typeof content?.name === 'string' && content.kind !== 'app') return content.name;
  const place = documentPlace(document);
  if (place?.kind === 'domain') return `the domain model of ${place.module}`;
  return place?.kind === 'security' ? 'the security' : place?.kind === 'app' ? 'the app' : document;
}

/** How labels speak of an element: its name, else its kind and the document it stands in. */
export function nameOfElement(document: string, content: JsonObject, element: string | undefined): string {
  const found = walkDocument(document, content).elements.find(({ id }) => id === element);
  if (!found || found.path.length === 0) return nameOfDocument(document, content);
  if (found.name !== undefined) return found.name;
  const value = valueAt(content, found.path) as JsonObject;
  const kind = typeof value.kind === 'string' ? value.kind : found.kind;
  return `${inWords(kind)} in ${nameOfDocument(document, content)}`;
}
