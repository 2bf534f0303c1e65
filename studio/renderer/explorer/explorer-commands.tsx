import type { DocumentKind } from '@skerry/shared/metamodel/kinds';
import type { MenuItem } from '../design/menu-items.tsx';
import type { HostLink } from '../host/host-link.ts';
import { findReferences } from '../panels/references-store.ts';
import { words } from '../words/index.ts';
import { showDialog } from '../workbench/dialog-store.ts';
import { deleteDocuments, deleteModule } from '../workbench/dialogs/delete-dialog.tsx';
import { MoveDialog } from '../workbench/dialogs/move-dialog.tsx';
import { NewDocumentDialog } from '../workbench/dialogs/new-document-dialog.tsx';
import { renamedDocument, renameTo } from '../workbench/dialogs/rename-dialog.tsx';
import { hasFolders, kindIcon } from '../workbench/document-info.ts';
import { showFault } from '../workbench/messages.ts';
import { openDocument } from '../workbench/open.ts';
import type { ExplorerNode } from './explorer-tree.ts';

const NEW_KINDS: readonly DocumentKind[] = [
  'entity',
  'page',
  'nanoflow',
  'microflow',
  'enumeration',
  'constant',
  'snippet',
  'layout',
  'menu',
  'rule',
  'regularExpression',
  'javaScriptAction',
];

/** Where a row stands in its module, for what is made from it. */
export interface NewPlace {
  readonly module: string;
  readonly of?: DocumentKind | undefined;
  readonly folders: readonly string[];
}

export function placeOf(node: ExplorerNode | undefined): NewPlace | undefined {
  if (!node || node.kind === 'root') return undefined;
  if (node.kind === 'module') return { module: node.module, folders: [] };
  const folders = node.kind === 'group' ? [] : node.folders;
  return { module: node.module, of: node.of, folders };
}

export function moduleDocument(module: string): string {
  return `modules/${module}/module.json`;
}

/** The kinds that can be made at a place, as rows of a menu; the place's own kind first. */
export function newItems(place: NewPlace | undefined): readonly MenuItem[] {
  const t = words('workbench');
  const item = (kind: DocumentKind, module: string, folders: readonly string[]): MenuItem => ({
    id: kind,
    title: t(`kind.${kind}`),
    icon: kindIcon(kind),
    run: () =>
      showDialog((close) => <NewDocumentDialog kind={kind} module={module} folders={folders} onClose={close} />),
  });
  const outside: readonly MenuItem[] = [item('navigationProfile', '', []), item('module', '', [])];
  if (!place || place.module === '') return outside;
  const foldersFor = (kind: DocumentKind) => (kind === place.of ? place.folders : []);
  const own = place.of !== undefined && NEW_KINDS.includes(place.of) ? place.of : undefined;
  const rest = NEW_KINDS.filter((kind) => kind !== own);
  return [
    ...(own ? [item(own, place.module, foldersFor(own)), { id: 'own', separator: true } as const] : []),
    ...rest.map((kind) => item(kind, place.module, [])),
    { id: 'outside', separator: true },
    ...outside,
  ];
}

/** Opens what a row stands for; nothing for rows that only hold others. */
export function openNode(node: ExplorerNode): void {
  if (node.kind === 'document') openDocument(node.path);
}

export function renameNode(link: HostLink, node: ExplorerNode, name: string): void {
  const path = node.kind === 'module' ? moduleDocument(node.module) : node.kind === 'document' ? node.path : '';
  const renamed = renamedDocument(path);
  if (renamed) renameTo(link, renamed, name.trim()).catch(showFault);
}

export async function duplicateNode(link: HostLink, node: ExplorerNode): Promise<void> {
  if (node.kind !== 'document' || node.name === '') return;
  try {
    const outcome = await link.ask('command/run', {
      command: 'document.duplicate',
      arguments: { document: node.path },
    });
    const [made] = outcome.created;
    if (made) openDocument(made.document);
  } catch (error) {
    showFault(error);
  }
}

export function canDelete(node: ExplorerNode): boolean {
  return node.kind === 'document' && node.name !== '';
}

export function deleteNodes(link: HostLink, nodes: readonly ExplorerNode[]): void {
  const [first] = nodes;
  if (first?.kind === 'module') {
    deleteModule(link, first.module);
    return;
  }
  const paths = nodes.flatMap((node) => (node.kind === 'document' && canDelete(node) ? [node.path] : []));
  if (paths.length > 0) deleteDocuments(link, paths).catch(showFault);
}

