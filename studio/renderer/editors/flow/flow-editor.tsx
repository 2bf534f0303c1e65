import type { JsonObject } from '@skerry/shared/base/json';
import { deviceCapable } from '@skerry/shared/flow/sides';
import { flowVariables } from '@skerry/shared/flow/variables';
import type { Flow, FlowNode } from '@skerry/shared/metamodel/flow';
import type { ModelDocument } from '@skerry/shared/metamodel/model';
import { layoutPath } from '@skerry/shared/metamodel/paths';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Canvas } from '../../canvas/canvas.tsx';
import { absoluteBoxes, type Moved, type Shapes } from '../../canvas/content.ts';
import { exportPng, exportSvg } from '../../canvas/export-picture.ts';
import { routes } from '../../canvas/route.ts';
import { useAutoLayout } from '../../canvas/use-auto-layout.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { Menu, type MenuItem } from '../../design/menu.tsx';
import { useProblemsOf } from '../../model/problems-store.ts';
import { useDocument, useProject } from '../../model/project-store.ts';
import { useRun } from '../../model/use-run.ts';
import { useWords } from '../../words/index.ts';
import { registerActions } from '../../workbench/actions.ts';
import { showFault } from '../../workbench/messages.ts';
import { openDocument, openStore } from '../../workbench/open.ts';
import { select, useSelectedElements } from '../../workbench/selection.ts';
import type { EditorProps } from '../editor.ts';
import { calledDocument } from './called-document.ts';
import { drawNode } from './draw-node.ts';
import { flowDiagram, offsetOf, SLOT } from './flow-diagram.ts';
import { FlowHead } from './flow-head.tsx';
import { ActivityNode, AnnotationNode, DecisionNode, EventNode, LoopNode } from './flow-nodes.tsx';
import { VariableList } from './variable-list.tsx';

const SHAPES: Shapes = {
  activity: ActivityNode,
  decision: DecisionNode,
  event: EventNode,
  loop: LoopNode,
  annotation: AnnotationNode,
};
const NO_LAYOUT: JsonObject = {};
/** Flows run to the right; lines leave to the sides and come in from the left where they can. */
const ROUTING = {
  leave: ['right', 'bottom', 'top'],
  enter: ['left', 'top', 'bottom'],
  joins: true,
  anchorY: SLOT.height / 2,
} as const;

/** A microflow or nanoflow: all of it is shown, and its places may be changed; steps are changed in their properties. */
export function FlowEditor({ path, isActive }: EditorProps) {
  const t = useWords('flow');
  const document = useProject(({ model }) => model.documents.get(path));
  const flow = isFlow(document) ? document.content : undefined;
  if (!flow) return <EmptyState icon="warning" title={t('emptyTitle')} />;
  return <FlowCanvas path={path} isActive={isActive} flow={flow} />;
}

function isFlow(document: ModelDocument | undefined): document is ModelDocument<'microflow' | 'nanoflow'> {
  return document?.kind === 'microflow' || document?.kind === 'nanoflow';
}

