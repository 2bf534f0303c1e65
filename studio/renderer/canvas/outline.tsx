import { useWords } from '../words/index.ts';
import styles from './canvas.module.css';
import type { CanvasEdge, CanvasNode } from './content.ts';

export interface OutlineProps {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (id: string) => void;
  readonly onOpen?: ((id: string) => void) | undefined;
}

/** The diagram as a list: everything on it and what it is connected with. */
export function Outline({ nodes, edges, selected, onSelect, onOpen }: OutlineProps) {
  const t = useWords('canvas');
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const byNode = Map.groupBy(
    edges.flatMap((edge) => [{ node: edge.from, edge }, ...(edge.to === edge.from ? [] : [{ node: edge.to, edge }])]),
    ({ node }) => node,
  );
  const row = (id: string, text: string, isInner: boolean) => (
    <button
      type="button"
      className={isInner ? styles.outlineInner : styles.outlineRow}
      aria-current={selected.has(id) ? 'true' : undefined}
      onClick={() => onSelect(id)}
      onDoubleClick={() => onOpen?.(id)}
    >
      {text}
    </button>
  );
  return (
    <nav className={styles.outline} aria-label={t('outline')}>
      <h2>{t('outline')}</h2>
      <ul>
        {nodes.map((node) => (
          <li key={node.id}>
            {row(node.id, node.label, node.parent !== undefined)}
            <ul>
              {(byNode.get(node.id) ?? []).map(({ edge }) => (
                <li key={edge.id}>
                  {edge.isElement === false ? (
                    <span className={styles.outlineInner}>{edge.title}</span>
                  ) : (
                    row(edge.id, edge.title || (labels.get(edge.to) ?? ''), true)
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
}
