import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { Icon } from '../../design/icon.tsx';
import { Tooltip } from '../../design/tooltip.tsx';
import type { Words } from '../../words/index.ts';
import { describe } from './describe.ts';
import styles from './structure.module.css';
import { canHold, type StructureNode } from './structure.ts';
import { widgetIcon } from './widget-kinds.ts';

export const ROW_HEIGHT = 28;
export const INDENT = 16;
/** Of the outermost rows. */
export const FIRST_INDENT = 8;

export interface StructureRowProps {
  readonly node: StructureNode;
  readonly language: string;
  readonly isSelected: boolean;
  readonly isLead: boolean;
  readonly isOpen: boolean;
  readonly isTarget: boolean;
  readonly problems: readonly Diagnostic[];
  readonly t: Words;
}

export function rowId(id: string): string {
  return `structure-${id}`;
}

/** One element of the structure. What happens to it is the tree's affair. */
export function StructureRow({ node, language, isSelected, isLead, isOpen, isTarget, problems, t }: StructureRowProps) {
  const { caption, source, marks } = describe(node, t, language);
  const kind = kindWords(node, t);
  const isHolder = canHold(node);
  const name = typeof node.value.name === 'string' ? node.value.name : '';
  const isError = problems.some(({ severity }) => severity === 'error');
  const siblings = node.parent?.children.length;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names its row
    <div
      id={rowId(node.id)}
      role="treeitem"
      aria-level={node.depth + 1}
      aria-posinset={node.index + 1}
      {...(siblings === undefined ? {} : { 'aria-setsize': siblings })}
      aria-selected={isSelected}
      {...(node.children.length > 0 ? { 'aria-expanded': isOpen } : {})}
      aria-label={[[kind, caption].filter(Boolean).join(', '), source].filter(Boolean).join(' ')}
      data-row={node.id}
      draggable
      className={[
        styles.row,
        isSelected && styles.selected,
        isLead && styles.lead,
        isTarget && styles.target,
        node.type !== 'widget' && styles.part,
      ]
        .filter(Boolean)
        .join(' ')}
      style={{ paddingLeft: FIRST_INDENT + node.depth * INDENT }}
    >
      {Array.from({ length: node.depth }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: guides are told apart by their depth alone
        <i key={at} className={styles.guide} style={{ left: FIRST_INDENT + at * INDENT + INDENT / 2 }} />
      ))}
      <span className={styles.chevron} data-toggle={node.children.length > 0 ? node.id : undefined}>
        {node.children.length > 0 && <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />}
      </span>
      <span className={`${styles.icon} ${isHolder ? styles.holder : ''}`}>
        <Icon
          name={node.type === 'widget' ? widgetIcon(node.kind) : node.type === 'tab' ? 'browser' : 'split-horizontal'}
        />
      </span>
      <span className={styles.caption}>{caption || kind}</span>
      {caption && <span className={styles.kind}> {kind}</span>}
      {/* Read as it is written: a word apart. */}
      {source && ' '}
      {source && (
        <span className={styles.source}>
          <Icon name="database" />
          {source}
        </span>
      )}
      <span className={styles.gap} />
      {marks.map(({ icon, text }) => (
        <Tooltip key={text} text={text}>
          <span className={styles.mark}>
            <Icon name={icon} />
          </span>
        </Tooltip>
      ))}
      {problems.length > 0 && (
        <Tooltip text={problems.map(({ message }) => message).join('\n')}>
          <span className={isError ? styles.error : styles.warning}>
            <Icon name={isError ? 'error' : 'warning'} />
          </span>
        </Tooltip>
      )}
      {name && <span className={styles.name}>{name}</span>}
    </div>
  );
}

export function kindWords(node: StructureNode, t: Words): string {
  return node.type === 'widget' ? t(`kinds.${node.kind}`) : t(node.type);
}