function FlowCanvas({ path, isActive, flow }: EditorProps & { readonly flow: Flow }) {
  const t = useWords('flow');
  const run = useRun();
  const view = useProject((project) => project.view);
  const language = useProject(({ model }) => model.app.defaultLanguage);
  const layout = useDocument(layoutPath(path)) ?? NO_LAYOUT;
  const problems = useProblemsOf(path);
  const diagram = useMemo(
    () => flowDiagram(flow, { view, layout, problems, t, language }),
    [flow, view, layout, problems, t, language],
  );
  const byId = useMemo(() => new Map(diagram.nodes.map((node) => [node.id, node])), [diagram]);
  const elements = useSelectedElements(path);
  const selected = useMemo(
    () => elements.filter((id) => byId.has(id) || diagram.edges.some((edge) => edge.id === id)),
    [elements, byId, diagram],
  );
  const onSelect = useCallback((ids: readonly string[]) => select(path, ids), [path]);
  const reveal = useReveal(path);
  const capability = useMemo(() => deviceCapable(flow, view), [flow, view]);
  const variables = useMemo(() => flowVariables(flow, view), [flow, view]);

  const toSlots = useCallback(
    (moved: Moved): Moved =>
      new Map(
        [...moved].map(([id, at]) => {
          const node = byId.get(id);
          const by = node ? offsetOf(node.data.node) : { x: 0, y: 0 };
          return [id, { x: Math.round(at.x - by.x), y: Math.round(at.y - by.y) }];
        }),
      ),
    [byId],
  );
  const setLayout = useCallback(
    (slots: Moved, label: string, merge?: string) => {
      const boxes = Object.fromEntries(
        [...slots].map(([id, at]) => {
          const node = byId.get(id);
          const isSized = node?.shape === 'loop' || node?.shape === 'annotation';
          const size = isSized ? { width: node.box.width, height: node.box.height } : {};
          return [id, { x: at.x, y: at.y, ...size }];
        }),
      );
      return run('layout.set', { document: path, boxes, label, ...(merge === undefined ? {} : { merge }) });
    },
    [byId, path, run],
  );
  /** Slots instead of shapes, so that steps of all sizes stand in line. */
  const slots = useMemo(
    () =>
      diagram.nodes
        .filter(({ shape }) => shape !== 'annotation')
        .map((node) => {
          const by = offsetOf(node.data.node);
          const size = node.shape === 'loop' ? { width: node.box.width, height: node.box.height } : SLOT;
          return { ...node, box: { x: node.box.x - by.x, y: node.box.y - by.y, ...size } };
        }),
    [diagram],
  );
  const arrange = useCallback((moved: Moved) => setLayout(moved, t('arranged')), [setLayout, t]);
  const { layOut, busy } = useAutoLayout({
    nodes: slots,
    edges: diagram.edges,
    direction: 'right',
    gap: 42,
    layerGap: 40,
    onPlaced: arrange,
  });

  const picture = useCallback(() => {
    const boxes = absoluteBoxes(diagram.nodes);
    return {
      boxes,
      edges: diagram.edges,
      routes: routes(diagram.edges, boxes, ROUTING),
      title: flow.name,
      draw: (id: string, box: Parameters<typeof drawNode>[1], palette: Parameters<typeof drawNode>[2]) => {
        const node = byId.get(id);
        return node ? drawNode(node.data, box, palette) : '';
      },
    };
  }, [diagram, byId, flow.name]);

  useEffect(() => {
    if (!isActive) return;
    const category = t('category');
    return registerActions([
      { id: 'flow.layout', title: t('autoLayout'), category, run: layOut },
      { id: 'flow.exportSvg', title: t('exportSvg'), category, run: () => exportSvg(picture()) },
      { id: 'flow.exportPng', title: t('exportPng'), category, run: () => exportPng(picture()) },
    ]);
  }, [isActive, layOut, picture, t]);

  const goTo = (id: string) => {
    const called = calledDocument(byId.get(id)?.data.node as FlowNode | undefined, view.model);
    if (called !== undefined) openDocument(called);
    return called !== undefined;
  };
  const menu = (id: string | undefined): readonly MenuItem[] => {
    const node = id === undefined ? undefined : byId.get(id)?.data.node;
    const called = calledDocument(node, view.model);
    const output = node && 'output' in node ? node.output : undefined;
    if (id === undefined || !node) {
      return [
        {
          id: 'all',
          title: t('selectAll'),
          icon: 'checklist',
          keys: '$mod+KeyA',
          run: () => onSelect([...byId.keys()]),
        },
        { id: 'layout', title: t('autoLayout'), icon: 'type-hierarchy', run: layOut },
      ];
    }
    return [
      {
        id: 'goTo',
        title: t('goTo'),
        icon: 'go-to-file',
        keys: 'F12',
        disabled: called === undefined,
        run: () => void goTo(id),
      },
      {
        id: 'copy',
        title: t('copyName'),
        icon: 'copy',
        disabled: !output,
        run: () => void navigator.clipboard.writeText(`$${output}`).catch(showFault),
      },
    ];
  };

  const last = selected.at(-1);
  const node = last === undefined ? undefined : byId.get(last)?.data.node;
  return (
    <Canvas
      document={path}
      name={flow.name}
      nodes={diagram.nodes}
      edges={diagram.edges}
      shapes={SHAPES}
      selected={selected}
      onSelect={onSelect}
      onMove={(moved, merge) => setLayout(toSlots(moved), t('moved'), merge)}
      onOpen={(id) => void goTo(id)}
      onKey={(key) => key === 'F12' && last !== undefined && goTo(last)}
      menu={menu}
      routing={ROUTING}
      reveal={reveal}
      busy={busy ? { text: t('layingOut'), cancel: busy } : undefined}
      tools={
        <>
          <FlowHead flow={flow} capability={capability} />
          <IconButton icon="type-hierarchy" label={t('autoLayout')} onClick={layOut} />
          <Menu
            trigger={<IconButton icon="ellipsis" label={t('more')} />}
            items={[
              { id: 'svg', title: t('exportSvg'), icon: 'export', run: () => exportSvg(picture()) },
              {
                id: 'png',
                title: t('exportPng'),
                icon: 'file-media',
                run: () => void exportPng(picture()).catch(showFault),
              },
            ]}
          />
        </>
      }
      empty={
        <EmptyState icon="zap" title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      }
    >
      {node && node.kind !== 'annotation' && <VariableList scope={variables.get(node.id)} />}
    </Canvas>
  );
}

/** The element that somebody asked to see in this document. */
function useReveal(path: string): { readonly id: string; readonly at: number } | undefined {
  const [reveal, setReveal] = useState<{ id: string; at: number }>();
  useEffect(() => {
    const follow = () => {
      const { request } = openStore.getState();
      if (request?.document !== path || request.element === undefined) return;
      const { element, at } = request;
      setReveal((now) => {
        if (now?.at === at) return now;
        select(path, [element]);
        return { id: element, at };
      });
    };
    follow();
    return openStore.subscribe(follow);
  }, [path]);
  return reveal;
}
