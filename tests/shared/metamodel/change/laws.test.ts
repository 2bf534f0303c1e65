import type { JsonObject } from '@skerry/shared/base/json';
import { printDocument } from '@skerry/shared/metamodel/canonical';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { diff } from '@skerry/shared/metamodel/change/diff';
import { type Edit, isEmptyEdit } from '@skerry/shared/metamodel/change/edit';
import { invert } from '@skerry/shared/metamodel/change/invert';
import { squash } from '@skerry/shared/metamodel/change/squash';
import type { Documents } from '@skerry/shared/metamodel/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentArbitrary, someDocuments } from '../../../support/document-arbitrary.ts';

const texts = (documents: Documents) => [...documents].map(([path, content]) => `${path}\n${printDocument(content)}`);

function applied(documents: Documents, edit: Edit): Documents {
  const before = texts(documents);
  const result = apply(documents, JSON.parse(JSON.stringify(edit)) as Edit);
  expect(texts(documents)).toEqual(before);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Versions of one page: the same elements in other places, with other contents. */
const pages = documentArbitrary('page').map(
  (page): Documents => new Map([['modules/Field/pages/A.json', { ...page, id: 'aaaaaaaaaaaaaaaa' }]]),
);
const entities = documentArbitrary('entity').map(
  (entity): Documents => new Map([['modules/Field/entities/A.json', { ...entity, id: 'aaaaaaaaaaaaaaaa' }]]),
);
const versions = fc.oneof(someDocuments, pages, entities);
const pair = fc.oneof(fc.tuple(someDocuments, someDocuments), fc.tuple(pages, pages), fc.tuple(entities, entities));
const triple = fc.oneof(
  fc.tuple(someDocuments, someDocuments, someDocuments, someDocuments),
  fc.tuple(pages, pages, pages, pages),
  fc.tuple(entities, entities, entities, entities),
);
const runs = { numRuns: 250 };

describe('the algebra of edits', () => {
  it('apply(a, diff(a, b)) is b, byte for byte', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(texts(applied(a, diff(a, b)))).toEqual(texts(b));
      }),
      runs,
    );
  });

  it('apply(b, invert(diff(a, b))) is a, byte for byte', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(texts(applied(b, invert(diff(a, b))))).toEqual(texts(a));
      }),
      runs,
    );
  });

  it('diff(a, a) is empty, even for a copy', () => {
    fc.assert(
      fc.property(versions, (a) => {
        const copy = new Map(
          [...a].map(([path, content]) => [path, JSON.parse(JSON.stringify(content)) as JsonObject]),
        );
        expect(isEmptyEdit(diff(a, copy))).toBe(true);
      }),
      runs,
    );
  });

  it('squash does what its parts do, in whichever order they are squashed', () => {
    fc.assert(
      fc.property(triple, ([a, b, c, d]) => {
        const [ab, bc, cd] = [diff(a, b), diff(b, c), diff(c, d)];
        expect(texts(applied(a, squash(ab, bc)))).toEqual(texts(c));
        expect(texts(applied(a, squash(squash(ab, bc), cd)))).toEqual(texts(d));
        expect(texts(applied(a, squash(ab, squash(bc, cd))))).toEqual(texts(d));
        expect(texts(applied(d, invert(squash(squash(ab, bc), cd))))).toEqual(texts(a));
      }),
      runs,
    );
  });

  it('an edit squashed with its inverse is empty', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const edit = diff(a, b);
        expect(squash(edit, invert(edit))).toEqual([]);
      }),
      runs,
    );
  });

  it('an edit that does not fit is an error and changes nothing', () => {
    fc.assert(
      fc.property(triple, ([a, b, c]) => {
        const before = texts(c);
        const result = apply(c, diff(a, b));
        expect(texts(c)).toEqual(before);
        if (!result.ok) expect(result.error).toMatchObject({ code: 'edit/does-not-fit', severity: 'error' });
      }),
      runs,
    );
  });
});
