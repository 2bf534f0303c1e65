import type { JsonObject } from '@skerry/shared/base/json';
import { documentShape } from '@skerry/shared/metamodel/shape';
import { mergeDocument } from '@skerry/shared/refactoring/merge/merge-documents';
import { mergeOrder } from '@skerry/shared/refactoring/merge/merge-order';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeArbitrary } from '../../../support/document-arbitrary.ts';

const PATH = 'modules/M/pages/P.json';
const pages = shapeArbitrary(documentShape('page')) as fc.Arbitrary<JsonObject>;

describe('a merge of one document', () => {
  it('is the changed side when the other did nothing, whatever the change', () => {
    fc.assert(
      fc.property(pages, pages, (base, changed) => {
        expect(mergeDocument({ base, ours: changed, theirs: base }, PATH)).toEqual({ content: changed, conflicts: [] });
        expect(mergeDocument({ base, ours: base, theirs: changed }, PATH)).toEqual({ content: changed, conflicts: [] });
        expect(mergeDocument({ base, ours: changed, theirs: changed }, PATH)).toEqual({
          content: changed,
          conflicts: [],
        });
      }),
      { numRuns: 200 },
    );
  });

  it('finds the same conflicts from either side, and none in documents without an element that both changed', () => {
    fc.assert(
      fc.property(pages, pages, pages, (base, ours, theirs) => {
        const there = mergeDocument({ base, ours, theirs }, PATH).conflicts.map(
          ({ code, path }) => `${code} ${path.join('/')}`,
        );
        const back = mergeDocument({ base, ours: theirs, theirs: ours }, PATH).conflicts.map(
          ({ code, path }) => `${code} ${path.join('/')}`,
        );
        expect(back.toSorted()).toEqual(there.toSorted());
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the side that is asked for, so that a text merge can show the difference', () => {
    const at = (title: string): JsonObject => ({ kind: 'page', id: 'aaaaaaaaaaaaaaaa', title: { en: title } });
    const versions = { base: at('a'), ours: at('b'), theirs: at('c') };
    expect(mergeDocument(versions, PATH, 'ours').content).toEqual(at('b'));
    expect(mergeDocument(versions, PATH, 'theirs').content).toEqual(at('c'));
    expect(mergeDocument(versions, PATH, 'base').content).toEqual(at('a'));
  });
});

describe('the order of a merged list', () => {
  const merged = (base: string, ours: string, theirs: string) =>
    mergeOrder(
      { base: [...base], ours: [...ours], theirs: [...theirs] },
      new Set([...ours, ...theirs].filter((id) => (ours.includes(id) && theirs.includes(id)) || !base.includes(id))),
    ).join('');

  it.each([
    ['abc', 'abc', 'abc', 'abc'],
    ['abc', 'abcx', 'abcy', 'abcxy'],
    ['abc', 'xabc', 'abc', 'xabc'],
    ['abc', 'abc', 'ayyybc'.replace('yyy', 'y'), 'aybc'],
    ['abc', 'cab', 'abcx', 'cxab'],
    ['abc', 'abcx', 'cab', 'cxab'],
    ['abc', 'ac', 'abxc', 'axc'],
    ['', 'x', 'y', 'xy'],
  ])('%s with %s and %s is %s', (base, ours, theirs, expected) => {
    expect(merged(base, ours, theirs)).toBe(expected);
  });
});
