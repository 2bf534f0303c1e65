import { DOCUMENT_KINDS, type DocumentKind } from './kinds.ts';

/** Where a document stands, in words instead of a path. */
export interface DocumentPlace {
  readonly kind: DocumentKind;
  /** '' for documents outside modules. */
  readonly module: string;
  /** Folders below the kind's own. */
  readonly folders: readonly string[];
  /** The file's name without extension; '' where the path leaves none to choose. */
  readonly name: string;
}

/** What a file of a project is by its path. Whatever is none of these is not Skerry's. */
export type ProjectFile =
  | ({ readonly role: 'document' } & DocumentPlace)
  /** Geometry of the document at `of`. */
  | { readonly role: 'layout'; readonly of: string }
  /** Source of the JavaScript action at `of`. */
  | { readonly role: 'actionSource'; readonly of: string }
  /** Demo objects of the entity with this qualified name. */
  | { readonly role: 'demoRows'; readonly entity: string }
  /** Contents of the demo file object with this id. */
  | { readonly role: 'demoFile'; readonly id: string };

const SIDECAR = '.layout.json';
const KIND_BY_FOLDER = new Map(
  Object.entries(DOCUMENT_KINDS).flatMap(([kind, entry]) =>
    entry.folder ? [[entry.folder, kind as DocumentKind] as const] : [],
  ),
);

/** @param path from the project's folder, with '/' between its parts */
export function projectFile(path: string): ProjectFile | undefined {
  if (path.endsWith(SIDECAR)) {
    const of = `${path.slice(0, -SIDECAR.length)}.json`;
    return projectFile(of)?.role === 'document' ? { role: 'layout', of } : undefined;
  }
  const demoRows = /^data\/([^/]+\.[^/]+)\.csv$/.exec(path);
  if (demoRows?.[1]) return { role: 'demoRows', entity: demoRows[1] };
  const demoFile = /^data\/files\/([^/]+)$/.exec(path);
  if (demoFile?.[1]) return { role: 'demoFile', id: demoFile[1] };
  if (path.endsWith('.ts')) {
    const of = `${path.slice(0, -'.ts'.length)}.json`;
    const signature = documentPlace(of);
    return signature?.kind === 'javaScriptAction' ? { role: 'actionSource', of } : undefined;
  }
  const place = documentPlace(path);
  return place && { role: 'document', ...place };
}

/** The place of the document at a path; undefined when no document may stand there. */
export function documentPlace(path: string): DocumentPlace | undefined {
  if (!path.endsWith('.json') || path.endsWith(SIDECAR)) return undefined;
  const parts = path.slice(0, -'.json'.length).split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return undefined;
  const [first, second, third] = parts;
  const outside = (kind: DocumentKind, name: string): DocumentPlace => ({ kind, module: '', folders: [], name });
  if (parts.length === 1) {
    return first === 'skerry' ? outside('app', '') : first === 'security' ? outside('security', '') : undefined;
  }
  if (parts.length === 2 && second) {
    if (first === 'navigation') return outside('navigationProfile', second);
    return first === 'evolution' ? outside('evolution', second) : undefined;
  }
  if (first !== 'modules' || !second || !third) return undefined;
  if (parts.length === 3) {
    if (third !== 'module' && third !== 'domain') return undefined;
    return { kind: third, module: second, folders: [], name: '' };
  }
  const kind = KIND_BY_FOLDER.get(third);
  return kind && { kind, module: second, folders: parts.slice(3, -1), name: parts.at(-1) as string };
}

/** The path of a document at a place: the inverse of documentPlace. */
export function documentPath(place: DocumentPlace): string {
  switch (place.kind) {
    case 'app':
      return 'skerry.json';
    case 'security':
      return 'security.json';
    case 'navigationProfile':
      return `navigation/${place.name}.json`;
    case 'evolution':
      return `evolution/${place.name}.json`;
    case 'module':
    case 'domain':
      return `modules/${place.module}/${place.kind}.json`;
    default: {
      const folder = DOCUMENT_KINDS[place.kind].folder as string;
      return ['modules', place.module, folder, ...place.folders, `${place.name}.json`].join('/');
    }
  }
}

/** The path of a document's geometry. */
export function layoutPath(documentPath: string): string {
  return `${documentPath.slice(0, -'.json'.length)}${SIDECAR}`;
}

/** The path of a JavaScript action's source. */
export function actionSourcePath(documentPath: string): string {
  return `${documentPath.slice(0, -'.json'.length)}.ts`;
}

/** The path of an entity's demo objects. */
export function demoRowsPath(entity: string): string {
  return `data/${entity}.csv`;
}
