import type { JsonObject } from '@skerry/shared/base/json';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { diff } from '@skerry/shared/metamodel/change/diff';
import { editedPaths } from '@skerry/shared/metamodel/change/edit';
import { squash } from '@skerry/shared/metamodel/change/squash';
import type { Documents } from '@skerry/shared/metamodel/model';
import { describe, expect, it } from 'vitest';

const PATH = 'modules/Field/enumerations/Status.json';
const value = (id: string, caption = id) => ({ id: id.repeat(16), name: id.toUpperCase(), caption: { en: caption } });
const status = (...values: JsonObject[]): JsonObject => ({
  format: 1,
  kind: 'enumeration',
  id: 'a'.repeat(16),
  name: 'Status',
  values,
});
const project = (content: JsonObject, path = PATH): Documents => new Map([[path, content]]);

describe('an edit', () => {
  it('names a changed element by its id and holds the changed value only', () => {
    const edit = diff(project(status(value('b'), value('c'))), project(status(value('b'), value('c', 'Closed'))));
    expect(edit).toEqual([
      {
        kind: 'change',
        path: PATH,
        change: {
          kind: 'object',
          keys: {
            values: {
              kind: 'list',
              steps: [],
              items: {
                [`${'c'.repeat(16)}`]: {
                  kind: 'object',
                  keys: {
                    caption: { kind: 'object', keys: { en: { kind: 'replace', before: 'c', after: 'Closed' } } },
                  },
                },
              },
            },
          },
        },
      },
    ]);
  });

  it('moves one element when one was moved', () => {
    const edit = diff(
      project(status(value('b'), value('c'), value('d'))),
      project(status(value('d'), value('b'), value('c'))),
    );
    expect(JSON.stringify(edit)).toContain(
      `"steps":[{"kind":"move","id":"${'d'.repeat(16)}","from":"${'c'.repeat(16)}","to":null}]`,
    );
  });

  it('fits a document in which others have inserted elements meanwhile', () => {
    const base = project(status(value('b'), value('c')));
    const mine = diff(base, project(status(value('b'), value('d'), value('c', 'Closed'))));
    const theirs = project(status(value('e'), value('b', 'Busy'), value('c')));
    const merged = apply(theirs, mine);
    expect(merged.ok && merged.value.get(PATH)).toEqual(
      status(value('e'), value('b', 'Busy'), value('d'), value('c', 'Closed')),
    );
  });

  it('that removes an element somebody changed does not fit', () => {
    const base = project(status(value('b'), value('c')));
    const removal = diff(base, project(status(value('b'))));
    const result = apply(project(status(value('b'), value('c', 'Closed'))), removal);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'edit/does-not-fit', document: PATH, path: ['values', 'c'.repeat(16)] },
    });
  });

  it('follows a document that moved and changed', () => {
    const to = 'modules/Field/enumerations/Old/Status.json';
    const edit = diff(project(status(value('b'))), project(status(value('c')), to));
    expect(edit.map((step) => step.kind)).toEqual(['move', 'change']);
    expect([...editedPaths(edit)]).toEqual([PATH, to]);
  });

  it('lets documents change places', () => {
    const [x, y] = [
      { ...status(), id: 'x'.repeat(16) },
      { ...status(), id: 'y'.repeat(16) },
    ];
    const a: Documents = new Map([
      ['modules/Field/enumerations/A.json', x],
      ['modules/Field/enumerations/B.json', y],
    ]);
    const b: Documents = new Map([
      ['modules/Field/enumerations/A.json', y],
      ['modules/Field/enumerations/B.json', x],
    ]);
    expect(apply(a, diff(a, b))).toEqual({ ok: true, value: b });
  });

  it('records the order of keys the schema does not know, and of no others', () => {
    const a = status();
    const swapped = { values: [], name: 'Status', id: a.id, kind: 'enumeration', format: 1 } as JsonObject;
    expect(diff(project(a), project(swapped))).toEqual([]);
    const edit = diff(project({ ...a, x: 1, y: 2 }), project({ ...a, y: 2, x: 1 }));
    expect(edit).toMatchObject([{ change: { keys: {}, order: { before: ['x', 'y'], after: ['y', 'x'] } } }]);
  });

  it('created and deleted again leaves nothing, created and changed is created as changed', () => {
    const none: Documents = new Map();
    const [a, b] = [project(status()), project(status(value('b')))];
    expect(squash(diff(none, a), diff(a, none))).toEqual([]);
    expect(squash(diff(none, a), diff(a, b))).toEqual([{ kind: 'create', path: PATH, content: status(value('b')) }]);
  });

  it('never pollutes a prototype', () => {
    const evil = JSON.parse(
      '{"format":1,"kind":"enumeration","id":"aaaaaaaaaaaaaaaa","__proto__":{"polluted":true}}',
    ) as JsonObject;
    const result = apply(project(status()), diff(project(status()), project(evil)));
    expect(result.ok && Object.hasOwn(result.value.get(PATH)!, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
