import type { ItemInstance } from '@headless-tree/core';
import type { MouseEvent } from 'react';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/index.ts';
import styles from './explorer.module.css';
import { openNode } from './explorer-commands.tsx';
import type { ExplorerNode } from './explorer-tree.ts';
import { NO_MARKS, type NodeMarks } from './node-marks.ts';
import { nodeIcon, nodeName } from './node-words.ts';

export interface ExplorerRowProps {
  readonly item: ItemInstance<ExplorerNode>;
  readonly marks: NodeMarks | undefined;
  /** Just before the context menu opens on the row. */
  readonly onPoint: () => void;
}

export function ExplorerRow({ item, marks = NO_MARKS, onPoint }: ExplorerRowProps) {
  const t = useWords('explorer');
  const node = item.getItemData();
  if (node.kind === 'root') return null;
  const { level } = item.getItemMeta();
  const isFolder = item.isFolder();
  const name = nodeName(node);
  const inner = (
    <>
      <span data-chevron className={styles.chevron}>
        {isFolder && <Icon name={item.isExpanded() ? 'chevron-down' : 'chevron-right'} />}
      </span>
      <Icon name={nodeIcon(node, item.isExpanded())} className={`${styles.icon} ${styles[node.kind]}`} />
    </>
  );
  const indent = { paddingLeft: 4 + level * 12 };
  if (item.isRenaming()) {
    return (
      <div className={styles.row} style={indent}>
        {inner}
        <input
          {...item.getRenameInputProps()}
          aria-label={t('rename', { name })}
          onFocus={(event) => event.currentTarget.select()}
          spellCheck={false}
          className={styles.rename}
        />
      </div>
    );
  }
  const props = item.getProps();
  const click = (event: MouseEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      props.onClick?.(event);
      return;
    }
    item.getTree().setSelectedItems([item.getId()]);
    item.setFocused();
    const onChevron = event.target instanceof Element && event.target.closest('[data-chevron]') !== null;
    if (isFolder && (onChevron || node.kind !== 'document')) {
      if (item.isExpanded()) item.collapse();
      else item.expand();
    } else openNode(node);
  };
  const tone = marks.errors > 0 ? styles.error : marks.warnings > 0 ? styles.warning : '';
  const classes = [
    styles.row,
    item.isSelected() ? styles.selected : '',
    item.isDragTarget() ? styles.target : '',
    tone,
  ];
  return (
    <button
      type="button"
      {...props}
      onClick={click}
      onContextMenu={onPoint}
      style={indent}
      className={classes.join(' ')}
      title={node.kind === 'document' ? node.path : undefined}
    >
      {inner}
      <span className={styles.name}>{name}</span>
      {node.kind === 'document' && node.isUnreadable && <span className="visually-hidden">{t('unreadable')}</span>}
      <Marks marks={marks} />
    </button>
  );
}

function Marks({ marks }: { readonly marks: NodeMarks }) {
  const t = useWords('explorer');
  const { errors, warnings, isDirty } = marks;
  const count = errors || warnings;
  return (
    <span className={styles.marks}>
      {count > 0 && (
        <>
          <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
          <span className="visually-hidden">
            {errors > 0 ? t('errors', { count: errors }) : t('warnings', { count: warnings })}
          </span>
        </>
      )}
      {isDirty && (
        <>
          <Icon name="circle-filled" className={styles.dirty} />
          <span className="visually-hidden">{t('unsaved')}</span>
        </>
      )}
    </span>
  );
}
