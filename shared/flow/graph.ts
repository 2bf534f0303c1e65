import type { ElementId } from '../base/ids.ts';
import type { FlowNode, FlowNodeOf, SequenceFlow } from '../metamodel/flow.ts';

/** Nodes and edges of a flow, or of the inside of one loop. */
export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  /** The loop whose inside this is; absent for the flow itself. */
  readonly loop?: FlowNodeOf<'loop'>;
  readonly byId: ReadonlyMap<string, FlowNode>;
  /** Edges out of a node, error edges apart. */
  outgoing(id: string): readonly SequenceFlow[];
  errorEdge(id: string): SequenceFlow | undefined;
  incoming(id: string): readonly SequenceFlow[];
  /** Where it begins: the start; in a loop without one, the nodes nothing leads to. More or fewer than one is an error. */
  readonly entries: readonly FlowNode[];
}

const NOTHING: readonly SequenceFlow[] = [];

/** Annotations are no part of the graph. Edges that touch a node of another level are left out (see `strayEdges`). */
export function flowGraph(
  level: { readonly nodes: readonly FlowNode[]; readonly flows: readonly SequenceFlow[] },
  loop?: FlowNodeOf<'loop'>,
): FlowGraph {
  const nodes = level.nodes.filter((node) => node.kind !== 'annotation');
  const byId = new Map<string, FlowNode>(nodes.map((node) => [node.id, node]));
  const out = new Map<string, SequenceFlow[]>();
  const into = new Map<string, SequenceFlow[]>();
  const errors = new Map<string, SequenceFlow>();
  for (const edge of level.flows) {
    if (!byId.has(edge.from) || !byId.has(edge.to)) continue;
    push(into, edge.to, edge);
    if (edge.error) errors.set(edge.from, edge);
    else push(out, edge.from, edge);
  }
  const starts = nodes.filter((node) => node.kind === 'start');
  const entries = starts.length > 0 || !loop ? starts : nodes.filter((node) => !into.has(node.id));
  return {
    nodes,
    ...(loop ? { loop } : {}),
    byId,
    outgoing: (id) => out.get(id) ?? NOTHING,
    errorEdge: (id) => errors.get(id),
    incoming: (id) => into.get(id) ?? NOTHING,
    entries,
  };
}

/** Edges one of whose ends is no node of this level. */
export function strayEdges(
  level: { readonly flows: readonly SequenceFlow[] },
  graph: FlowGraph,
): readonly SequenceFlow[] {
  return level.flows.filter((edge) => !graph.byId.has(edge.from) || !graph.byId.has(edge.to));
}

/** Every node of a flow, those inside loops included, outer ones first. */
export function allNodes(nodes: readonly FlowNode[]): readonly FlowNode[] {
  return nodes.flatMap((node) => (node.kind === 'loop' ? [node, ...allNodes(node.nodes)] : [node]));
}

/** Nodes that can be reached from the entries. */
export function reachable(graph: FlowGraph): ReadonlySet<ElementId> {
  const found = new Set<ElementId>();
  const visit = (node: FlowNode | undefined) => {
    if (!node || found.has(node.id)) return;
    found.add(node.id);
    for (const edge of graph.outgoing(node.id)) visit(graph.byId.get(edge.to));
    const error = graph.errorEdge(node.id);
    if (error) visit(graph.byId.get(error.to));
  };
  for (const entry of graph.entries) visit(entry);
  return found;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
