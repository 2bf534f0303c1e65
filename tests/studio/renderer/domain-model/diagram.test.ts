import { domainView } from '@skerry/shared/metamodel/domain-view';
import { readModel } from '@skerry/shared/metamodel/model';
import { absoluteBoxes } from '@skerry/studio/renderer/canvas/content';
import { overlaps } from '@skerry/studio/renderer/canvas/geometry';
import { svgOf } from '@skerry/studio/renderer/canvas/svg';
import { type Diagram, domainDiagram, multiplicities } from '@skerry/studio/renderer/editors/domain-model/diagram';
import { drawCard } from '@skerry/studio/renderer/editors/domain-model/draw-card';
import { problemCounts } from '@skerry/studio/renderer/editors/domain-model/problem-counts';
import { rowStep } from '@skerry/studio/renderer/editors/domain-model/row-step';
import { typeWord } from '@skerry/studio/renderer/editors/domain-model/type-words';
import { describe, expect, it } from 'vitest';
import { sampleDocuments } from '../sample-documents.ts';

const all = sampleDocuments();
const view = domainView(readModel(new Map([...all].filter(([path]) => !path.endsWith('.layout.json')))));
const diagram = (module: string, layout = all.get(`modules/${module}/domain.layout.json`)): Diagram =>
  domainDiagram(module, view, layout);
const named = (made: Diagram, name: string) =>
  made.nodes.find(({ data }) => data.kind === 'entity' && data.name === name);

describe('the diagram of a module', () => {
  it('puts boxes where the sidecar says, and covers none with another', () => {
    for (const module of ['Field', 'Assets', 'Work']) {
      const boxes = [...absoluteBoxes(diagram(module).nodes)];
      for (const [i, [id, one]] of boxes.entries()) {
        for (const [other, two] of boxes.slice(i + 1)) expect(overlaps(one, two), `${id} ${other}`).toBe(false);
      }
    }
    expect(named(diagram('Field'), 'Inspection')?.box).toMatchObject({ x: 660, y: 40 });
  });
  it('lays out what has no geometry without covering anything', () => {
    const boxes = [...absoluteBoxes(diagram('Field', {}).nodes).values()];
    for (const [i, one] of boxes.entries())
      for (const two of boxes.slice(i + 1)) expect(overlaps(one, two)).toBe(false);
  });
  it('shows entities of other modules that associations lead to', () => {
    const asset = named(diagram('Field'), 'Asset');
    expect(asset).toMatchObject({ isForeign: true, label: 'Assets.Asset, of another module' });
  });
  it('connects owner and target with their multiplicities, and special with general', () => {
    const { edges } = diagram('Field');
    expect(edges.find(({ label }) => label === 'Inspection_Helper')).toMatchObject({ startText: '*', endText: '*' });
    expect(edges.find(({ label }) => label === 'Inspection_Site')).toMatchObject({
      title: 'Inspection_Site: Inspection * – 1 Site',
      end: 'arrow',
    });
    const inheritance = diagram('Assets').edges.filter(({ tone }) => tone === 'inheritance');
    expect(inheritance.map(({ title }) => title)).toEqual(['Pump is a Asset', 'Transformer is a Asset']);
  });
  it('marks what is required and indexed', () => {
    const card = named(diagram('Field'), 'Inspection')?.data;
    const rows = card?.kind === 'entity' ? card.rows : [];
    expect(rows.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual(['Title', 'Planned']);
    expect(rows.filter(({ isIndexed }) => isIndexed).map(({ name }) => name)).toEqual(['Number', 'Status', 'Planned']);
  });
  it('keeps the identity of cards that did not change', () => {
    expect(named(diagram('Field'), 'Site')?.data).toBe(named(diagram('Field'), 'Site')?.data);
  });
  it('counts problems at the entity and at the attribute', () => {
    const made = diagram('Field');
    const inspection = named(made, 'Inspection');
    const counts = problemCounts(
      made,
      new Map([
        [
          'modules/Field/entities/Inspection.json',
          [
            { code: 'a/b', severity: 'warning' as const, message: 'One.', element: '43ecjmahbtayan7c' },
            { code: 'a/c', severity: 'error' as const, message: 'Two.' },
            { code: 'a/d', severity: 'information' as const, message: 'Three.' },
          ],
        ],
      ]),
    );
    expect(counts.get(inspection?.id as string)).toEqual({ count: 2, isError: true, text: 'One.\nTwo.' });
    expect(counts.get('43ecjmahbtayan7c')).toEqual({ count: 1, isError: false, text: 'One.' });
  });
  it('walks through the rows of a card with the keyboard', () => {
    const cards = new Map(diagram('Field').nodes.map(({ id, data }) => [id, data]));
    const inspection = 'jnogimml6awenamz';
    const [number, title] = ['5c3kvjeoy6x4dsv2', '43ecjmahbtayan7c'];
    expect([
      rowStep(cards, inspection, 'Mod+ArrowDown'),
      rowStep(cards, number, 'ArrowDown'),
      rowStep(cards, title, 'ArrowUp'),
      rowStep(cards, number, 'ArrowUp'),
      rowStep(cards, title, 'Escape'),
      rowStep(cards, inspection, 'ArrowDown'),
    ]).toEqual([number, title, number, inspection, inspection, undefined]);
  });
});

it('says kinds of associations in multiplicities', () => {
  expect([
    multiplicities({ type: 'reference', owner: 'default' }),
    multiplicities({ type: 'reference', owner: 'both' }),
    multiplicities({ type: 'referenceSet', owner: 'default' }),
  ]).toEqual([
    ['*', '1'],
    ['1', '1'],
    ['*', '*'],
  ]);
});

it('says types in a word', () => {
  expect([
    typeWord({ kind: 'String', length: null }),
    typeWord({ kind: 'Enumeration', enumeration: 'Field.Severity' }),
    typeWord({ kind: 'Long' }),
  ]).toEqual(['String ∞', 'Severity', 'Long']);
});

it('exports a picture that says names and escapes what is not SVG', () => {
  const made = diagram('Work');
  const palette = Object.fromEntries(
    ['ground', 'surface', 'header', 'border', 'line', 'text', 'dim', 'accent', 'error', 'font'].map((key) => [
      key,
      '#123456',
    ]),
  ) as unknown as Parameters<typeof svgOf>[1];
  const svg = svgOf(
    {
      boxes: absoluteBoxes(made.nodes),
      edges: made.edges,
      routes: new Map(),
      title: 'A <B> & "C"',
      draw: (id, box, colours) =>
        drawCard((made.nodes.find((node) => node.id === id) as (typeof made.nodes)[0]).data, box, colours),
    },
    palette,
  );
  expect(svg).toContain('<title>A &#60;B&#62; &#38; &#34;C&#34;</title>');
  expect(svg).toContain('>WorkOrder</text>');
});
