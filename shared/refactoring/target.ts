import type { DocumentKind } from '../metamodel/kinds.ts';
import type { Model } from '../metamodel/model.ts';
import { documentPlace } from '../metamodel/paths.ts';
import { type DocumentPath, walkDocument } from '../metamodel/walk.ts';

/** Kinds of documents that others name. */
export const NAMED_DOCUMENTS = [
  'entity',
  'enumeration',
  'constant',
  'microflow',
  'nanoflow',
  'page',
  'snippet',
  'layout',
  'menu',
  'rule',
  'regularExpression',
  'javaScriptAction',
  'image',
  'navigationProfile',
] as const satisfies readonly DocumentKind[];
export type NamedDocumentKind = (typeof NAMED_DOCUMENTS)[number];

export type TargetKind =
  | NamedDocumentKind
  | 'module'
  | 'attribute'
  | 'association'
  | 'enumerationValue'
  | 'moduleRole'
  | 'userRole';

/**
 * Something that has a name by which others speak of it. `name` is qualified where the kind has qualified names:
 * `Field.Site`, `Field.Site/Name` of the entity that declares the attribute, `Field.Status.Open`, `Field.Planner`.
 */
export interface Target {
  readonly kind: TargetKind;
  readonly name: string;
}

/** A target with the place of its own name. */
export interface Declaration extends Target {
  readonly id: string;
  /** Path of the document. */
  readonly document: string;
  /** Of the element in it. */
  readonly path: DocumentPath;
  readonly simpleName: string;
}

const INNER = new Set(['attribute', 'association', 'enumerationValue', 'moduleRole', 'userRole']);

/** All declarations of a document that can be spoken of. */
export function declarations(model: Model, document: string): readonly Declaration[] {
  const read = model.documents.get(document);
  if (!read) return [];
  const { kind, module, qualifiedName, source } = read;
  const found: Declaration[] = [];
  for (const element of walkDocument(document, source).elements) {
    if (element.name === undefined) continue;
    const add = (kind: TargetKind, name: string) =>
      found.push({ kind, name, id: element.id, document, path: element.path, simpleName: element.name as string });
    if (element.path.length === 0) {
      if (kind === 'module') add('module', documentPlace(document)?.module ?? element.name);
      else if ((NAMED_DOCUMENTS as readonly string[]).includes(kind)) add(kind as NamedDocumentKind, qualifiedName);
    } else if (INNER.has(element.kind)) {
      add(element.kind as TargetKind, innerName(element.kind, module, qualifiedName, element.name));
    }
  }
  return found;
}

function innerName(kind: string, module: string, owner: string, name: string): string {
  if (kind === 'attribute') return `${owner}/${name}`;
  if (kind === 'enumerationValue') return `${owner}.${name}`;
  return kind === 'userRole' ? name : `${module}.${name}`;
}

/** Where a target is declared; undefined when nothing has this name. */
export function findDeclaration(model: Model, target: Target): Declaration | undefined {
  for (const document of model.documents.keys()) {
    const found = declarations(model, document).find(({ kind, name }) => kind === target.kind && name === target.name);
    if (found) return found;
  }
  return undefined;
}

/** The declaration of the element with this id. */
export function declarationById(model: Model, id: string): Declaration | undefined {
  for (const document of model.documents.keys()) {
    const found = declarations(model, document).find((declaration) => declaration.id === id);
    if (found) return found;
  }
  return undefined;
}
