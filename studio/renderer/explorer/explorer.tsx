import type { ItemInstance } from '@headless-tree/core';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { ContextMenu } from '../design/context-menu.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Menu } from '../design/menu.tsx';
import { useHost } from '../host/host-link.ts';
import { problemsStore } from '../model/problems-store.ts';
import { useProject } from '../model/project-store.ts';
import { useWords } from '../words/index.ts';
import styles from './explorer.module.css';
import { deleteNodes, duplicateNode, findNodeReferences, newItems, nodeMenu, placeOf } from './explorer-commands.tsx';
import { ExplorerRow } from './explorer-row.tsx';
import type { ExplorerNode } from './explorer-tree.ts';
import { FilterField } from './filter-field.tsx';
import { nodeMarks } from './node-marks.ts';
import { nodeName } from './node-words.ts';
import { useExplorerTree } from './use-explorer-tree.ts';

const TYPE_AHEAD_MS = 700;

/** The project as a tree. */
export function Explorer() {
  const t = useWords('explorer');
  const link = useHost();
  const [filter, setFilter] = useState('');
  const { tree, whole, isEmpty } = useExplorerTree(filter);
  const problems = useStore(problemsStore, ({ byDocument }) => byDocument);
  const dirty = useProject((project) => project.dirty);
  const marks = useMemo(() => nodeMarks(whole, problems, dirty), [whole, problems, dirty]);
  const pointed = useRef<ItemInstance<ExplorerNode>>(undefined);
  const typed = useRef({ text: '', at: 0 });

  const selected = () => tree.getSelectedItems().map((item) => item.getItemData());
  const typeAhead = (letter: string, now: number) => {
    const isFresh = now - typed.current.at > TYPE_AHEAD_MS;
    const text = isFresh ? letter : typed.current.text + letter;
    typed.current = { text, at: now };
    const items = tree.getItems();
    const from = items.findIndex((item) => item.isFocused()) + (isFresh ? 1 : 0);
    const found = [...items.slice(from), ...items.slice(0, from)].find((item) =>
      nodeName(item.getItemData()).toLowerCase().startsWith(text.toLowerCase()),
    );
    found?.setFocused();
    tree.updateDomFocus();
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (tree.isRenamingItem() || event.target instanceof HTMLInputElement) return;
    const item = tree.getFocusedItem();
    const node = item?.getItemData();
    if (!node) return;
    const isMod = event.ctrlKey || event.metaKey;
    if (event.key === 'F2') {
      event.preventDefault();
      item.startRenaming();
    } else if (event.key === 'Delete') {
      event.preventDefault();
      const marked = selected();
      deleteNodes(link, marked.includes(node) ? marked : [node]);
    } else if (event.key === 'F12' && event.shiftKey) {
      event.preventDefault();
      findNodeReferences(link, node);
    } else if (isMod && event.key.toLowerCase() === 'd') {
      event.preventDefault();
      void duplicateNode(link, node);
    } else if (event.key.length === 1 && event.key !== ' ' && !isMod && !event.altKey) {
      event.preventDefault();
      typeAhead(event.key, event.timeStamp);
      return;
    }
    typed.current = { text: '', at: 0 };
  };
  return (
    <section aria-label={t('title')} className={styles.explorer}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('title')}</h2>
        <Menu
          items={newItems(placeOf(tree.getFocusedItem()?.getItemData()))}
          trigger={<IconButton icon="add" label={t('add')} />}
        />
        <IconButton
          icon="collapse-all"
          label={t('collapseAll')}
          onClick={() => tree.applySubStateUpdate('expandedItems', [])}
        />
      </header>
      <FilterField
        label={t('filter')}
        clearLabel={t('clear')}
        value={filter}
        onChange={setFilter}
        onDown={() => tree.updateDomFocus()}
      />
      <ContextMenu
        items={() => {
          const item = pointed.current;
          pointed.current = undefined;
          return nodeMenu(link, item?.getItemData(), selected(), () => item?.startRenaming());
        }}
      >
        <div className={styles.ground}>
          {isEmpty && <EmptyState icon="search" title={t('noMatch')} />}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the tree's role comes with its props */}
          <div {...tree.getContainerProps(t('tree'))} className={styles.tree} onKeyDown={press}>
            {tree.getItems().map((item) => (
              <ExplorerRow
                key={item.getId()}
                item={item}
                marks={marks.get(item.getId())}
                onPoint={() => {
                  pointed.current = item;
                }}
              />
            ))}
          </div>
        </div>
      </ContextMenu>
    </section>
  );
}
