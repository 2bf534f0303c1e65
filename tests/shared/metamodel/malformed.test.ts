import type { Json, JsonObject } from '@skerry/shared/base/json';
import { parseDocument, printDocument } from '@skerry/shared/metamodel/canonical';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { diff } from '@skerry/shared/metamodel/change/diff';
import { duplicateIds, withNewIds } from '@skerry/shared/metamodel/ids';
import { migrateProject } from '@skerry/shared/metamodel/migrations/index';
import { readModel } from '@skerry/shared/metamodel/model';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { mentionsInDocument } from '@skerry/shared/refactoring/mentions-in-document';
import { checkPlaces } from '@skerry/studio/host/project/check-places';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDocument } from '../../support/document-arbitrary.ts';

const PATH = 'modules/Field/entities/Site.json';
const rubbish = fc.oneof(
  fc.constantFrom<Json>(
    null,
    0,
    '',
    [],
    {},
    [null],
    [[]],
    { kind: 'nothing' },
    { id: 3 },
    { kind: {}, id: 'x', name: [] },
  ),
  anyDocument as fc.Arbitrary<Json>,
);

/** A document in which one value, found by walking at random, is another than it should be. */
const broken = fc
  .tuple(anyDocument, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), rubbish)
  .map(([content, way, value]) => {
    const replace = (at: Json | undefined, [turn, ...rest]: readonly number[]): Json => {
      if (turn === undefined || typeof at !== 'object' || at === null) return value;
      const keys = Object.keys(at);
      const key = keys[turn % keys.length];
      if (key === undefined) return value;
      if (Array.isArray(at)) return at.map((item: Json, i) => (String(i) === key ? replace(item, rest) : item));
      return Object.fromEntries(
        Object.entries(at).map(([own, item]) => [own, own === key ? replace(item, rest) : (item as Json)]),
      );
    };
    const after = replace(content, way);
    return (typeof after === 'object' && after !== null && !Array.isArray(after) ? after : content) as JsonObject;
  });

describe('malformed documents', () => {
  it('never throw: they print, walk, compare and read, and what cannot be read is said', () => {
    fc.assert(
      fc.property(broken, anyDocument, (bad, good) => {
        const documents = new Map([[PATH, bad]]);
        const text = printDocument(bad);
        expect(printDocument(parseDocument(PATH, text).content!)).toBe(text);
        walkDocument(PATH, bad);
        withNewIds(PATH, bad, (count) => new Uint8Array(count));
        duplicateIds(documents);
        checkPlaces([PATH], documents, new Map());
        migrateProject(documents);
        const model = readModel(documents);
        const read = model.documents.get(PATH);
        expect(read !== undefined || model.diagnostics.length > 0).toBe(true);
        if (read) mentionsInDocument(model, read);
        const changed = new Map([[PATH, good]]);
        const there = apply(documents, diff(documents, changed));
        expect(there.ok && printDocument(there.value.get(PATH)!)).toBe(printDocument(good));
        const back = apply(changed, diff(changed, documents));
        expect(back.ok && printDocument(back.value.get(PATH)!)).toBe(text);
      }),
      { numRuns: 600 },
    );
  });
});
