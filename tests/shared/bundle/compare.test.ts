import { must } from '@skerry/shared/base/invariant';
import type { JsonObject } from '@skerry/shared/base/json';
import { compareModels } from '@skerry/shared/bundle/compare';
import { undecided } from '@skerry/shared/bundle/finding';
import { readModel } from '@skerry/shared/metamodel/model';
import { describe, expect, test } from 'vitest';
import { fieldDocuments, fieldModel, id } from './field-app.ts';

type Documents = Map<string, JsonObject>;
const INSPECTION = 'modules/Field/entities/Inspection.json';
const STATUS = 'modules/Field/enumerations/Status.json';

function edit(path: string, change: (content: JsonObject) => JsonObject) {
  return (documents: Documents) => documents.set(path, change(must(documents.get(path), path)));
}

const list = (value: unknown) => value as readonly JsonObject[];
const attributes = (change: (attributes: readonly JsonObject[]) => readonly JsonObject[]) =>
  edit(INSPECTION, (entity) => ({ ...entity, attributes: change(list(entity.attributes)) }));
const attribute = (name: string, fields: JsonObject) =>
  attributes((all) => all.map((one) => (one.name === name ? { ...one, ...fields } : one)));

function compare(...changes: ((documents: Documents) => unknown)[]) {
  const documents = fieldDocuments();
  for (const change of changes) change(documents);
  const next = readModel(documents);
  expect(next.diagnostics).toEqual([]);
  return compareModels(fieldModel(), next);
}

const summary = (...changes: ((documents: Documents) => unknown)[]) =>
  compare(...changes).map(({ change, weight, name }) => `${weight} ${change} ${name}`);

