import type { JsonObject } from '@skerry/shared/base/json';
import { compareCodePoints } from '@skerry/shared/base/json';
import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import { documentPlace } from '@skerry/shared/metamodel/paths';

export type ExplorerNode =
  | { readonly kind: 'root'; readonly id: string }
  | { readonly kind: 'module'; readonly id: string; readonly module: string }
  /** All documents of a kind in a module, or the project's own of a kind. */
  | { readonly kind: 'group'; readonly id: string; readonly module: string; readonly of: DocumentKind }
  | {
      readonly kind: 'folder';
      readonly id: string;
      readonly module: string;
      readonly of: DocumentKind;
      readonly folders: readonly string[];
    }
  | {
      readonly kind: 'document';
      readonly id: string;
      readonly path: string;
      readonly of: DocumentKind;
      readonly module: string;
      readonly folders: readonly string[];
      readonly name: string;
      readonly isUnreadable: boolean;
    };

export interface ExplorerTree {
  readonly nodes: ReadonlyMap<string, ExplorerNode>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly parents: ReadonlyMap<string, string>;
}

export const ROOT = 'root';

/** Order of the groups in a module; entities stand below the domain model. */
const GROUPS: readonly DocumentKind[] = [
  'page',
  'snippet',
  'layout',
  'nanoflow',
  'microflow',
  'rule',
  'enumeration',
  'constant',
  'menu',
  'regularExpression',
  'javaScriptAction',
  'image',
  'opaque',
];

export function documentNode(path: string): string {
  return `document:${path}`;
}

/** The tree of a project: its own documents first, then the modules by name. Empty groups are left out. */
export function explorerTree(content: ReadonlyMap<string, JsonObject>, unparsed: readonly string[]): ExplorerTree {
  const nodes = new Map<string, ExplorerNode>([[ROOT, { kind: 'root', id: ROOT }]]);
  const children = new Map<string, string[]>();
  const parents = new Map<string, string>();
  const add = (parent: string, node: ExplorerNode) => {
    if (nodes.has(node.id)) return;
    nodes.set(node.id, node);
    parents.set(node.id, parent);
    const siblings = children.get(parent);
    if (siblings) siblings.push(node.id);
    else children.set(parent, [node.id]);
  };

  const places = [...content.keys(), ...unparsed].sort(compareCodePoints).flatMap((path) => {
    const place = documentPlace(path);
    return place ? [{ path, ...place, isUnreadable: !content.has(path) }] : [];
  });
  const document = (parent: string, { path, kind, module, folders, name, isUnreadable }: (typeof places)[number]) =>
    add(parent, { kind: 'document', id: documentNode(path), path, of: kind, module, folders, name, isUnreadable });
  const of = (kind: DocumentKind, module = '') =>
    places.filter((place) => place.kind === kind && place.module === module);

  for (const place of of('app')) document(ROOT, place);
  for (const place of of('security')) document(ROOT, place);
  for (const kind of ['navigationProfile', 'evolution'] as const) {
    const own = of(kind);
    if (own.length === 0) continue;
    const group = `group:/${kind}`;
    add(ROOT, { kind: 'group', id: group, module: '', of: kind });
    for (const place of own) document(group, place);
  }
  const modules = [...new Set(places.flatMap(({ module }) => (module === '' ? [] : [module])))].sort(compareCodePoints);
  for (const module of modules) {
    const moduleId = `module:${module}`;
    add(ROOT, { kind: 'module', id: moduleId, module });
    const entities = of('entity', module);
    const domain = of('domain', module)[0];
    const domainParent = domain ? documentNode(domain.path) : `group:${module}/entity`;
    if (domain) document(moduleId, domain);
    else if (entities.length > 0) add(moduleId, { kind: 'group', id: domainParent, module, of: 'entity' });
    inFolders(add, document, domainParent, module, 'entity', entities);
    for (const kind of GROUPS) {
      const own = of(kind, module);
      if (own.length === 0) continue;
      const group = `group:${module}/${kind}`;
      add(moduleId, { kind: 'group', id: group, module, of: kind });
      inFolders(add, document, group, module, kind, own);
    }
  }
  return { nodes, children, parents };
}

function inFolders<P extends { readonly folders: readonly string[] }>(
  add: (parent: string, node: ExplorerNode) => void,
  document: (parent: string, place: P) => void,
  parent: string,
  module: string,
  of: DocumentKind,
  places: readonly P[],
): void {
  const folderId = (folders: readonly string[]) =>
    folders.length === 0 ? parent : `folder:${module}/${DOCUMENT_KINDS[of].folder}/${folders.join('/')}`;
  // Folders before documents, as everywhere else.
  for (const { folders } of places) {
    for (let depth = 1; depth <= folders.length; depth++) {
      const path = folders.slice(0, depth);
      add(folderId(path.slice(0, -1)), { kind: 'folder', id: folderId(path), module, of, folders: path });
    }
  }
  for (const place of places) document(folderId(place.folders), place);
}

/** The tree with only what matches and what leads there. All terms must stand in the words of a node. */
export function filterTree(tree: ExplorerTree, text: string, wordsOf: (node: ExplorerNode) => string): ExplorerTree {
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (terms.length === 0) return tree;
  const kept = new Set<string>([ROOT]);
  for (const [id, node] of tree.nodes) {
    const words = wordsOf(node).toLowerCase();
    if (!terms.every((term) => words.includes(term))) continue;
    for (let at: string | undefined = id; at !== undefined; at = tree.parents.get(at)) kept.add(at);
  }
  const children = new Map<string, readonly string[]>();
  for (const [id, below] of tree.children) {
    const left = below.filter((child) => kept.has(child));
    if (kept.has(id) && left.length > 0) children.set(id, left);
  }
  return { ...tree, children };
}

/** Ids from the top down to a node, without the root and the node itself. */
export function ancestors(tree: ExplorerTree, id: string): readonly string[] {
  const above: string[] = [];
  for (let at = tree.parents.get(id); at !== undefined && at !== ROOT; at = tree.parents.get(at)) above.unshift(at);
  return above;
}
