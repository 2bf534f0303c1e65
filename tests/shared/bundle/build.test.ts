import { must } from '@skerry/shared/base/invariant';
import type { Json, JsonObject } from '@skerry/shared/base/json';
import { type Bundle, buildBundle } from '@skerry/shared/bundle/build';
import { utf8Text } from '@skerry/shared/bundle/bytes';
import { openBundle } from '@skerry/shared/bundle/open';
import { manifestText } from '@skerry/shared/bundle/verify';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { readModel } from '@skerry/shared/metamodel/model';
import { describe, expect, test } from 'vitest';
import { fieldDocuments, fieldInput, fieldModel, id } from './field-app.ts';

function build(input = fieldInput()): Bundle {
  const built = buildBundle(input);
  if (!built.ok) throw new Error(JSON.stringify(built.error));
  return built.value;
}

function open({ manifest, parts }: Bundle, without: readonly string[] = []) {
  const held = manifest.parts.filter(({ path }) => !without.includes(path));
  const opened = openBundle(manifest, new Map(held.map(({ path, sha256 }) => [sha256, must(parts.get(path), path)])));
  if (!opened.ok) throw opened.error;
  return opened.value;
}

function reversed(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map((item: Json) => reversed(item));
  if (value === null || typeof value !== 'object') return value ?? null;
  return Object.fromEntries(
    Object.entries(value as JsonObject)
      .toReversed()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('a bundle', () => {
  test('has the same bytes whatever the order of documents and keys', () => {
    const one = build();
    const documents = [...fieldDocuments()]
      .toReversed()
      .map(([path, source]): [string, JsonObject] => [path, reversed(source) as JsonObject]);
    const other = build(fieldInput(readModel(new Map(documents))));
    expect(manifestText(other.manifest)).toBe(manifestText(one.manifest));
    expect(one.manifest.parts.map(({ path }) => path)).toContain('documents/Field.pages.json');
  });

  test('changes only the part that an edit touches', () => {
    const documents = fieldDocuments();
    const page = must(documents.get('modules/Field/pages/Inspections.json'), 'page');
    documents.set('modules/Field/pages/Inspections.json', { ...page, url: 'inspections' });
    const hashes = new Set(build().manifest.parts.map(({ sha256 }) => sha256));
    const changed = build(fieldInput(readModel(documents))).manifest.parts.filter(({ sha256 }) => !hashes.has(sha256));
    expect(changed.map(({ path }) => path)).toEqual(['documents/Field.pages.json']);
  });

  test('holds nothing that is not for the device', () => {
    const bundle = build();
    for (const [path, bytes] of bundle.parts) expect(utf8OrEmpty(bytes), path).not.toMatch(/secret/i);
    // The app does contain what must not leak, or this would prove nothing.
    expect(JSON.stringify([...fieldDocuments()]).match(/secret/gi)?.length).toBeGreaterThan(12);
  });

  test('opens to a model that the device reads as the studio does', () => {
    const { model, navigation, programs, images, catalog, scope } = open(build());
    expect(model.diagnostics).toEqual([]);
    const view = domainView(model);
    expect([...view.attributes('Field.Inspection').keys()]).toEqual(['Title', 'Status']);
    expect(view.step('Field.Inspection', 'Field.Inspection_Site')?.far).toBe('Field.Site');
    expect(view.persistable('Field.Filter')).toBe(false);
    expect(navigation.homePage.page).toBe('Field.Inspections');
    expect(navigation.synchronization).toMatchObject({ entities: {}, additional: [] });
    expect(model.find('page', 'Field.Inspections')?.content.widgets).toHaveLength(1);
    expect(model.find('page', 'Field.SecretPayroll')).toBeUndefined();
    expect([...model.all('constant').keys()]).toEqual(['Field.Limit']);
    expect([...programs.keys()].sort()).toEqual(['Field.Close', 'Field.OnBoth']);
    expect(view.entity('Field.Inspection')?.eventHandlers.map(({ flow }) => flow)).toEqual(['Field.OnBoth']);
    expect(view.entity('Field.Inspection')?.validationRules.map(({ kind }) => kind)).toEqual(['required']);
    expect(images.get('Field.Logo')).toEqual({
      mediaType: 'image/png',
      bytes: new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]),
    });
    expect(catalog.elements[id('Inspection.Title')]).toEqual({
      kind: 'attribute',
      name: 'Field.Inspection/Title',
      of: id('Inspection'),
    });
    expect(scope.entities).toHaveLength(2);
  });

  test('carries each language apart and puts words back where they were', () => {
    const bundle = build();
    const words = open(bundle)
      .model.find('enumeration', 'Field.Status')
      ?.content.values.map(({ caption }) => caption);
    expect(words).toEqual([
      { en: 'Open', nl: 'Open' },
      { en: 'Closed', nl: 'Gesloten' },
    ]);
    const without = open(bundle, ['texts/nl.json']);
    expect(without.model.find('page', 'Field.Inspections')?.content.title).toEqual({ en: 'Inspections' });
    expect(utf8Text(must(bundle.parts.get('documents/Field.pages.json'), 'part'))).not.toContain('Inspecties');
    expect(open(bundle).model.find('page', 'Field.Inspections')?.content).toMatchObject({
      title: { en: 'Inspections', nl: 'Inspecties' },
    });
  });

  test('is refused for an unknown profile, a bad version, missing code, a flow with errors', () => {
    const codes = (change: (documents: Map<string, JsonObject>) => void, more = {}) => {
      const documents = fieldDocuments();
      change(documents);
      const built = buildBundle({ ...fieldInput(readModel(documents)), ...more });
      return built.ok ? [] : built.error.map(({ code }) => code);
    };
    const edit = (path: string, fields: JsonObject) => (documents: Map<string, JsonObject>) => {
      documents.set(path, { ...must(documents.get(path), path), ...fields });
    };
    expect(codes(() => {}, { profile: 'Tablet' })).toEqual(['bundle/unknown-profile']);
    expect(codes(edit('skerry.json', { version: 'one' }))).toEqual(['bundle/invalid-version']);
    expect(codes(edit('modules/Field/images/Logo.json', { data: '***' }))).toEqual(['bundle/unreadable-image']);
    expect(codes(edit('modules/Field/nanoflows/Close.json', { parameters: [] }))).toContain('flow/unknown-variable');
    const action = { format: 1, kind: 'javaScriptAction', id: id('Scan'), name: 'Scan' };
    const scope = { ...fieldInput().scope, actions: [id('Scan')] };
    expect(codes((documents) => documents.set('modules/Field/actions/Scan.json', action), { scope })).toEqual([
      'bundle/missing-action',
    ]);
  });
});

function utf8OrEmpty(bytes: Uint8Array): string {
  try {
    return utf8Text(bytes);
  } catch {
    return '';
  }
}

test('an unchanged model keeps its programs: reading it twice builds the same', () => {
  expect(manifestText(build(fieldInput(fieldModel())).manifest)).toBe(manifestText(build().manifest));
});
