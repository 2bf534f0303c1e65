import type { Model } from '../metamodel/model.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import type { Catalog, CatalogEntry } from './content.ts';

const DOCUMENTS = {
  page: 'page',
  snippet: 'snippet',
  nanoflow: 'nanoflow',
  microflow: 'microflow',
  javaScriptAction: 'action',
} as const;

/** Ids and names of all that a model holds, the System module left out: its ids are fixed. */
export function catalogOf(model: Model): Catalog {
  const elements: { [id: string]: CatalogEntry } = {};
  for (const { path, module, qualifiedName: name, content } of model.documents.values()) {
    if (isSystemPath(path)) continue;
    if (content.kind === 'entity') {
      elements[content.id] = { kind: 'entity', name };
      for (const attribute of content.attributes)
        elements[attribute.id] = { kind: 'attribute', name: `${name}/${attribute.name}`, of: content.id };
      for (const association of content.associations)
        elements[association.id] = { kind: 'association', name: `${module}.${association.name}`, of: content.id };
    } else if (content.kind === 'enumeration') {
      elements[content.id] = { kind: 'enumeration', name };
      for (const value of content.values)
        elements[value.id] = { kind: 'enumerationValue', name: `${name}.${value.name}`, of: content.id };
    } else if (content.kind === 'security') {
      for (const role of content.userRoles) elements[role.id] = { kind: 'userRole', name: role.name };
    } else if (Object.hasOwn(DOCUMENTS, content.kind) && 'id' in content) {
      elements[content.id] = { kind: DOCUMENTS[content.kind as keyof typeof DOCUMENTS], name };
    }
  }
  return { elements };
}