export function findNodeReferences(link: HostLink, node: ExplorerNode): void {
  const path = node.kind === 'module' ? moduleDocument(node.module) : node.kind === 'document' ? node.path : '';
  const named = renamedDocument(path);
  if (named) findReferences(link, named.document, named.element, named.name).catch(showFault);
}

/** Whether documents may be put into a place by dragging. */
export function canMove(node: ExplorerNode, target: ExplorerNode): boolean {
  if (node.kind !== 'document' || !hasFolders(node.of) || node.isUnreadable) return false;
  const to = moveTarget(node, target);
  return to !== undefined && (to.module !== node.module || to.folders.join('/') !== node.folders.join('/'));
}

function moveTarget(node: ExplorerNode, target: ExplorerNode): NewPlace | undefined {
  if (node.kind !== 'document') return undefined;
  if (target.kind === 'module') return { module: target.module, folders: node.folders };
  const holdsKind =
    ((target.kind === 'group' || target.kind === 'folder') && target.of === node.of) ||
    (target.kind === 'document' && target.of === 'domain' && node.of === 'entity');
  return holdsKind ? placeOf(target) : undefined;
}

export async function moveNodes(link: HostLink, nodes: readonly ExplorerNode[], target: ExplorerNode): Promise<void> {
  try {
    for (const node of nodes) {
      const to = moveTarget(node, target);
      if (!to || node.kind !== 'document') continue;
      await link.ask('command/run', {
        command: 'document.move',
        arguments: { document: node.path, module: to.module, folders: to.folders },
      });
    }
  } catch (error) {
    showFault(error);
  }
}

/** The context menu of a row; of the empty ground when there is none. */
export function nodeMenu(
  link: HostLink,
  node: ExplorerNode | undefined,
  selected: readonly ExplorerNode[],
  startRenaming: () => void,
): readonly MenuItem[] {
  const t = words('explorer');
  const line = (id: string): MenuItem => ({ id, separator: true });
  const create: MenuItem = { id: 'new', title: t('menu.new'), icon: 'add', items: newItems(placeOf(node)) };
  if (!node || node.kind === 'root') return newItems(undefined);
  if (node.kind === 'group' || node.kind === 'folder') return [create];
  if (node.kind === 'module') {
    return [
      create,
      line('1'),
      {
        id: 'settings',
        title: t('menu.moduleSettings'),
        icon: 'settings-gear',
        run: () => openDocument(moduleDocument(node.module)),
      },
      { id: 'rename', title: t('menu.rename'), keys: 'F2', run: startRenaming },
      {
        id: 'references',
        title: t('menu.references'),
        keys: 'Shift+F12',
        run: () => findNodeReferences(link, node),
      },
      line('2'),
      {
        id: 'delete',
        title: t('menu.delete'),
        icon: 'trash',
        keys: 'Delete',
        tone: 'danger',
        run: () => deleteModule(link, node.module),
      },
    ];
  }
  const isOwn = node.name !== '' && !node.isUnreadable;
  return [
    { id: 'open', title: t('menu.open'), icon: 'go-to-file', keys: 'Enter', run: () => openNode(node) },
    ...(node.module === '' ? [] : [create]),
    ...(isOwn
      ? [
          line('1'),
          { id: 'rename', title: t('menu.rename'), keys: 'F2', run: startRenaming },
          { id: 'duplicate', title: t('menu.duplicate'), keys: '$mod+KeyD', run: () => void duplicateNode(link, node) },
          ...(hasFolders(node.of)
            ? [
                {
                  id: 'move',
                  title: t('menu.moveTo'),
                  run: () =>
                    showDialog((close) => (
                      <MoveDialog
                        path={node.path}
                        name={node.name}
                        module={node.module}
                        folders={node.folders}
                        onClose={close}
                      />
                    )),
                },
              ]
            : []),
          {
            id: 'references',
            title: t('menu.references'),
            icon: 'references',
            keys: 'Shift+F12',
            run: () => findNodeReferences(link, node),
          },
          line('2'),
          {
            id: 'delete',
            title: t('menu.delete'),
            icon: 'trash',
            keys: 'Delete',
            tone: 'danger' as const,
            run: () => deleteNodes(link, selected.includes(node) ? selected : [node]),
          },
        ]
      : []),
  ];
}
