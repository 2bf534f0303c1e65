import { deviceCapable, mayStandIn } from '@skerry/shared/flow/sides';
import type { DomainView } from '@skerry/shared/metamodel/domain-view';
import type { Flow, FlowNode, SequenceFlow } from '@skerry/shared/metamodel/flow';
import type { CanvasEdge, CanvasNode } from '../../canvas/content.ts';
import { type Box, boundsOf, type Point } from '../../canvas/geometry.ts';
import { boxFromSidecar, placed, type Size } from '../../canvas/placing.ts';
import type { Words } from '../../words/index.ts';
import { layered } from './layered.ts';
import { type NodeWords, nodeSentence, nodeWords, shortName } from './node-words.ts';

export interface FlowBadge {
  readonly kind: 'service' | 'call' | 'sync' | 'opaque' | 'error';
  readonly text: string;
}

export interface FlowNodeData {
  readonly node: FlowNode;
  readonly words: NodeWords;
  readonly badges: readonly FlowBadge[];
  readonly problems: readonly string[];
  readonly isError: boolean;
}

export interface FlowDiagram {
  readonly nodes: readonly CanvasNode<FlowNodeData>[];
  readonly edges: readonly CanvasEdge[];
}

/** The room that the geometry of a flow gives each step; what is smaller stands in its middle. */
export const SLOT: Size = { width: 140, height: 88 };
const ROUND: Size = { width: 28, height: 28 };
const DECISION: Size = { width: 140, height: 64 };
const NOTE: Size = { width: 200, height: 72 };
const LOOP_HEAD = 32;
const LOOP_PAD = 24;

export interface FlowSurroundings {
  readonly view: DomainView;
  readonly layout: { readonly [id: string]: unknown };
  readonly problems: readonly {
    readonly element?: string | undefined;
    readonly severity: string;
    readonly message: string;
  }[];
  readonly t: Words;
  readonly language: string;
}

/** A flow as boxes and lines. Steps in loops stand in their boxes. */
export function flowDiagram(flow: Flow, around: FlowSurroundings): FlowDiagram {
  const nodes: CanvasNode<FlowNodeData>[] = [];
  const edges: CanvasEdge[] = [];
  const capability = deviceCapable(flow, around.view);
  const hinders = new Map(capability.capable ? [] : [[capability.node.id as string, capability.because]]);
  level(flow, undefined);
  return { nodes, edges };

  /** @returns the size that the level takes, its geometry's origin included */
  function level(
    { nodes: inner, flows }: { readonly nodes: readonly FlowNode[]; readonly flows: readonly SequenceFlow[] },
    parent: string | undefined,
  ): Size {
    const loops = new Map<string, Size>();
    const first = nodes.length;
    for (const node of inner) {
      const size = node.kind === 'loop' ? level(node, node.id) : SLOT;
      loops.set(node.id, size);
    }
    const slots = slotsOf(inner, flows, loops, around.layout, parent === undefined ? 40 : 40);
    const own = inner.map((node): CanvasNode<FlowNodeData> => {
      const slot = slots.get(node.id) as Box;
      const data = dataOf(node);
      return {
        id: node.id,
        shape: shapeOf(node),
        box: shapeBox(node, slot),
        parent,
        label: nodeSentence(data.words),
        data,
      };
    });
    // What holds others stands before them, or it would cover them.
    nodes.splice(first, 0, ...own);
    const labels = new Map(own.map(({ id, label }) => [id, label]));
    for (const line of flows) {
      const edge = edgeOf(line, labels, inner);
      if (edge) edges.push(edge);
    }
    const bounds = boundsOf(own.map(({ box }) => box));
    return {
      width: Math.max(240, (bounds ? bounds.x + bounds.width : 0) + LOOP_PAD),
      height: Math.max(SLOT.height + LOOP_HEAD, (bounds ? bounds.y + bounds.height : 0) + LOOP_PAD),
    };
  }

  function dataOf(node: FlowNode): FlowNodeData {
    const found = around.problems.filter(({ element }) => element === node.id);
    return {
      node,
      words: nodeWords(node, around.t, around.language),
      badges: badgesOf(node),
      problems: found.map(({ message }) => message),
      isError: found.some(({ severity }) => severity === 'error'),
    };
  }

  function badgesOf(node: FlowNode): readonly FlowBadge[] {
    const { t } = around;
    const badges: FlowBadge[] = [];
    if (node.kind === 'opaque') badges.push({ kind: 'opaque', text: t('badge.opaque') });
    else if (flow.kind === 'microflow') {
      const because = hinders.get(node.id);
      // One activity is enough to keep a flow on the service; all that would are marked.
      if (because !== undefined || !mayStandIn(node.kind, 'nanoflow')) {
        badges.push({ kind: 'service', text: t('badge.service', { because: because ?? '' }).trim() });
      }
    } else if (node.kind === 'callMicroflow') badges.push({ kind: 'call', text: t('badge.call') });
    else if (node.kind === 'synchronize') badges.push({ kind: 'sync', text: t('badge.sync') });
    if ('errorHandling' in node && node.errorHandling !== 'abort') {
      badges.push({ kind: 'error', text: t('badge.error', { how: t(`handling.${node.errorHandling}`) }) });
    }
    return badges;
  }

  function edgeOf(
    line: SequenceFlow,
    labels: ReadonlyMap<string, string>,
    inner: readonly FlowNode[],
  ): CanvasEdge | undefined {
    const { t } = around;
    const [from, to] = [labels.get(line.from), labels.get(line.to)];
    if (from === undefined || to === undefined) return undefined;
    const isType = inner.find(({ id }) => id === line.from)?.kind === 'typeSplit';
    const label = line.error
      ? t('onError')
      : line.case === undefined
        ? undefined
        : isType
          ? shortName(line.case)
          : line.case;
    return {
      id: line.id,
      from: line.from,
      to: line.to,
      tone: line.error ? 'error' : 'plain',
      isDashed: line.error,
      end: 'arrow',
      label,
      labelAt: 'middle',
      title: label === undefined ? t('line', { from, to }) : t('lineOf', { from, to, label }),
    };
  }
}

