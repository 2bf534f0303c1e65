import type { Point } from '../../canvas/geometry.ts';
import type { Size } from '../../canvas/placing.ts';

export interface LayerNode extends Size {
  readonly id: string;
}
export interface LayerEdge {
  readonly from: string;
  readonly to: string;
}
export interface LayerRoom {
  readonly at: Point;
  readonly gapX: number;
  readonly gapY: number;
}

/**
 * A flow from left to right: columns by the longest way from where it begins (arrows that lead back do not count), the
 * first way out of a node stays in its row, each further one takes the next row that is free from there on.
 */
export function layered(
  nodes: readonly LayerNode[],
  edges: readonly LayerEdge[],
  { at, gapX, gapY }: LayerRoom,
): ReadonlyMap<string, Point> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const forward = withoutLoops(nodes, edges);
  const columns = columnsOf(nodes, forward);
  const rows = rowsOf(nodes, forward, columns);
  const widths = sizes(columns, (id) => byId.get(id)?.width ?? 0);
  const heights = sizes(rows, (id) => byId.get(id)?.height ?? 0);
  return new Map(
    nodes.map(({ id }) => [
      id,
      {
        x: at.x + offset(widths, columns.get(id) ?? 0, gapX),
        y: at.y + offset(heights, rows.get(id) ?? 0, gapY),
      },
    ]),
  );
}

/** Edges that do not lead back to where their own way has come from. */
function withoutLoops(nodes: readonly LayerNode[], edges: readonly LayerEdge[]): readonly LayerEdge[] {
  const out = Map.groupBy(edges, ({ from }) => from);
  const state = new Map<string, 'open' | 'done'>();
  const kept: LayerEdge[] = [];
  const visit = (id: string) => {
    state.set(id, 'open');
    for (const edge of out.get(id) ?? []) {
      const seen = state.get(edge.to);
      if (seen === 'open') continue;
      kept.push(edge);
      if (seen === undefined) visit(edge.to);
    }
    state.set(id, 'done');
  };
  const entered = new Set(edges.map(({ to }) => to));
  for (const { id } of nodes) if (!entered.has(id) && !state.has(id)) visit(id);
  for (const { id } of nodes) if (!state.has(id)) visit(id);
  return kept;
}

function columnsOf(nodes: readonly LayerNode[], edges: readonly LayerEdge[]): ReadonlyMap<string, number> {
  const into = Map.groupBy(edges, ({ to }) => to);
  const columns = new Map<string, number>();
  const column = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    columns.set(id, 0);
    const found = Math.max(-1, ...(into.get(id) ?? []).map(({ from }) => column(from))) + 1;
    columns.set(id, found);
    return found;
  };
  for (const { id } of nodes) column(id);
  return columns;
}

function rowsOf(
  nodes: readonly LayerNode[],
  edges: readonly LayerEdge[],
  columns: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const out = Map.groupBy(edges, ({ from }) => from);
  const rows = new Map<string, number>();
  /** By row the first column that is still free. */
  const free: number[] = [];
  const place = (id: string, wanted: number) => {
    if (rows.has(id)) return;
    const column = columns.get(id) ?? 0;
    let row = wanted;
    while ((free[row] ?? 0) > column) row++;
    rows.set(id, row);
    free[row] = column + 1;
    (out.get(id) ?? []).forEach(({ to }, i) => {
      place(to, i === 0 ? row : row + 1);
    });
  };
  const entered = new Set(edges.map(({ to }) => to));
  for (const { id } of nodes) if (!entered.has(id)) place(id, 0);
  for (const { id } of nodes) place(id, 0);
  return rows;
}

function sizes(lanes: ReadonlyMap<string, number>, size: (id: string) => number): readonly number[] {
  const found: number[] = [];
  for (const [id, lane] of lanes) found[lane] = Math.max(found[lane] ?? 0, size(id));
  return found;
}

function offset(lanes: readonly number[], lane: number, gap: number): number {
  let sum = 0;
  for (let i = 0; i < lane; i++) sum += (lanes[i] ?? 0) + gap;
  return sum;
}
