import { menuRows, placeAfterDrop, placeAfterMove } from '@skerry/studio/renderer/editors/navigation-profile/menu-tree';
import { describe, expect, it } from 'vitest';

const item = (id: string, ...items: object[]) => ({ id, caption: { en: id }, items });
const rows = menuRows([item('home'), item('more', item('trips'), item('profile')), item('out')]);

describe('the rows of a menu', () => {
  it('stand each behind the one it stands in, with its level and siblings', () => {
    expect(rows.map(({ id, level, parent }) => [id, level, parent])).toEqual([
      ['home', 1, undefined],
      ['more', 1, undefined],
      ['trips', 2, 'more'],
      ['profile', 2, 'more'],
      ['out', 1, undefined],
    ]);
    expect(rows[3]).toMatchObject({ index: 1, siblings: ['trips', 'profile'] });
  });

  it('leave out what is no item', () => {
    expect(menuRows([item('home'), null, 'x', { caption: {} }]).map(({ id }) => id)).toEqual(['home']);
    expect(menuRows(undefined)).toEqual([]);
  });
});

describe('a key', () => {
  it.each([
    ['more', 'up', { parent: undefined, after: null }],
    ['out', 'up', { parent: undefined, after: 'home' }],
    ['home', 'down', { parent: undefined, after: 'more' }],
    ['out', 'indent', { parent: 'more', after: 'profile' }],
    ['more', 'indent', { parent: 'home', after: null }],
    ['trips', 'outdent', { parent: undefined, after: 'more' }],
  ] as const)('moves %s %s', (id, move, place) => {
    expect(placeAfterMove(rows, id, move)).toEqual(place);
  });

  it.each([
    ['home', 'up'],
    ['home', 'indent'],
    ['home', 'outdent'],
    ['out', 'down'],
    ['gone', 'up'],
  ] as const)('leaves %s where it is on %s', (id, move) => {
    expect(placeAfterMove(rows, id, move)).toBeUndefined();
  });
});

describe('a drop', () => {
  it('before, after and inside an item', () => {
    expect(placeAfterDrop(rows, 'out', 'home', 'before')).toEqual({ parent: undefined, after: null });
    expect(placeAfterDrop(rows, 'home', 'trips', 'after')).toEqual({ parent: 'more', after: 'trips' });
    expect(placeAfterDrop(rows, 'home', 'profile', 'before')).toEqual({ parent: 'more', after: 'trips' });
    expect(placeAfterDrop(rows, 'home', 'more', 'inside')).toEqual({ parent: 'more', after: 'profile' });
  });

  it('counts without the item that is moved', () => {
    expect(placeAfterDrop(rows, 'home', 'more', 'before')).toEqual({ parent: undefined, after: null });
    expect(placeAfterDrop(rows, 'profile', 'more', 'inside')).toEqual({ parent: 'more', after: 'trips' });
  });

  it('on itself, or on what stands in it, moves nothing', () => {
    expect(placeAfterDrop(rows, 'more', 'more', 'inside')).toBeUndefined();
    expect(placeAfterDrop(rows, 'more', 'trips', 'after')).toBeUndefined();
  });
});
