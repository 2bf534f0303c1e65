import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Flow, FlowNode } from '@skerry/shared/metamodel/flow';
import { readModel } from '@skerry/shared/metamodel/model';
import { layoutPath } from '@skerry/shared/metamodel/paths';
import { absoluteBoxes } from '@skerry/studio/renderer/canvas/content';
import { overlaps } from '@skerry/studio/renderer/canvas/geometry';
import { flowDiagram } from '@skerry/studio/renderer/editors/flow/flow-diagram';
import { layered } from '@skerry/studio/renderer/editors/flow/layered';
import { nodeSentence, nodeWords, withoutModules } from '@skerry/studio/renderer/editors/flow/node-words';
import { flow as english } from '@skerry/studio/renderer/words/flow';
import { describe, expect, it } from 'vitest';
import { sampleDocuments } from '../sample-documents.ts';

const all = sampleDocuments();
const model = readModel(new Map([...all].filter(([path]) => !path.endsWith('.layout.json'))));
const view = domainView(model);
const flows = [...model.all('microflow').values(), ...model.all('nanoflow').values()];

/** Words as i18next gives them, without i18next. */
function t(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const word = key
    .split('.')
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], english);
  if (typeof word !== 'string') throw new Error(`No word for ${key}.`);
  return word.replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name]));
}
const around = (layout: object) => ({
  view,
  layout: layout as Record<string, unknown>,
  problems: [],
  t,
  language: 'en',
});
const named = (name: string) => flows.find(({ content }) => content.name === name)?.content as Flow;
const said = (node: object) => nodeSentence(nodeWords(node as FlowNode, t, 'en'));

describe('a flow on the canvas', () => {
  it.each(flows.map(({ path, content }) => [path, content] as const))(
    'covers no step of %s with another',
    (path, flow) => {
      for (const layout of [all.get(layoutPath(path)) ?? {}, {}]) {
        const { nodes, edges } = flowDiagram(flow, around(layout));
        const boxes = absoluteBoxes(nodes);
        const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
        const list = [...boxes];
        for (const [i, [id, one]] of list.entries()) {
          for (const [other, two] of list.slice(i + 1)) {
            if (parents.get(id) === other || parents.get(other) === id) continue;
            expect(overlaps(one, two), `${id} ${other}`).toBe(false);
          }
        }
        const ids = new Set(boxes.keys());
        for (const { from, to } of edges) expect(ids.has(from) && ids.has(to)).toBe(true);
        expect(edges).toHaveLength(countEdges(flow));
      }
    },
  );
  it('holds the steps of a loop inside the loop, however small its box was made', () => {
    const { nodes } = flowDiagram(named('StartInspection'), around({}));
    const boxes = absoluteBoxes(nodes);
    const inner = nodes.filter(({ parent }) => parent !== undefined);
    expect(inner.length).toBeGreaterThan(0);
    for (const { id, parent } of inner) {
      const [own, outer] = [boxes.get(id), boxes.get(parent as string)];
      expect(own && outer && own.x > outer.x && own.x + own.width < outer.x + outer.width).toBe(true);
      expect(own && outer && own.y > outer.y && own.y + own.height < outer.y + outer.height).toBe(true);
    }
  });
  it('marks calls of the server in a nanoflow, and what hinders a microflow from running on devices', () => {
    const badges = (name: string) =>
      flowDiagram(named(name), around({})).nodes.flatMap(({ data }) => data.badges.map(({ kind }) => kind));
    expect(badges('AskForHelp')).toEqual(['call', 'error']);
    expect(badges('SubmitInspection')).toEqual(['sync']);
    const rest = {
      ...named('BCo_Inspection'),
      nodes: [
        { kind: 'callRest', id: 'aaaaaaaaaaaaaaaa', errorHandling: 'abort', method: 'GET', url: "'x'", headers: {} },
      ],
      flows: [],
    } as unknown as Flow;
    const [node] = flowDiagram(rest, around({})).nodes;
    expect(node?.data.badges).toEqual([
      { kind: 'service', text: 'Service only: keeps the flow from running offline. callRest runs on the service only' },
    ]);
  });
  it('draws error lines dashed and says cases on lines', () => {
    const error = flowDiagram(named('AskForHelp'), around({})).edges.find(({ tone }) => tone === 'error');
    expect(error).toMatchObject({ isDashed: true, label: 'on error' });
    const labels = flowDiagram(named('OpenAsset'), around({})).edges.flatMap(({ label }) => label ?? []);
    expect(labels.toSorted()).toEqual(['Asset', 'Pump', 'Transformer', 'empty']);
  });
});

describe('steps in words', () => {
  it('says what is retrieved, from where and in which order', () => {
    const source = {
      kind: 'database',
      entity: 'Field.Question',
      constraint: '[Field.Question_Template = $Template]',
      sort: [{ path: 'Position', descending: true }],
      range: { kind: 'first' },
    };
    expect(said({ kind: 'retrieve', source, output: 'First' })).toBe(
      'Retrieve first Question where [Question_Template = $Template] sorted by Position ↓ → $First',
    );
    const association = { kind: 'association', variable: 'Inspection', association: 'Field.Inspection_Template' };
    expect(said({ kind: 'retrieve', source: association, output: 'T' })).toBe(
      'Retrieve Inspection_Template of $Inspection → $T',
    );
  });
  it('says what a change sets', () => {
    const changes = [
      { member: 'Status', operation: 'set', value: 'Field.InspectionStatus.Submitted' },
      { member: 'Field.Inspection_Helper', operation: 'add', value: '$Me' },
    ];
    expect(said({ kind: 'changeObject', variable: 'Inspection', changes, commit: true })).toBe(
      'Change $Inspection: Status = Submitted, Inspection_Helper += $Me, then commit',
    );
  });
  it('has words for every step of the sample, and none of them is empty', () => {
    const visit = (nodes: readonly FlowNode[]): void => {
      for (const node of nodes) {
        expect(said(node)).not.toBe('');
        if (node.kind === 'loop') visit(node.nodes);
      }
    };
    for (const { content } of flows) visit(content.nodes);
  });
  it('leaves quoted text and numbers as they are', () => {
    expect(withoutModules("if $a/B = Field.Kind.Open then 'Field.Kind.Open' else 1.5")).toBe(
      "if $a/B = Open then 'Field.Kind.Open' else 1.5",
    );
  });
});

it('lays a flow out from left to right, branches below, lines back ignored', () => {
  const nodes = ['a', 'b', 'c', 'd'].map((id) => ({ id, width: 100, height: 50 }));
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'd' },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'b' },
  ];
  expect([...layered(nodes, edges, { at: { x: 0, y: 0 }, gapX: 20, gapY: 10 })]).toEqual([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 120, y: 0 }],
    ['c', { x: 240, y: 60 }],
    ['d', { x: 240, y: 0 }],
  ]);
});

function countEdges(level: { readonly nodes: readonly FlowNode[]; readonly flows: readonly unknown[] }): number {
  return level.flows.length + level.nodes.reduce((sum, node) => sum + (node.kind === 'loop' ? countEdges(node) : 0), 0);
}
