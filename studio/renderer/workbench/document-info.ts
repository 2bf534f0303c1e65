import type { JsonObject } from '@skerry/shared/base/json';
import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import type { Model } from '@skerry/shared/metamodel/model';
import { documentPath, documentPlace, projectFile } from '@skerry/shared/metamodel/paths';
import { words } from '../words/index.ts';

/** A document as lists, tabs and headings name it. */
export interface DocumentInfo {
  readonly path: string;
  readonly kind: DocumentKind;
  readonly module: string;
  readonly folders: readonly string[];
  /** As tabs show it: the own name, or what the kind is called where there is only one. */
  readonly title: string;
  /** A codicon's name. */
  readonly icon: string;
}

const ICONS: { readonly [K in DocumentKind]: string } = {
  app: 'settings-gear',
  security: 'shield',
  navigationProfile: 'device-mobile',
  evolution: 'versions',
  module: 'package',
  domain: 'type-hierarchy-sub',
  entity: 'table',
  enumeration: 'symbol-enum',
  constant: 'symbol-constant',
  microflow: 'server-process',
  nanoflow: 'zap',
  page: 'browser',
  snippet: 'symbol-snippet',
  layout: 'layout',
  menu: 'list-tree',
  rule: 'law',
  regularExpression: 'regex',
  javaScriptAction: 'symbol-method',
  image: 'file-media',
  opaque: 'file-binary',
};

export function kindIcon(kind: DocumentKind): string {
  return ICONS[kind];
}

/** Undefined for paths where no document may stand. */
export function describeDocument(path: string): DocumentInfo | undefined {
  const place = documentPlace(path);
  if (!place) return undefined;
  const t = words('workbench');
  const { kind, module, folders, name } = place;
  const own = kind === 'module' ? module : name;
  return { path, kind, module, folders, title: own || t(`kind.${kind}`), icon: ICONS[kind] };
}

/** What the document is called with the module before it: unmistakable in lists over the whole project. */
export function fullTitle(info: DocumentInfo): string {
  return info.module === '' || info.kind === 'module' ? info.title : `${info.module}.${info.title}`;
}

/** The document that shows a file of the project: its own, that of a sidecar or source, or the entity of demo rows. */
export function documentOfFile(path: string, model: Model): string | undefined {
  const file = projectFile(path);
  switch (file?.role) {
    case 'document':
      return path;
    case 'layout':
    case 'actionSource':
      return file.of;
    case 'demoRows':
      return model.find('entity', file.entity)?.path;
    default:
      return undefined;
  }
}

/** The document whose tab shows a document: entities stand in the diagram of their module. */
export function tabOf(path: string): string {
  const place = documentPlace(path);
  return place?.kind === 'entity' ? documentPath({ ...place, kind: 'domain' }) : path;
}

/** The id of a document's own element, for renaming and usages. */
export function ownElement(content: JsonObject | undefined): string | undefined {
  return typeof content?.id === 'string' ? content.id : undefined;
}

/** Whether documents of the kind may stand in folders. */
export function hasFolders(kind: DocumentKind): boolean {
  return DOCUMENT_KINDS[kind].folder !== undefined;
}
