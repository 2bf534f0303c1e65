import '@xyflow/react/dist/base.css';
import {
  Background,
  type Node,
  type NodeChange,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  ViewportPortal,
} from '@xyflow/react';
import { type MouseEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ContextMenu } from '../design/context-menu.tsx';
import type { MenuItem } from '../design/menu.tsx';
import { useWords } from '../words/index.ts';
import styles from './canvas.module.css';
import { CanvasContextProvider } from './canvas-context.ts';
import { CanvasToolbar } from './canvas-toolbar.tsx';
import { absoluteBoxes, type CanvasEdge, type CanvasNode, type Moved, type Shapes } from './content.ts';
import { EdgeLayer } from './edge-layer.tsx';
import { boundsOf, GRID, type Point } from './geometry.ts';
import type { HelperLine } from './helper-lines.ts';
import { Minimap } from './minimap.tsx';
import { Outline } from './outline.tsx';
import { type RouteOptions, routes } from './route.ts';
import { flowNodeTypes, type ShownNode, shownNode } from './shown-node.tsx';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { type Drawn, useConnect } from './use-connect.ts';
import { useMoves } from './use-moves.ts';
import { firstViewport, rememberedViewport, rememberViewport } from './viewport-memory.ts';

export interface CanvasProps {
  /** Of the diagram: names it, and remembers its viewport. */
  readonly document: string;
  readonly name: string;
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  readonly shapes: Shapes;
  readonly selected: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onMove?: ((moved: Moved, merge?: string) => Promise<unknown>) | undefined;
  readonly onOpen?: ((id: string) => void) | undefined;
  readonly onRename?: ((id: string) => void) | undefined;
  readonly onDelete?: ((ids: readonly string[]) => void) | undefined;
  readonly onKey?: ((key: string) => boolean) | undefined;
  /** Double-click on empty ground. */
  readonly onAddAt?: ((at: Point) => void) | undefined;
  readonly onConnect?: ((drawn: Drawn) => void) | undefined;
  /** Of a node or edge, or of the empty ground. */
  readonly menu: (id: string | undefined, at: Point) => readonly MenuItem[];
  readonly routing?: RouteOptions | undefined;
  /** Of the editor, in front of the canvas's own. */
  readonly tools?: ReactNode;
  /** Shown instead of an empty picture. */
  readonly empty?: ReactNode;
  /** Shown over the picture: choices at a point. */
  readonly children?: ReactNode;
  /** An element that should come into view; `at` tells two equal wishes apart. */
  readonly reveal?: { readonly id: string; readonly at: number } | undefined;
  /** Work on its way. */
  readonly busy?: { readonly text: string; readonly cancel: () => void } | undefined;
}

/** Zoomed out further than this only names are drawn. */
const FAR = 0.4;

export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasInside {...props} />
    </ReactFlowProvider>
  );
}

