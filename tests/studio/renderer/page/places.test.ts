import { describe, expect, it } from 'vitest';
import { fits, isHere, pointedPlace } from '../../../../studio/renderer/editors/page/places.ts';
import { structureOf, topmost, visibleRows } from '../../../../studio/renderer/editors/page/structure.ts';

const text = (id: string) => ({ kind: 'text', id, name: id, caption: { en: id } });
const structure = structureOf({
  kind: 'page',
  widgets: [
    text('first'),
    { kind: 'container', id: 'box', name: 'box', widgets: [text('inner'), text('last')] },
    {
      kind: 'tabs',
      id: 'tabs',
      name: 'tabs',
      tabs: [{ id: 'tab', name: 'tab', caption: {}, widgets: [text('deep')] }],
    },
    { kind: 'columns', id: 'columns', name: 'columns', columns: [{ id: 'column', weight: 6, widgets: [] }] },
    {
      kind: 'custom',
      id: 'custom',
      name: 'custom',
      properties: { content: { kind: 'widgets', widgets: [text('given')] } },
    },
  ],
});
const node = (id: string) => {
  const found = structure.byId.get(id);
  if (!found) throw new Error(id);
  return found;
};
const WIDGET = { takes: 'widget', moving: [] } as const;
const at = (id: string, part: number, depth = 9) =>
  pointedPlace(structure, { node: node(id), part, depth, isOpen: true }, WIDGET);

describe('the structure', () => {
  it('finds widgets in every list that may hold them', () => {
    expect(visibleRows(structure, new Set()).map(({ id }) => id)).toEqual(
      'first box inner last tabs tab deep columns column custom given'.split(' '),
    );
    expect(node('given').slot).toEqual({
      parent: 'custom',
      list: ['properties', 'content', 'widgets'],
      takes: 'widget',
    });
  });

  it('leaves out what stands in a closed one, and what another selected one holds', () => {
    expect(visibleRows(structure, new Set(['box', 'tabs'])).map(({ id }) => id)).not.toContain('inner');
    expect(topmost(structure, ['inner', 'box', 'first']).map(({ id }) => id)).toEqual(['first', 'box']);
  });
});

describe('a pointed place', () => {
  it('lies before, inside and behind a row by where the pointer is on it', () => {
    expect(at('box', 0.1)).toMatchObject({ slot: { parent: undefined }, after: 'first' });
    expect(at('box', 0.5)).toMatchObject({ slot: { parent: 'box' } });
    expect(at('first', 0.9)).toMatchObject({ slot: { parent: undefined }, after: 'first' });
  });

  it('goes in front of the children when the row stands open', () => {
    expect(at('box', 0.9)).toMatchObject({ slot: { parent: 'box' }, after: null });
  });

  it('climbs out behind the last child as the pointer goes left', () => {
    expect(at('last', 0.9)).toMatchObject({ slot: { parent: 'box' }, after: 'last' });
    expect(at('last', 0.9, 0)).toMatchObject({ slot: { parent: undefined }, after: 'box' });
  });

  it('takes no widget between tabs, and no tab between widgets', () => {
    expect(at('tab', 0.1)).toMatchObject({ slot: { parent: undefined }, after: 'tabs' });
    const tab = { takes: 'tab', moving: ['tab'], partOf: 'tabs' } as const;
    expect(fits(structure, structure.root, tab)).toBe(false);
    expect(
      fits(structure, { parent: 'columns', list: ['columns'], takes: 'column' }, { ...tab, takes: 'column' }),
    ).toBe(false);
  });

  it('takes nothing into itself, and knows when a move would change nothing', () => {
    const inBox = { parent: 'box', list: ['widgets'], takes: 'widget' } as const;
    expect(fits(structure, inBox, { takes: 'widget', moving: ['box'] })).toBe(false);
    expect(isHere(structure, { slot: inBox, after: 'inner', depth: 1 }, ['last'])).toBe(true);
    expect(isHere(structure, { slot: inBox, after: null, depth: 1 }, ['last'])).toBe(false);
  });
});
