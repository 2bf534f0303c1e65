import type { JsonObject } from '@skerry/shared/base/json';
import { printDocument } from '@skerry/shared/metamodel/canonical';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { invert } from '@skerry/shared/metamodel/change/invert';
import { type Documents, readModel } from '@skerry/shared/metamodel/model';
import { rename } from '@skerry/shared/refactoring/rename';
import type { Target } from '@skerry/shared/refactoring/target';
import { usages } from '@skerry/shared/refactoring/usages';
import { describe, expect, it } from 'vitest';
import { anApp } from '../../support/model-builder.ts';

const documents = anApp()
  .withUserRole('Clerk', ['M.User'])
  .withEnumeration('M.Status', ['Open', 'Done'])
  .withEntity('M.Base', { attributes: { Name: 'String' } })
  .withEntity('M.Other', { attributes: { Name: 'String', Open: 'Boolean' } })
  .withEntity('M.Site', {
    generalization: 'M.Base',
    attributes: {
      Status: { type: { kind: 'Enumeration', enumeration: 'M.Status' }, default: 'Open' },
      Label: {
        type: { kind: 'String' },
        calculatedBy: { kind: 'expression', expression: "$currentObject/Name + ' Name'" },
      },
    },
    associations: { Site_Other: 'M.Other' },
    rules: [
      {
        read: ['Name', 'Site_Other'],
        constraint:
          "[Status = 'Open' or M.Site_Other/M.Other[Open and Name = 'Open']/Name = Name]['[%UserRole_Clerk%]' and Status != M.Status.Open]",
      },
    ],
  })
  .withNanoflow('M.Go', [
    {
      kind: 'retrieve',
      source: { kind: 'database', entity: 'M.Site', constraint: '[Name != empty]', sort: [{ path: 'Name' }] },
      output: 'sites',
    },
    {
      kind: 'loop',
      over: { kind: 'list', list: 'sites', item: 'each' },
      nodes: [
        {
          kind: 'changeObject',
          id: 'bbbbbbbbbbbbbbbb',
          variable: 'each',
          changes: [
            { member: 'Name', value: '$each/M.Site_Other/M.Other/Name' },
            { member: 'Status', value: 'M.Status.Open' },
          ],
        },
      ],
      flows: [],
    },
  ])
  .withPage('M.Sites', [
    {
      kind: 'listView',
      source: { kind: 'database', entity: 'M.Site' },
      search: ['Name'],
      widgets: [
        { kind: 'dynamicText', content: { text: { en: 'Name {1}' }, parameters: ['$currentObject/Name'] } },
        { kind: 'textBox', attribute: 'M.Site_Other/M.Other/Name' },
      ],
    },
  ])
  .withProfile('Phone', {
    home: 'M.Sites',
    synchronization: { entities: { 'M.Site': { mode: 'constrained', constraint: "[Name = 'Name']" } } },
  })
  .build();
const model = readModel(documents);
const texts = (project: Documents) => [...project].map(([path, content]) => path + printDocument(content)).sort();

function renamed(
  target: Target,
  newName: string,
): { documents: Documents; changes: string[]; files: readonly object[] } {
  const result = rename(model, target, newName);
  if (!result.ok) throw new Error(result.error[0]?.message);
  const applied = apply(documents, result.value.edit);
  if (!applied.ok) throw new Error(applied.error.message);
  const undone = apply(applied.value, invert(result.value.edit));
  expect(undone.ok && texts(undone.value)).toEqual(texts(documents));
  return {
    documents: applied.value,
    changes: result.value.preview.slice(1).map(({ before, after }) => `${before} → ${after}`),
    files: result.value.files,
  };
}

