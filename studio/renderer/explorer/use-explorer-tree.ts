import {
  dragAndDropFeature,
  hotkeysCoreFeature,
  renamingFeature,
  selectionFeature,
  syncDataLoaderFeature,
  type TreeInstance,
} from '@headless-tree/core';
import { useTree } from '@headless-tree/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useHost } from '../host/host-link.ts';
import { useProject } from '../model/project-store.ts';
import { activeStore } from '../workbench/active-document.ts';
import { isRecord, readStored, writeStored } from '../workbench/stored.ts';
import { canMove, moveNodes, openNode, renameNode } from './explorer-commands.tsx';
import {
  ancestors,
  documentNode,
  type ExplorerNode,
  type ExplorerTree,
  explorerTree,
  filterTree,
  ROOT,
} from './explorer-tree.ts';
import { canRenameNode, nodeName } from './node-words.ts';

export const DRAGGED_DOCUMENT = 'application/x-skerry-document';

const ROOT_NODE: ExplorerNode = { kind: 'root', id: ROOT };

function isExpansion(value: unknown): value is Record<string, readonly string[]> {
  return isRecord(value) && Object.values(value).every(Array.isArray);
}

export interface ExplorerState {
  readonly tree: TreeInstance<ExplorerNode>;
  /** All of the project's, whatever the filter. */
  readonly whole: ExplorerTree;
  readonly isEmpty: boolean;
}

/** The tree of the explorer: what is in it, what is unfolded, and what keys and the pointer do to it. */
export function useExplorerTree(filter: string): ExplorerState {
  const link = useHost();
  const folder = useProject((project) => project.folder);
  const content = useProject((project) => project.content);
  const unparsed = useProject((project) => project.unparsed);
  const shape = useShape(content, unparsed);
  const filtered = useMemo(() => filterTree(shape, filter, nodeName), [shape, filter]);
  const [expanded, setExpanded] = useState<string[]>(() => [
    ...(readStored('skerry.explorer', isExpansion)?.[folder] ?? firstExpanded(shape)),
  ]);
  useEffect(() => {
    writeStored('skerry.explorer', { [folder]: expanded });
  }, [folder, expanded]);

  const isFiltering = filter.trim() !== '';
  const expandedItems = useMemo(
    () => (isFiltering ? [...filtered.children.keys()] : expanded),
    [isFiltering, filtered, expanded],
  );
  const tree = useTree<ExplorerNode>({
    rootItemId: ROOT,
    getItemName: (item) => nodeName(item.getItemData()),
    isItemFolder: (item) => filtered.children.has(item.getId()),
    dataLoader: {
      getItem: (id) => filtered.nodes.get(id) ?? ROOT_NODE,
      getChildren: (id) => [...(filtered.children.get(id) ?? [])],
    },
    state: { expandedItems },
    setExpandedItems: setExpanded,
    onPrimaryAction: (item) => openNode(item.getItemData()),
    canRename: (item) => canRenameNode(item.getItemData()),
    onRename: (item, value) => renameNode(link, item.getItemData(), value),
    // The tree's own listener would replace the row before React hears of the key, and the workbench's F2 would follow.
    hotkeys: { renameItem: { hotkey: 'F2', isEnabled: () => false } },
    canReorder: false,
    canDrag: (items) => items.every((item) => item.getItemData().kind === 'document'),
    canDrop: (items, target) => items.every((item) => canMove(item.getItemData(), target.item.getItemData())),
    onDrop: (items, target) =>
      moveNodes(
        link,
        items.map((item) => item.getItemData()),
        target.item.getItemData(),
      ),
    createForeignDragObject: (items) => ({
      format: DRAGGED_DOCUMENT,
      data: items.flatMap((item) => pathOf(item.getItemData())).join('\n'),
      effectAllowed: 'copyMove',
    }),
    indent: 12,
    features: [syncDataLoaderFeature, selectionFeature, hotkeysCoreFeature, renamingFeature, dragAndDropFeature],
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another shape is the reason to build it anew
  useEffect(() => tree.rebuildTree(), [tree, filtered, expandedItems]);
  useReveal(tree, shape, setExpanded);
  return { tree, whole: shape, isEmpty: !filtered.children.has(ROOT) };
}

function pathOf(node: ExplorerNode): readonly string[] {
  return node.kind === 'document' ? [node.path] : [];
}

/** Made anew only when documents come or go: typing in one does not touch the tree. */
function useShape(
  content: ReadonlyMap<string, never> | Parameters<typeof explorerTree>[0],
  unparsed: readonly string[],
) {
  const last = useRef<{ readonly key: string; readonly tree: ExplorerTree }>(undefined);
  return useMemo(() => {
    const key = [...content.keys(), '', ...unparsed].join('\n');
    if (last.current?.key !== key) last.current = { key, tree: explorerTree(content as never, unparsed) };
    return last.current.tree;
  }, [content, unparsed]);
}

/** The first module and its pages: something to see, not everything at once. */
function firstExpanded(tree: ExplorerTree): readonly string[] {
  const modules = [...tree.nodes.values()].filter((node) => node.kind === 'module');
  return [...modules.map(({ id }) => id), 'group:/navigationProfile'];
}

/** Unfolds the way to the document in front and marks it. */
function useReveal(
  tree: TreeInstance<ExplorerNode>,
  shape: ExplorerTree,
  setExpanded: (next: (old: string[]) => string[]) => void,
) {
  const active = useStore(activeStore, ({ document }) => document);
  const latest = useRef(shape);
  latest.current = shape;
  useEffect(() => {
    if (active === undefined) return;
    const id = documentNode(active);
    if (!latest.current.nodes.has(id)) return;
    const above = ancestors(latest.current, id);
    setExpanded((old) => (above.every((one) => old.includes(one)) ? old : [...new Set([...old, ...above])]));
    const timer = setTimeout(() => {
      const item = tree.getItemInstance(id);
      tree.setSelectedItems([id]);
      item.setFocused();
      item.getElement()?.scrollIntoView({ block: 'nearest' });
    });
    return () => clearTimeout(timer);
  }, [active, tree, setExpanded]);
}
