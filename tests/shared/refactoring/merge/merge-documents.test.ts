import type { Json, JsonObject } from '@skerry/shared/base/json';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { withValues } from '@skerry/shared/metamodel/ids';
import { type Documents, readModel } from '@skerry/shared/metamodel/model';
import { mergeDocuments } from '@skerry/shared/refactoring/merge/merge-documents';
import { rename } from '@skerry/shared/refactoring/rename';
import type { Target } from '@skerry/shared/refactoring/target';
import { validate } from '@skerry/shared/validation/run';
import { describe, expect, it } from 'vitest';
import { anApp } from '../../../support/model-builder.ts';

function app() {
  return anApp()
    .withUserRole('Clerk', ['M.User'])
    .withEnumeration('M.Status', ['Open', 'Done'])
    .withEntity('M.Region', { attributes: { Name: 'String' } })
    .withEntity('M.Visit', {
      attributes: { Title: 'String', Status: 'Enumeration(M.Status)' },
      associations: { Visit_Region: 'M.Region' },
    })
    .withPage('M.Home', [{ kind: 'text', name: 'hello', caption: { en: 'Hello' } }])
    .withProfile('Phone', { home: 'M.Home' });
}
const base = app().build();

function renamed(documents: Documents, target: Target, to: string): Documents {
  const done = rename(readModel(documents), target, to);
  if (!done.ok) throw new Error(done.error[0]?.message);
  const applied = apply(documents, done.value.edit);
  if (!applied.ok) throw new Error(applied.error.message);
  return applied.value;
}

function withValue(documents: Documents, document: string, path: (string | number)[], value: Json): Documents {
  const content = documents.get(document) as JsonObject;
  return new Map([...documents, [document, withValues(content, [[path, value]])]]);
}

function without(documents: Documents, document: string): Documents {
  return new Map([...documents].filter(([path]) => path !== document));
}

const VISIT = 'modules/M/entities/Visit.json';
const HOME = 'modules/M/pages/Home.json';

