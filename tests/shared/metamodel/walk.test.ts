import type { Json, JsonObject } from '@skerry/shared/base/json';
import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import { documentPath } from '@skerry/shared/metamodel/paths';
import { documentShape, type Shape } from '@skerry/shared/metamodel/shape';
import { elementKind, walkDocument } from '@skerry/shared/metamodel/walk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentArbitrary } from '../../support/document-arbitrary.ts';

const KINDS = Object.keys(DOCUMENT_KINDS) as DocumentKind[];
const pathOf = (kind: DocumentKind) => documentPath({ kind, module: 'Field', folders: [], name: 'Site' });
const at = (content: JsonObject, path: readonly (string | number)[]) =>
  path.reduce<Json | undefined>((value, key) => (value as { [key: string]: Json } | undefined)?.[key], content);

/** Visits every shape once, with the way that leads to it. */
function everyShape(kind: DocumentKind, visit: (shape: Shape, way: string, key: string) => void): void {
  const seen = new Set<Shape>();
  const go = (shape: Shape, way: string, key: string): void => {
    visit(shape, way, key);
    if (shape.kind !== 'leaf' && seen.has(shape)) return;
    seen.add(shape);
    if (shape.kind === 'object') for (const [name, field] of shape.keys) go(field.shape, `${way}.${name}`, name);
    if (shape.kind === 'union') for (const [name, option] of shape.options) go(option, `${way}<${name}>`, key);
    if (shape.kind === 'list') go(shape.item, `${way}[]`, key);
    if (shape.kind === 'map') {
      go(shape.key, `${way}{key}`, key);
      go(shape.value, `${way}{}`, key);
    }
  };
  go(documentShape(kind), kind, '');
}

describe('the walk', () => {
  it.each(KINDS)('knows what every string of a %s is', (kind) => {
    const unclassified: string[] = [];
    let strings = 0;
    everyShape(kind, (shape, way) => {
      if (shape.kind !== 'leaf' || shape.type !== 'string') return;
      strings++;
      if (!shape.role) unclassified.push(way);
    });
    expect(unclassified).toEqual([]);
    expect(strings).toBeGreaterThan(0);
  });

  it.each(KINDS)('knows what kind of element stands in each list of a %s', (kind) => {
    const unknown: string[] = [];
    everyShape(kind, (shape, way, key) => {
      if (shape.kind === 'object' && way !== kind && shape.keys.has('id') && elementKind(key) === 'element')
        unknown.push(way);
    });
    expect(unknown).toEqual([]);
  });

  it.each(KINDS)('finds every reference, text and element of a %s, each at its place', (kind) => {
    fc.assert(
      fc.property(documentArbitrary(kind), (content) => {
        const walked = walkDocument(pathOf(kind), content);
        for (const reference of walked.references) {
          expect(reference.key ? reference.path.at(-1) : at(content, reference.path)).toBe(reference.text);
        }
        for (const slot of walked.slots) expect(at(content, slot.path)).toBe(slot.text);
        for (const element of walked.elements) expect((at(content, element.path) as JsonObject).id).toBe(element.id);
        // The generator writes texts and references as nothing else is written, so counting finds what was missed.
        const count = countStrings(content);
        expect(walked.slots.length).toBe(count.slots);
        expect(walked.references.filter(({ text }) => text.startsWith('«ref»')).length).toBe(count.references);
        expect(walked.elements.length + walked.pointers.length).toBe(count.ids);
      }),
      { numRuns: 60 },
    );
  });
});

function countStrings(content: JsonObject): { slots: number; references: number; ids: number } {
  const count = { slots: 0, references: 0, ids: 0 };
  const see = (text: string) => {
    if (text.startsWith('«slot»')) count.slots++;
    if (text.startsWith('«ref»')) count.references++;
    if (/^([a-l])\1{15}$/.test(text)) count.ids++;
  };
  const go = (value: Json | undefined): void => {
    if (typeof value === 'string') see(value);
    else if (Array.isArray(value)) value.forEach(go);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        see(key);
        go(inner);
      }
    }
  };
  go(content);
  return count;
}

describe('contexts of texts', () => {
  const page: JsonObject = {
    format: 1,
    kind: 'page',
    id: 'aaaaaaaaaaaaaaaa',
    name: 'Sites',
    layout: 'Field.Main',
    title: { en: 'Sites' },
    widgets: [
      {
        kind: 'listView',
        id: 'bbbbbbbbbbbbbbbb',
        name: 'list',
        visible: 'outer',
        source: { kind: 'database', entity: 'Field.Site', constraint: '[Name = 1]', sort: [{ path: 'Name' }] },
        search: ['Name'],
        onClick: { kind: 'create', entity: 'Field.Visit', changes: { Note: '$currentObject/Name' } },
        widgets: [
          {
            kind: 'dataView',
            id: 'cccccccccccccccc',
            name: 'region',
            source: { kind: 'association', path: 'Field.Site_Region/Field.Region', sort: [] },
            widgets: [{ kind: 'textBox', id: 'dddddddddddddddd', name: 'name', attribute: 'Title' }],
          },
        ],
      },
      {
        kind: 'dataView',
        id: 'eeeeeeeeeeeeeeee',
        name: 'detail',
        source: { kind: 'listen', widget: 'list' },
        widgets: [
          {
            kind: 'referenceSelector',
            id: 'ffffffffffffffff',
            name: 'sel',
            association: 'Field.Site_Region',
            caption: 'Title',
            selectable: { kind: 'database', entity: 'Field.Region' },
          },
        ],
      },
    ],
  };
  const walked = walkDocument('modules/Field/pages/Sites.json', page);
  const slot = (text: string) => walked.slots.filter((found) => found.text === text).map(({ context }) => context);
  const site = { kind: 'entity', entity: 'Field.Site' };
  const region = { kind: 'path', from: site, path: 'Field.Site_Region/Field.Region' };

  it('are the source of the enclosing data container, and the outer one for its own settings', () => {
    expect(slot('outer')).toEqual([{ members: { kind: 'none' }, current: { kind: 'none' } }]);
    expect(slot('[Name = 1]')).toEqual([{ members: site, current: { kind: 'none' } }]);
    expect(slot('Field.Site_Region/Field.Region')).toEqual([{ members: site, current: site }]);
    expect(slot('Name').map((context) => context.members)).toEqual([site, site]);
  });

  it('separate the members that are set from the object they are computed with', () => {
    expect(slot('$currentObject/Name')).toEqual([{ members: site, current: site }]);
    expect(walked.references.find(({ name }) => name === 'Note')).toMatchObject({
      kind: 'member',
      key: true,
      entity: { kind: 'entity', entity: 'Field.Visit' },
    });
  });

  it('follow associations, selections of other widgets and what a selector offers', () => {
    expect(slot('Title').map((context) => context.members)).toEqual([
      region,
      { kind: 'entity', entity: 'Field.Region' },
    ]);
    expect(walked.selections.get('list')).toEqual(site);
    expect(walked.selections.get('detail')).toEqual({ kind: 'selection', widget: 'list' });
  });
});
