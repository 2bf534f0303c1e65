import { dataSource } from '@skerry/shared/metamodel/data-source';
import { attributeType } from '@skerry/shared/metamodel/entity';
import { type ObjectShape, shapeOf, type UnionShape } from '@skerry/shared/metamodel/shape';
import { blankOption, switchKind } from '@skerry/studio/renderer/properties/blank';
import { changeAt, placeOf } from '@skerry/studio/renderer/properties/changes';
import { commonShape } from '@skerry/studio/renderer/properties/common-shape';
import { describe, expect, it } from 'vitest';

const DOCUMENT = 'modules/M/entities/E.json';
const content = {
  kind: 'entity',
  id: 'aaaaaaaaaaaaaaaa',
  attributes: [
    { id: 'bbbbbbbbbbbbbbbb', name: 'A', type: { kind: 'String' } },
    { id: 'cccccccccccccccc', name: 'B', type: { kind: 'String' } },
  ],
};
const beginnings = { word: () => '' };

describe('a change of a value', () => {
  it('is placed below the nearest element, so that moving the list does not misplace it', () => {
    expect(placeOf(DOCUMENT, content, ['attributes', 1, 'type', 'length'])).toEqual({
      document: DOCUMENT,
      element: 'cccccccccccccccc',
      path: ['type', 'length'],
    });
    expect(placeOf(DOCUMENT, content, ['attributes', 1])).toEqual({ document: DOCUMENT, path: ['attributes', 1] });
  });

  it('makes the objects around it where the file leaves them to their defaults', () => {
    expect(changeAt(DOCUMENT, content, ['systemMembers', 'owner'], true)).toEqual({
      document: DOCUMENT,
      path: ['systemMembers'],
      value: { owner: true },
    });
  });

  it('has nothing to remove where nothing stands', () => {
    expect(changeAt(DOCUMENT, content, ['systemMembers', 'owner'], undefined)).toBeUndefined();
  });
});

describe('another kind of a value', () => {
  const sources = shapeOf(dataSource) as UnionShape;

  it('keeps what means the same in both', () => {
    const before = { kind: 'database', entity: 'M.E', constraint: '[A]', sort: [{ path: 'A' }] };
    expect(switchKind(sources, before, 'association', beginnings)).toEqual({
      kind: 'association',
      path: '',
      sort: [{ path: 'A' }],
    });
    const call = { kind: 'nanoflow', nanoflow: 'M.N', arguments: { x: '1' } };
    expect(switchKind(sources, call, 'microflow', beginnings)).toEqual({
      kind: 'microflow',
      microflow: '',
      arguments: { x: '1' },
    });
  });

  it('begins with what must be there and nothing else, for every kind', () => {
    for (const union of [sources, shapeOf(attributeType) as UnionShape]) {
      for (const [kind, option] of union.options) {
        const required = [...option.keys].filter(([, field]) => !field.optional).map(([key]) => key);
        expect(Object.keys(blankOption(union, kind, beginnings)).sort()).toEqual([...required].sort());
      }
    }
  });
});

describe('the form of several elements', () => {
  it('has the keys that all of them have in the same form, without names and ids', () => {
    const { options } = shapeOf(dataSource) as UnionShape;
    const shapes = ['nanoflow', 'microflow'].map((kind) => options.get(kind) as ObjectShape);
    expect([...commonShape(shapes).keys.keys()]).toEqual(['arguments']);
  });
});