describe('between two versions', () => {
  test('nothing is found when nothing changed', () => {
    expect(summary()).toEqual([]);
  });

  test('renaming is free', () => {
    expect(summary(attribute('SecretMargin', { name: 'Margin' }))).toEqual([
      'free element-renamed Field.Inspection/Margin',
    ]);
    expect(
      summary(
        edit(STATUS, (one) => ({
          ...one,
          values: list(one.values).map((value) => ({ ...value, name: `${value.name}2` })),
        })),
      ),
    ).toEqual(['free element-renamed Field.Status.Open2', 'free element-renamed Field.Status.Closed2']);
  });

  test('a new attribute is free unless it is required and nothing says what old rows get', () => {
    const add = (fields: JsonObject) =>
      attributes((all) => [...all, { id: id('new'), name: 'New', type: { kind: 'Integer' }, ...fields }]);
    const require = edit(INSPECTION, (one) => ({
      ...one,
      validationRules: [
        ...list(one.validationRules),
        { id: id('required2'), kind: 'required', attribute: 'New', message: { en: 'Needed' } },
      ],
    }));
    expect(summary(add({}))).toEqual(['free attribute-added Field.Inspection/New']);
    expect(summary(add({}), require)).toEqual(['lossy required-attribute-added Field.Inspection/New']);
    expect(summary(add({ default: '1' }), require)).toEqual(['free attribute-added Field.Inspection/New']);
  });

  test('removing is lossy, an entity counting once', () => {
    expect(summary(attributes((all) => all.slice(0, 2)))).toEqual([
      'lossy attribute-removed Field.Inspection/SecretMargin',
    ]);
    expect(summary((documents) => documents.delete('modules/Field/entities/Filter.json'))).toEqual([
      'lossy entity-removed Field.Filter',
    ]);
    expect(summary(edit(INSPECTION, (one) => ({ ...one, associations: [] })))).toEqual([
      'lossy association-removed Field.Inspection_Site',
      'lossy association-removed Field.SecretPayroll',
    ]);
    expect(summary(edit(STATUS, (one) => ({ ...one, values: list(one.values).slice(1) })))).toEqual([
      'lossy value-removed Field.Status.Open',
    ]);
  });

  test.each([
    [{ kind: 'String', length: 200 }, 'free attribute-widened'],
    [{ kind: 'String', length: null }, 'free attribute-widened'],
    [{ kind: 'String', length: 50 }, 'lossy attribute-narrowed'],
    [{ kind: 'Integer' }, 'lossy attribute-retyped'],
  ])('a text of 100 that becomes %j is %s', (type, expected) => {
    expect(summary(attribute('Title', { type }))).toEqual([`${expected} Field.Inspection/Title`]);
  });

  test('numbers widen freely to text that is long enough', () => {
    expect(summary(attribute('SecretMargin', { type: { kind: 'String', length: 40 } }))).toEqual([
      'free attribute-widened Field.Inspection/SecretMargin',
    ]);
    expect(summary(attribute('SecretMargin', { type: { kind: 'String', length: 10 } }))).toEqual([
      'lossy attribute-retyped Field.Inspection/SecretMargin',
    ]);
    expect(summary(attribute('SecretMargin', { type: { kind: 'Long' } }))).toEqual([
      'lossy attribute-retyped Field.Inspection/SecretMargin',
    ]);
  });

  test('associations narrow when fewer links fit', () => {
    const association = (fields: JsonObject) =>
      edit(INSPECTION, (one) => ({
        ...one,
        associations: list(one.associations).map((other, place) => (place === 0 ? { ...other, ...fields } : other)),
      }));
    expect(summary(association({ type: 'referenceSet' }))).toEqual(['free association-widened Field.Inspection_Site']);
    expect(summary(association({ to: 'Field.Payroll' }))).toEqual(['lossy association-narrowed Field.Inspection_Site']);
  });

  test('rules, access, scope and signatures are to be known', () => {
    const unique = edit(INSPECTION, (one) => ({
      ...one,
      validationRules: [
        ...list(one.validationRules),
        { id: id('unique'), kind: 'unique', attribute: 'Title', message: { en: 'Once' } },
      ],
    }));
    expect(summary(unique)).toEqual(['notice rule-added Field.Inspection/Title']);
    expect(summary(edit(INSPECTION, (one) => ({ ...one, accessRules: [] })))).toEqual([
      'notice access-changed Field.Inspection',
    ]);
    expect(summary(edit('navigation/Phone.json', (one) => ({ ...one, synchronization: { entities: {} } })))).toEqual([
      'notice scope-changed Phone: Field.Payroll',
    ]);
    expect(
      summary(edit('modules/Field/microflows/OnBoth.json', (one) => ({ ...one, returnType: { kind: 'Boolean' } }))),
    ).toEqual(['notice signature-changed Field.OnBoth']);
    expect(summary((documents) => documents.delete('modules/Field/microflows/OnBoth.json'))).toEqual([
      'notice microflow-removed Field.OnBoth',
    ]);
  });

  test('renaming an entity leaves its synchronisation settings as they were', () => {
    const rename = (documents: Documents) => {
      const path = 'modules/Field/entities/Payroll.json';
      documents.set(path, { ...must(documents.get(path), path), name: 'Wages' });
      edit('navigation/Phone.json', (one) => ({
        ...one,
        synchronization: { entities: { 'Field.Wages': { mode: 'never' } } },
      }))(documents);
      edit(INSPECTION, (one) => ({
        ...one,
        associations: list(one.associations).map((other) =>
          other.to === 'Field.Payroll' ? { ...other, to: 'Field.Wages' } : other,
        ),
      }))(documents);
    };
    expect(summary(rename)).toEqual(['free element-renamed Field.Wages']);
  });

  test('members moved up keep every value; members moved down lose some', () => {
    const pump = (documents: Documents) =>
      documents.set('modules/Field/entities/Pump.json', {
        format: 1,
        kind: 'entity',
        id: id('Pump'),
        name: 'Pump',
        generalization: 'Field.Inspection',
      });
    const down = (documents: Documents) => {
      const title = { id: id('Inspection.Title'), name: 'Title', type: { kind: 'String', length: 100 } };
      edit('modules/Field/entities/Pump.json', (one) => ({ ...one, attributes: [title] }))(documents);
      edit(INSPECTION, (one) => ({ ...one, attributes: list(one.attributes).slice(1), validationRules: [] }))(
        documents,
      );
    };
    const before = fieldDocuments();
    pump(before);
    const after = new Map(before);
    down(after);
    const changes = (from: Documents, to: Documents) =>
      compareModels(readModel(from), readModel(to)).map(({ change }) => change);
    expect(changes(before, after)).toContain('attribute-left-ancestor');
    expect(changes(after, before)).toContain('element-moved');
    expect(changes(after, before)).not.toContain('attribute-left-ancestor');
  });
});

describe('a decision', () => {
  const remove = attributes((all) => all.slice(0, 2));
  const decide =
    (decision: JsonObject, version = '1.0.0') =>
    (documents: Documents) =>
      documents.set(`evolution/${version}.json`, { format: 1, kind: 'evolution', version, decisions: [decision] });
  const accept = { kind: 'acceptLoss', element: id('Inspection.Margin'), reason: 'Nobody used it.' };

  test('answers the lossy finding about its element', () => {
    expect(undecided(compare(remove)).map(({ code }) => code)).toEqual(['compare/attribute-removed']);
    expect(undecided(compare(remove, decide(accept)))).toEqual([]);
    expect(compare(remove, decide(accept))[0]?.decision).toMatchObject({ reason: 'Nobody used it.' });
  });

  test('counts only for its version, its element and the findings its kind answers', () => {
    expect(undecided(compare(remove, decide(accept, '0.9.0')))).toHaveLength(1);
    expect(undecided(compare(remove, decide({ ...accept, element: id('Inspection.Title') })))).toHaveLength(1);
    expect(
      undecided(compare(remove, decide({ kind: 'convert', element: id('Inspection.Margin'), expression: '1' }))),
    ).toHaveLength(1);
  });
});