function CanvasInside(props: CanvasProps) {
  const { document: path, nodes, edges, shapes, selected, onSelect, onMove, routing, menu } = props;
  const t = useWords('canvas');
  const flow = useReactFlow();
  const isFar = useStore((state) => state.transform[2] < FAR);
  const [isOutlined, setOutlined] = useState(false);
  const [isMapped, setMapped] = useState(true);
  const still = useMemo(() => absoluteBoxes(nodes), [nodes]);
  const { moved, lines, onChanges, commit } = useMoves(nodes, still, onMove);
  const boxes = useMemo(() => (moved.size === 0 ? still : absoluteBoxes(nodes, moved)), [nodes, moved, still]);
  const wires = useMemo(
    () => routes(edges, withoutParents(boxes, nodes), { ...routing, boxes }),
    [edges, boxes, nodes, routing],
  );
  const chosen = useMemo(() => new Set(selected), [selected]);
  const { drawing, startConnect } = useConnect(boxes, props.onConnect);
  const shown = useShownNodes(nodes, moved, chosen, onMove !== undefined);
  const types = useMemo(() => flowNodeTypes(shapes) as unknown as NodeTypes, [shapes]);
  const onKeyDown = useCanvasKeys({ ...props, boxes });
  const remembered = useMemo(() => rememberedViewport(localStorage, path), [path]);
  const ground = useRef<HTMLDivElement>(null);
  const clicked = useRef<{ id: string | undefined; at: Point }>({ id: undefined, at: { x: 0, y: 0 } });
  const context = useMemo(
    () => ({ isFar, startConnect, connectTarget: drawing?.target }),
    [isFar, startConnect, drawing?.target],
  );
  const announced = useAnnouncement(nodes, edges, selected, t);
  const revealId = props.reveal?.id;
  const revealAt = props.reveal?.at;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a wish is fulfilled once, wherever boxes go later
  useEffect(() => {
    const box = revealId === undefined ? undefined : boxes.get(revealId);
    if (box) {
      const zoom = Math.max(flow.getZoom(), 0.6);
      void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: 200 });
    }
  }, [revealId, revealAt]);

  const onNodesChange = useCallback(
    (changes: NodeChange<Node>[]) => {
      onChanges(changes);
      const picks = changes.filter((change) => change.type === 'select');
      if (picks.length === 0) return;
      const after = new Set(selected.filter((id) => still.has(id)));
      for (const pick of picks) {
        if (pick.selected) after.add(pick.id);
        else after.delete(pick.id);
      }
      onSelect([...after]);
    },
    [onChanges, selected, still, onSelect],
  );
  const onEdgeSelect = useCallback(
    (edge: string, event: MouseEvent) => {
      const adds = event.ctrlKey || event.metaKey || event.shiftKey;
      onSelect(adds ? (chosen.has(edge) ? selected.filter((id) => id !== edge) : [...selected, edge]) : [edge]);
    },
    [onSelect, chosen, selected],
  );

  return (
    <CanvasContextProvider value={context}>
      <div className={styles.frame} data-canvas>
        <CanvasToolbar
          tools={props.tools}
          selected={selected.filter((id) => still.has(id))}
          boxes={boxes}
          onMove={onMove}
          isOutlined={isOutlined}
          onOutline={() => setOutlined((is) => !is)}
          isMapped={isMapped}
          onMap={() => setMapped((is) => !is)}
        />
        <div className={styles.body}>
          <ContextMenu items={() => menu(clicked.current.id, clicked.current.at)}>
            <div
              ref={ground}
              className={styles.ground}
              onContextMenuCapture={(event) => {
                const target = event.target as HTMLElement;
                const id =
                  target.closest<HTMLElement>('[data-element]')?.dataset.element ??
                  target.closest<SVGElement>('[data-edge]')?.dataset.edge ??
                  target.closest<HTMLElement>('.react-flow__node')?.dataset.id;
                const byKey = target.classList.contains('react-flow');
                clicked.current = {
                  id: id ?? (byKey ? selected.at(-1) : undefined),
                  at: flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }),
                };
                if (id !== undefined && !chosen.has(id)) onSelect([id]);
              }}
            >
              <ReactFlow
                tabIndex={0}
                aria-label={t('canvas', { name: props.name })}
                aria-roledescription={t('diagram')}
                nodes={shown}
                edges={[]}
                nodeTypes={types}
                onNodesChange={onNodesChange}
                onNodeDragStop={commit}
                onSelectionDragStop={commit}
                onNodeClick={(event, node) => {
                  const adds = event.ctrlKey || event.metaKey || event.shiftKey;
                  if (!adds && (selected.length !== 1 || selected[0] !== node.id)) onSelect([node.id]);
                }}
                onNodeDoubleClick={(_, node) => props.onOpen?.(node.id)}
                onPaneClick={() => onSelect([])}
                onDoubleClick={(event) => {
                  if (!(event.target as HTMLElement).classList.contains('react-flow__pane')) return;
                  props.onAddAt?.(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
                }}
                onPointerDown={(event) => {
                  const target = event.target as HTMLElement;
                  if (!target.closest('input, textarea, button, [tabindex="-1"]')) event.currentTarget.focus();
                }}
                onKeyDown={onKeyDown}
                // While it moves the picture is a layer of its own, so that frames shift it instead of drawing it anew.
                onMoveStart={() => ground.current?.setAttribute('data-moving', '')}
                onMoveEnd={(_, viewport) => {
                  ground.current?.removeAttribute('data-moving');
                  rememberViewport(localStorage, path, viewport);
                }}
                defaultViewport={remembered ?? { x: 0, y: 0, zoom: 1 }}
                onInit={(instance) => {
                  if (remembered !== undefined) return;
                  const { clientWidth = 0, clientHeight = 0 } = ground.current ?? {};
                  void instance.setViewport(firstViewport(boxes, clientWidth, clientHeight));
                }}
                minZoom={0.08}
                maxZoom={2.5}
                snapToGrid
                snapGrid={[GRID, GRID]}
                panOnDrag={[1]}
                panOnScroll
                panOnScrollSpeed={1}
                selectionOnDrag
                selectionKeyCode={null}
                selectNodesOnDrag={false}
                multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
                deleteKeyCode={null}
                zoomOnDoubleClick={false}
                nodesFocusable={false}
                edgesFocusable={false}
                nodesConnectable={false}
                disableKeyboardA11y
                onlyRenderVisibleElements
                nodeDragThreshold={3}
                className={drawing ? `${styles.flow} ${styles.connecting}` : styles.flow}
                attributionPosition="bottom-left"
              >
                <Background gap={GRID * 3} size={1} color="var(--border)" />
                <EdgeLayer
                  edges={edges}
                  routes={wires}
                  boxes={boxes}
                  selected={chosen}
                  isFar={isFar}
                  onSelect={onEdgeSelect}
                  onOpen={props.onOpen}
                />
                <ViewportPortal>
                  <Overlay lines={lines} drawing={drawing} />
                </ViewportPortal>
                {isMapped && nodes.length > 0 && <Minimap boxes={boxes} selected={chosen} label={t('minimap')} />}
              </ReactFlow>
              {nodes.length === 0 && props.empty && <div className={styles.empty}>{props.empty}</div>}
              {props.children}
              {props.busy && (
                <div className={styles.busy} role="status">
                  {props.busy.text}
                  <button type="button" onClick={props.busy.cancel}>
                    {t('cancel')}
                  </button>
                </div>
              )}
            </div>
          </ContextMenu>
          {isOutlined && (
            <Outline
              nodes={nodes}
              edges={edges}
              selected={chosen}
              onSelect={(id) => {
                onSelect([id]);
                const line = wires.get(id)?.map((point) => ({ ...point, width: 0, height: 0 }));
                const box = boxes.get(id) ?? boundsOf(line ?? []);
                if (box) void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: flow.getZoom() });
              }}
              onOpen={props.onOpen}
            />
          )}
        </div>
        <div className="visually-hidden" aria-live="polite">
          {announced}
        </div>
      </div>
    </CanvasContextProvider>
  );
}

