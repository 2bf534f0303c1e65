import type { JsonObject } from '@skerry/shared/base/json';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { duplicateIds } from '@skerry/shared/metamodel/ids';
import { readModel } from '@skerry/shared/metamodel/model';
import { copyDocument } from '@skerry/shared/refactoring/copy-document';
import { describe, expect, it } from 'vitest';
import { anApp } from '../../support/model-builder.ts';

const documents = anApp()
  .withEntity('M.Site', {
    attributes: { Name: 'String' },
    associations: { Site_Parent: 'M.Site', Owns: 'M.Site' },
    rules: [{ read: ['Site_Parent'], constraint: "[M.Site_Parent/M.Site/Name = 'Site' or M.Owns/M.Site]" }],
  })
  .withEntity('M.Dock_Owns')
  .withNanoflow('M.Go', [{ kind: 'callNanoflow', nanoflow: 'M.Go' }])
  .build();
const model = readModel(documents);
const counter = () => {
  let next = 0;
  return (count: number) => Uint8Array.from({ length: count }, () => (++next * 31) % 253);
};
const copyOf = (path: string, name: string, to: string) => {
  const edit = copyDocument(model, path, name, counter());
  if (!edit.ok) throw new Error(edit.error[0]?.message);
  const applied = apply(documents, edit.value);
  if (!applied.ok) throw new Error(applied.error.message);
  expect(readModel(applied.value).diagnostics).toEqual([]);
  expect(duplicateIds(applied.value)).toEqual([]);
  return applied.value.get(to) as { [key: string]: JsonObject[] };
};

describe('a copy of a document', () => {
  it('speaks of itself where the original speaks of itself, and has ids and associations of its own', () => {
    const copy = copyOf('modules/M/entities/Site.json', 'Dock', 'modules/M/entities/Dock.json');
    expect(copy.name).toBe('Dock');
    expect(copy.associations?.map(({ name, to }) => [name, to])).toEqual([
      ['Dock_Parent', 'M.Dock'],
      ['Dock_Owns2', 'M.Dock'],
    ]);
    expect(copy.accessRules?.[0]).toMatchObject({
      members: { Dock_Parent: 'read' },
      constraint: "[M.Dock_Parent/M.Dock/Name = 'Site' or M.Dock_Owns2/M.Dock]",
    });
  });

  it('of a flow that calls itself calls itself', () => {
    const copy = copyOf('modules/M/nanoflows/Go.json', 'Again', 'modules/M/nanoflows/Again.json');
    expect(copy.nodes?.find(({ kind }) => kind === 'callNanoflow')?.nanoflow).toBe('M.Again');
  });

  it('needs a name that is free, and something to copy', () => {
    expect(copyDocument(model, 'modules/M/entities/Site.json', 'site', counter())).toMatchObject({
      ok: false,
      error: [{ code: 'rename/name-taken' }],
    });
    expect(copyDocument(model, 'skerry.json', 'Other', counter())).toMatchObject({
      ok: false,
      error: [{ code: 'copy/no-such-document' }],
    });
  });
});
