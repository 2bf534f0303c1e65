import { words } from '../words/index.ts';
import { kindIcon } from '../workbench/document-info.ts';
import type { ExplorerNode } from './explorer-tree.ts';

export function nodeName(node: ExplorerNode): string {
  switch (node.kind) {
    case 'root':
      return '';
    case 'module':
      return node.module;
    case 'group':
      return words('explorer')(`group.${node.of}`);
    case 'folder':
      return node.folders.at(-1) ?? '';
    case 'document':
      return node.name === '' ? words('workbench')(`kind.${node.of}`) : node.name;
  }
}

export function nodeIcon(node: ExplorerNode, isExpanded: boolean): string {
  switch (node.kind) {
    case 'root':
      return 'root-folder';
    case 'module':
      return 'package';
    case 'group':
    case 'folder':
      return isExpanded ? 'folder-opened' : 'folder';
    case 'document':
      return node.isUnreadable ? 'error' : kindIcon(node.of);
  }
}

/** Whether the node has a name of its own that can change. */
export function canRenameNode(node: ExplorerNode): boolean {
  if (node.kind === 'module') return true;
  return node.kind === 'document' && node.name !== '' && node.of !== 'evolution' && !node.isUnreadable;
}