function slotsOf(
  nodes: readonly FlowNode[],
  flows: readonly SequenceFlow[],
  loops: ReadonlyMap<string, Size>,
  layout: { readonly [id: string]: unknown },
  margin: number,
): ReadonlyMap<string, Box> {
  const slots = new Map<string, Box>();
  const missing = new Map<string, Size>();
  for (const node of nodes) {
    const size = node.kind === 'annotation' ? NOTE : (loops.get(node.id) ?? SLOT);
    const known = boxFromSidecar(layout[node.id]);
    if (!known) missing.set(node.id, size);
    else if (node.kind === 'loop') {
      const { width = 0, height = 0 } = known;
      // A loop is never smaller than what stands in it.
      slots.set(node.id, { ...known, width: Math.max(width, size.width), height: Math.max(height, size.height) });
    } else slots.set(node.id, { ...size, ...(node.kind === 'annotation' ? known : { x: known.x, y: known.y }) });
  }
  const room = { at: { x: margin, y: margin }, gapX: 40, gapY: 42 };
  const places =
    slots.size === 0
      ? layered(
          nodes.map(({ id }) => ({ id, ...(missing.get(id) as Size) })),
          flows,
          room,
        )
      : placed(missing, slots.values(), 40);
  for (const [id, at] of places) slots.set(id, { ...at, ...(missing.get(id) as Size) });
  return slots;
}

const ROUNDS: ReadonlySet<string> = new Set(['start', 'end', 'errorEnd', 'merge', 'break', 'continue']);

function shapeOf({ kind }: FlowNode): string {
  if (kind === 'loop' || kind === 'annotation') return kind;
  if (kind === 'exclusiveSplit' || kind === 'typeSplit') return 'decision';
  return ROUNDS.has(kind) ? 'event' : 'activity';
}

/** The part of its slot that a step fills. */
function shapeBox(node: FlowNode, slot: Box): Box {
  const size = sizeOf(node, slot);
  return { ...size, ...offsetBy(slot, offsetOf(node, slot)) };
}

function sizeOf(node: FlowNode, slot: Size): Size {
  if (ROUNDS.has(node.kind)) return ROUND;
  return node.kind === 'exclusiveSplit' || node.kind === 'typeSplit'
    ? DECISION
    : { width: slot.width, height: slot.height };
}

/** From the corner of a step's slot to the corner of its shape. */
export function offsetOf(node: FlowNode, slot: Size = SLOT): Point {
  const size = sizeOf(node, slot);
  const isSlotted = node.kind !== 'loop' && node.kind !== 'annotation';
  return isSlotted ? { x: (SLOT.width - size.width) / 2, y: (SLOT.height - size.height) / 2 } : { x: 0, y: 0 };
}

function offsetBy({ x, y }: Point, by: Point): Point {
  return { x: x + by.x, y: y + by.y };
}
