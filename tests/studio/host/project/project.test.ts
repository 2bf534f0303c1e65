import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonObject } from '@skerry/shared/base/json';
import { newProject } from '@skerry/studio/host/project/new-project';
import { openProject } from '@skerry/studio/host/project/open-project';
import { saveDocuments } from '@skerry/studio/host/project/save-documents';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
const HOME = 'modules/Main/pages/Home.json';
const counter = () => {
  let next = 0;
  return (count: number) => Uint8Array.from({ length: count }, () => (++next * 37) % 251);
};
const read = (path: string) => readFile(join(folder, path), 'utf8');
async function write(path: string, text: string) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
const reported = async () =>
  (await openProject(folder)).diagnostics.map(({ code, severity, document }) => `${severity} ${code} ${document}`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skerry-project-'));
  await newProject(folder, 'Harbour', counter());
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a new project', () => {
  it('opens without a complaint and has a page, a role and an offline profile', async () => {
    const { model, diagnostics, documents } = await openProject(folder);
    expect(diagnostics).toEqual([]);
    expect(documents.size).toBe(6);
    expect(model.app.name).toBe('Harbour');
    expect(model.find('page', 'Main.Home')?.content.layout).toBe('Main.Default');
    expect(model.find('navigationProfile', 'Phone')?.content.profile).toBe('offlineWeb');
    expect(model.security.userRoles.map((role) => role.moduleRoles)).toEqual([['Main.User']]);
    expect(await read('.gitattributes')).toContain('eol=lf');
  });

  it('is not written into a folder that holds something', async () => {
    await expect(newProject(folder, 'Other', counter())).rejects.toMatchObject({ code: 'project/folder-not-empty' });
  });
});

describe('opening and saving', () => {
  it('writes nothing when nothing changed', async () => {
    const { documents } = await openProject(folder);
    expect(await saveDocuments(folder, documents, documents.keys())).toEqual({
      written: [],
      removed: [],
      diagnostics: [],
    });
  });

  it('does not touch files whose bytes stay the same', async () => {
    const { documents } = await openProject(folder);
    await utimes(join(folder, HOME), 1, 1);
    const changed = new Map(documents).set('skerry.json', {
      ...documents.get('skerry.json'),
      version: '2.0.0',
    } as JsonObject);
    const outcome = await saveDocuments(folder, changed, [HOME, 'skerry.json']);
    expect(outcome.written).toEqual(['skerry.json']);
    expect((await stat(join(folder, HOME))).mtimeMs).toBe(1000);
    expect((await openProject(folder)).model.app.version).toBe('2.0.0');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('creates folders and removes those left empty', async () => {
    const { documents } = await openProject(folder);
    const to = 'modules/Main/pages/start/Home.json';
    const moved = new Map(documents).set(to, documents.get(HOME) as JsonObject);
    moved.delete(HOME);
    expect(await saveDocuments(folder, moved, [HOME, to])).toMatchObject({ written: [to], removed: [HOME] });
    expect(await readdir(join(folder, 'modules/Main/pages'))).toEqual(['start']);
    const without = new Map(moved);
    without.delete(to);
    await saveDocuments(folder, without, [to]);
    expect(await readdir(join(folder, 'modules/Main'))).toEqual(['layouts', 'module.json']);
  });

  it('[8.1] keeps a file with conflict markers as it is, opens the rest, and never overwrites it', async () => {
    const { documents } = await openProject(folder);
    const conflict = '<<<<<<< HEAD\n{}\n=======\n{"a":1}\n>>>>>>> theirs\n';
    await write(HOME, conflict);
    const opened = await openProject(folder);
    expect(opened.unparsed).toEqual(new Map([[HOME, conflict]]));
    expect(opened.documents.has(HOME)).toBe(false);
    expect(opened.documents.size).toBe(5);
    expect(opened.diagnostics).toMatchObject([{ code: 'project/conflict-markers', document: HOME }]);
    const outcome = await saveDocuments(folder, documents, [HOME]);
    expect(outcome).toMatchObject({ written: [], diagnostics: [{ code: 'project/not-overwritten', document: HOME }] });
    await saveDocuments(folder, opened.documents, [HOME]);
    expect(await read(HOME)).toBe(conflict);
  });

  it('reports missing, unknown, misplaced and misnamed documents and still opens', async () => {
    await rm(join(folder, 'security.json'));
    await write(
      'modules/Other/enumerations/A.json',
      JSON.stringify({ format: 1, kind: 'enumeration', id: 'a'.repeat(16), name: 'B' }),
    );
    await write(
      'modules/Main/pages/Flow.json',
      JSON.stringify({ format: 1, kind: 'constant', id: 'b'.repeat(16), name: 'Flow', type: 'String', value: '' }),
    );
    await write('modules/Main/widgets/X.json', '{}');
    await write('notes.json', 'not ours');
    expect(await reported()).toEqual([
      'error project/missing-document security.json',
      'error project/missing-document modules/Other/module.json',
      'warning project/unknown-file modules/Main/widgets/X.json',
      'error project/misplaced-document modules/Main/pages/Flow.json',
      'warning project/name-differs modules/Other/enumerations/A.json',
    ]);
  });

  it('reads geometry apart, and a broken sidecar only warns', async () => {
    await write('modules/Main/domain.layout.json', '{"a":{"x":1,"y":2}}');
    await write('modules/Main/pages/Home.layout.json', '{');
    const { layouts, diagnostics, model } = await openProject(folder);
    expect([...layouts]).toEqual([['modules/Main/domain.layout.json', { a: { x: 1, y: 2 } }]]);
    expect(diagnostics).toMatchObject([{ code: 'project/not-json', severity: 'warning' }]);
    expect(model.find('page', 'Main.Home')).toBeDefined();
  });

  it('reports elements with the same id', async () => {
    const home = JSON.parse(await read(HOME)) as JsonObject;
    await write('modules/Main/pages/Copy.json', JSON.stringify({ ...home, name: 'Copy' }));
    expect(await reported()).toEqual([
      'error project/duplicate-id modules/Main/pages/Home.json',
      'error project/duplicate-id modules/Main/pages/Home.json',
    ]);
  });

  it('lists demo data and action sources without reading them', async () => {
    await write('data/Main.Boat.csv', 'id\n');
    await write('modules/Main/actions/Scan.ts', '');
    expect([...(await openProject(folder)).files.keys()]).toEqual([
      'data/Main.Boat.csv',
      'modules/Main/actions/Scan.ts',
    ]);
  });

  it('says so when there is no such folder', async () => {
    await expect(openProject(join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'project/no-folder',
      family: 'user',
    });
  });
});
