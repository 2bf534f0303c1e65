import { type Box, GRID, type Point, snapped } from './geometry.ts';
import type { Link } from './route.ts';

/** One level of a diagram to be laid out. */
export interface LayoutWish {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly links: readonly Link[];
  readonly direction: 'right' | 'down';
  /** Room between boxes and between layers. */
  readonly gap: number;
  readonly layerGap: number;
  /** Top left corner of the result. */
  readonly at: Point;
}

interface Graph {
  readonly id: string;
  readonly layoutOptions?: { readonly [option: string]: string };
  readonly children?: readonly { id: string; x?: number; y?: number; width?: number; height?: number }[] | undefined;
  readonly edges?: readonly { id: string; sources: string[]; targets: string[] }[] | undefined;
}

/** The wish as the layout library reads it. */
export function toElk({ boxes, links, direction, gap, layerGap }: LayoutWish): Graph {
  return {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction === 'right' ? 'RIGHT' : 'DOWN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.spacing.nodeNode': String(gap),
      'elk.spacing.componentComponent': String(gap),
      'elk.layered.spacing.nodeNodeBetweenLayers': String(layerGap),
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.aspectRatio': '1.6',
    },
    children: [...boxes].map(([id, { width, height }]) => ({ id, width, height })),
    edges: links
      .filter(({ from, to }) => from !== to && boxes.has(from) && boxes.has(to))
      .map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  };
}

/** Where everything goes, on the grid. */
export function fromElk(
  graph: { readonly children?: Graph['children'] },
  { at }: Pick<LayoutWish, 'at'>,
): ReadonlyMap<string, Point> {
  const children = graph.children ?? [];
  const left = Math.min(...children.map(({ x = 0 }) => x));
  const top = Math.min(...children.map(({ y = 0 }) => y));
  return new Map(
    children.map(({ id, x = 0, y = 0 }) => [
      id,
      { x: snapped(at.x + x - left, GRID), y: snapped(at.y + y - top, GRID) },
    ]),
  );
}