/** Nodes as the library takes them; what did not change keeps its identity, or every frame would draw all of them. */
function useShownNodes(
  nodes: readonly CanvasNode[],
  moved: Moved,
  selected: ReadonlySet<string>,
  isMovable: boolean,
): ShownNode[] {
  const before = useRef(new Map<string, ShownNode>());
  return useMemo(() => {
    const after = new Map<string, ShownNode>();
    for (const node of nodes) {
      const at = moved.get(node.id) ?? node.box;
      after.set(node.id, shownNode(node, at, selected.has(node.id), isMovable, before.current.get(node.id)));
    }
    before.current = after;
    return [...after.values()];
  }, [nodes, moved, selected, isMovable]);
}

/** Obstacles for lines: what holds others is open inside. */
function withoutParents(boxes: ReturnType<typeof absoluteBoxes>, nodes: readonly CanvasNode[]) {
  const parents = new Set(nodes.flatMap(({ parent }) => (parent === undefined ? [] : [parent])));
  return parents.size === 0 ? boxes : new Map([...boxes].filter(([id]) => !parents.has(id)));
}

function Overlay({
  lines,
  drawing,
}: {
  readonly lines: readonly HelperLine[];
  readonly drawing: { readonly from: Point; readonly to: Point } | undefined;
}) {
  return (
    <svg className={styles.overlay} aria-hidden="true">
      {lines.map(({ axis, at, from, to }) =>
        axis === 'x' ? (
          <line key="x" className={styles.helper} x1={at} x2={at} y1={from} y2={to} />
        ) : (
          <line key="y" className={styles.helper} x1={from} x2={to} y1={at} y2={at} />
        ),
      )}
      {drawing && (
        <g className={styles.drawing}>
          <line x1={drawing.from.x} y1={drawing.from.y} x2={drawing.to.x} y2={drawing.to.y} />
          <circle cx={drawing.to.x} cy={drawing.to.y} r="4" />
        </g>
      )}
    </svg>
  );
}

/** What a screen reader hears when the selection moves. */
function useAnnouncement(
  nodes: readonly CanvasNode[],
  edges: readonly CanvasEdge[],
  selected: readonly string[],
  t: ReturnType<typeof useWords>,
): string {
  return useMemo(() => {
    const [only] = selected;
    if (only === undefined) return t('nothingSelected');
    if (selected.length > 1) return t('severalSelected', { count: selected.length });
    const node = nodes.find(({ id }) => id === only);
    if (node) {
      const count = edges.filter(({ from, to }) => from === only || to === only).length;
      return `${node.label}. ${t('connections', { count })}`;
    }
    return edges.find(({ id }) => id === only)?.title ?? '';
  }, [nodes, edges, selected, t]);
}