describe('a merge of two branches', () => {
  it('follows a rename of one side into the new work of the other, texts included', () => {
    const ours = renamed(
      renamed(base, { kind: 'entity', name: 'M.Visit' }, 'Inspection'),
      { kind: 'attribute', name: 'M.Inspection/Title' },
      'Caption',
    );
    const theirs = app()
      .withEntity('M.Note', { attributes: { Text: 'String' }, associations: { Note_Visit: 'M.Visit' } })
      .withPage('M.Notes', [
        {
          kind: 'listView',
          name: 'list',
          source: { kind: 'database', entity: 'M.Note', constraint: "[M.Note_Visit/M.Visit/Title = 'a']" },
          widgets: [],
        },
      ])
      .build();
    const { documents, conflicts } = mergeDocuments({ base, ours, theirs });
    expect(conflicts).toEqual([]);
    expect(documents.has(VISIT)).toBe(false);
    expect(documents.get('modules/M/entities/Note.json')).toMatchObject({ associations: [{ to: 'M.Inspection' }] });
    expect(JSON.stringify(documents.get('modules/M/pages/Notes.json'))).toContain(
      "[M.Note_Visit/M.Inspection/Caption = 'a']",
    );
    expect(validate(readModel(documents)).filter(({ severity }) => severity === 'error')).toEqual(
      validate(readModel(theirs)).filter(({ severity }) => severity === 'error'),
    );
  });

  it('follows a rename of the other side into ours', () => {
    const theirs = renamed(base, { kind: 'module', name: 'M' }, 'Field');
    const ours = app()
      .withEntity('M.Note', { attributes: { Text: 'String' }, associations: { Note_Visit: 'M.Visit' } })
      .build();
    const { documents, conflicts } = mergeDocuments({ base, ours, theirs });
    expect(conflicts).toEqual([]);
    expect(documents.get('modules/Field/entities/Note.json')).toMatchObject({ associations: [{ to: 'Field.Visit' }] });
    expect([...documents.keys()].some((path) => path.startsWith('modules/M/'))).toBe(false);
  });

  it('takes attributes that both sides added to one entity', () => {
    const with1 = (name: string) =>
      app()
        .withEntity('M.Visit', {
          attributes: { Title: 'String', Status: 'Enumeration(M.Status)', [name]: 'String' },
          associations: { Visit_Region: 'M.Region' },
        })
        .build();
    const { documents, conflicts } = mergeDocuments({ base, ours: with1('Ours'), theirs: with1('Theirs') });
    expect(conflicts).toEqual([]);
    const attributes = (documents.get(VISIT) as JsonObject).attributes as JsonObject[];
    expect(attributes.map(({ name }) => name)).toEqual(['Title', 'Status', 'Ours', 'Theirs']);
  });

  it('says in words what both changed, and keeps ours', () => {
    const path = ['attributes', 0, 'type'];
    const ours = withValue(base, VISIT, path, { kind: 'String', length: 50 });
    const theirs = withValue(base, VISIT, path, { kind: 'String', length: 80 });
    const { documents, conflicts } = mergeDocuments({ base, ours, theirs });
    expect(conflicts).toEqual([
      {
        code: 'merge/both-changed',
        document: VISIT,
        path: ['attributes', expect.any(String), 'type', 'length'],
        message:
          'Visit › attributes › Title › String › length: your branch has 50, the other branch 80. Yours is kept.',
      },
    ]);
    expect(documents.get(VISIT)).toEqual(ours.get(VISIT));
  });

  it('keeps what one side changed and the other removed, and says so', () => {
    const theirs = withValue(base, HOME, ['title'], { en: 'Start' });
    const { documents, conflicts } = mergeDocuments({ base, ours: without(base, HOME), theirs });
    expect(documents.get(HOME)).toBe(theirs.get(HOME));
    expect(conflicts.map(({ code, message }) => [code, message])).toEqual([
      [
        'merge/changed-and-removed',
        'The other branch changed Home, your branch removed it. It is kept; remove it again if that was meant.',
      ],
    ]);
  });

  it('removes what one side removed and the other left alone', () => {
    expect(mergeDocuments({ base, ours: base, theirs: without(base, HOME) }).documents.has(HOME)).toBe(false);
    expect(mergeDocuments({ base, ours: without(base, HOME), theirs: base }).documents.has(HOME)).toBe(false);
  });

  it('gives ours when both renamed one element, everywhere', () => {
    const ours = renamed(base, { kind: 'entity', name: 'M.Region' }, 'Area');
    const theirs = renamed(base, { kind: 'entity', name: 'M.Region' }, 'District');
    const { documents, conflicts } = mergeDocuments({ base, ours, theirs });
    expect(conflicts.map(({ code, message }) => [code, message])).toEqual([
      [
        'merge/both-renamed',
        'Your branch renamed entity M.Area to Area, the other branch to District. It is called Area now.',
      ],
    ]);
    expect([...documents]).toEqual([...ours]);
  });

  it('numbers what both added under one name, so that both stay', () => {
    const ours = app()
      .withEntity('M.Note', { attributes: { Text: 'String' } })
      .build();
    const made = app()
      .withEntity('M.Note', { attributes: { Body: 'String' } })
      .build();
    const theirs = new Map(
      [...made].map(([path, content]) => [
        path,
        path.endsWith('Note.json') ? withValues(content, [[['id'], 'abcdefghijkl2345']]) : content,
      ]),
    );
    const { documents, conflicts } = mergeDocuments({ base, ours, theirs });
    expect(conflicts.map(({ code }) => code)).toEqual(['merge/same-name']);
    expect(documents.get('modules/M/entities/Note.json')).toEqual(ours.get('modules/M/entities/Note.json'));
    expect(documents.get('modules/M/entities/Note2.json')).toMatchObject({
      name: 'Note2',
      attributes: [{ name: 'Body' }],
    });
  });

  it('tells a name that is used otherwise on the other side', () => {
    const ours = renamed(base, { kind: 'entity', name: 'M.Visit' }, 'Note');
    const theirs = app()
      .withEntity('M.Note', { attributes: { Text: 'String' } })
      .build();
    const { conflicts } = mergeDocuments({ base, ours, theirs });
    expect(conflicts.map(({ code }) => code)).toContain('merge/name-taken');
  });

  it('finds a moved document again and merges into it', () => {
    const moved = new Map([
      ...without(base, HOME),
      ['modules/M/pages/start/Home.json', base.get(HOME) as JsonObject] as const,
    ]);
    const theirs = withValue(base, HOME, ['title'], { en: 'Start' });
    const { documents, conflicts } = mergeDocuments({ base, ours: moved, theirs });
    expect(conflicts).toEqual([]);
    expect(documents.get('modules/M/pages/start/Home.json')).toMatchObject({ title: { en: 'Start' } });
    expect(documents.has(HOME)).toBe(false);
  });
});