describe('renaming', () => {
  it('the model it is tried on is sound', () => {
    expect(model.diagnostics).toEqual([]);
  });

  it('an inherited attribute follows it everywhere and touches no other Name', () => {
    const { changes, files } = renamed({ kind: 'attribute', name: 'M.Base/Name' }, 'Title');
    expect(changes.sort()).toEqual(
      [
        "$currentObject/Name + ' Name' → $currentObject/Title + ' Name'",
        '$currentObject/Name → $currentObject/Title',
        'Name → Title',
        'Name → Title',
        'Name → Title',
        'Name → Title',
        '[Name != empty] → [Title != empty]',
        "[Name = 'Name'] → [Title = 'Name']",
        "[Status = 'Open' or M.Site_Other/M.Other[Open and Name = 'Open']/Name = Name]['[%UserRole_Clerk%]' and Status != M.Status.Open] → [Status = 'Open' or M.Site_Other/M.Other[Open and Name = 'Open']/Name = Title]['[%UserRole_Clerk%]' and Status != M.Status.Open]",
      ].sort(),
    );
    expect(files).toEqual(
      ['M.Base', 'M.Site'].map((entity) => ({
        kind: 'renameColumn',
        path: `data/${entity}.csv`,
        from: 'Name',
        to: 'Title',
      })),
    );
  });

  it('an attribute of the far entity follows it through paths only', () => {
    const { changes } = renamed({ kind: 'attribute', name: 'M.Other/Name' }, 'Title');
    expect(changes.filter((change) => change.includes('/'))).toEqual(
      [
        "[Status = 'Open' or M.Site_Other/M.Other[Open and Name = 'Open']/Name = Name]['[%UserRole_Clerk%]' and Status != M.Status.Open] → [Status = 'Open' or M.Site_Other/M.Other[Open and Title = 'Open']/Title = Name]['[%UserRole_Clerk%]' and Status != M.Status.Open]",
        '$each/M.Site_Other/M.Other/Name → $each/M.Site_Other/M.Other/Title',
        'M.Site_Other/M.Other/Name → M.Site_Other/M.Other/Title',
      ].sort((a, b) => changes.indexOf(a) - changes.indexOf(b)),
    );
  });

  it('an enumeration value follows it into defaults, comparisons and demo rows, and spares texts and attributes of that name', () => {
    const { changes, files } = renamed({ kind: 'enumerationValue', name: 'M.Status.Open' }, 'Begun');
    expect(changes.sort()).toEqual(
      [
        'Open → Begun',
        'M.Status.Open → M.Status.Begun',
        "[Status = 'Open' or M.Site_Other/M.Other[Open and Name = 'Open']/Name = Name]['[%UserRole_Clerk%]' and Status != M.Status.Open] → [Status = 'Begun' or M.Site_Other/M.Other[Open and Name = 'Open']/Name = Name]['[%UserRole_Clerk%]' and Status != M.Status.Begun]",
      ].sort(),
    );
    expect(files).toEqual([
      { kind: 'renameValue', path: 'data/M.Site.csv', column: 'Status', from: 'Open', to: 'Begun' },
    ]);
  });

  it('an entity moves its file, geometry and demo rows, and rewrites keys of maps', () => {
    const { documents: project, files } = renamed({ kind: 'entity', name: 'M.Site' }, 'Place');
    expect(project.has('modules/M/entities/Site.json')).toBe(false);
    expect(project.get('modules/M/entities/Place.json')).toMatchObject({
      name: 'Place',
      id: documents.get('modules/M/entities/Site.json')?.id as string,
    });
    const profile = project.get('navigation/Phone.json') as { synchronization: { entities: JsonObject } } & JsonObject;
    expect(Object.keys(profile.synchronization.entities)).toEqual(['M.Place']);
    expect(files).toEqual([
      { kind: 'move', path: 'modules/M/entities/Site.layout.json', to: 'modules/M/entities/Place.layout.json' },
      { kind: 'move', path: 'data/M.Site.csv', to: 'data/M.Place.csv' },
    ]);
  });

  it('an association follows it in paths, rights and demo rows, written short or in full', () => {
    const { changes, files } = renamed({ kind: 'association', name: 'M.Site_Other' }, 'Near');
    expect(changes).toContain('Site_Other → Near');
    expect(changes).toContain('$each/M.Site_Other/M.Other/Name → $each/M.Near/M.Other/Name');
    expect(files).toHaveLength(2);
  });

  it('a module renames every qualified name and moves every file below it', () => {
    const { documents: project } = renamed({ kind: 'module', name: 'M' }, 'Harbour');
    const text = JSON.stringify([...project]);
    expect(text).not.toMatch(/\bM\.(?!Sites"})|modules\/M\//);
    expect(readModel(project).diagnostics).toEqual([]);
    expect(text).toContain('$each/Harbour.Site_Other/Harbour.Other/Name');
  });

  it('a user role follows it into tokens', () => {
    expect(renamed({ kind: 'userRole', name: 'Clerk' }, 'Officer').changes.join()).toContain("'[%UserRole_Officer%]'");
  });

  it('a module role follows it, whether its module is written or not', () => {
    const target: Target = { kind: 'moduleRole', name: 'M.User' };
    expect(new Set(usages(model, target).map(({ text }) => text))).toEqual(new Set(['User', 'M.User']));
    const { changes } = renamed(target, 'Reader');
    expect(changes).toContain('User → Reader');
    expect(changes).toContain('M.User → M.Reader');
  });

  it.each<[string, Target, string, string]>([
    ['of nothing', { kind: 'entity', name: 'M.Nowhere' }, 'X', 'rename/no-such-element'],
    ['to no name', { kind: 'entity', name: 'M.Site' }, '2nd', 'rename/invalid-name'],
    ['with an accent', { kind: 'entity', name: 'M.Site' }, 'Plätze', 'rename/invalid-name'],
    ['to a reserved word', { kind: 'attribute', name: 'M.Other/Name' }, 'DIV', 'rename/reserved-name'],
    ['to a device', { kind: 'page', name: 'M.Sites' }, 'con', 'rename/device-name'],
    ['to a neighbour in other letters', { kind: 'entity', name: 'M.Site' }, 'oTHER', 'rename/name-taken'],
    ['of an entity to an enumeration', { kind: 'entity', name: 'M.Site' }, 'Status', 'rename/name-taken'],
    ['of an entity to an association', { kind: 'entity', name: 'M.Base' }, 'site_other', 'rename/name-taken'],
    ['of an attribute to one inherited', { kind: 'attribute', name: 'M.Site/Status' }, 'name', 'rename/name-taken'],
    ['of an attribute to one below', { kind: 'attribute', name: 'M.Base/Name' }, 'Status', 'rename/name-taken'],
    [
      'of an attribute to an association',
      { kind: 'attribute', name: 'M.Base/Name' },
      'Site_Other',
      'rename/name-taken',
    ],
    ['of a value to another', { kind: 'enumerationValue', name: 'M.Status.Open' }, 'done', 'rename/name-taken'],
    ['of a module to the built-in one', { kind: 'module', name: 'M' }, 'System', 'rename/name-taken'],
    ['of what is built in', { kind: 'entity', name: 'System.User' }, 'Person', 'rename/built-in'],
  ])('%s is refused', (_, target, newName, code) => {
    expect(rename(model, target, newName)).toMatchObject({ ok: false, error: [{ code, severity: 'error' }] });
  });

  it('to the same letters in other case is fine, and to the same name does nothing', () => {
    expect(rename(model, { kind: 'entity', name: 'M.Site' }, 'SITE').ok).toBe(true);
    expect(rename(model, { kind: 'entity', name: 'M.Site' }, 'Site')).toEqual({
      ok: true,
      value: { edit: [], files: [], preview: [] },
    });
    expect(rename(model, { kind: 'attribute', name: 'M.Site/Label' }, 'Open').ok).toBe(true);
  });
});
