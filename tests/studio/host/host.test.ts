import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALLS } from '@skerry/studio/bridge/calls/index';
import type { NotificationName } from '@skerry/studio/bridge/notifications';
import type { MakeRoom } from '@skerry/studio/host/room';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADD_PHOTO, REGIONS, SITE, SITE_ID } from './commands/command-cases.ts';
import { hostOn, run, sampleCopy } from './host-kit.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'skerry-hosts-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

describe('rooms', () => {
  const room =
    (call: 'scope/view' | 'project/state'): MakeRoom =>
    () => ({ handlers: { [call]: () => null }, close: async () => undefined });

  it('every call has an answer, if only that nobody gives one', async () => {
    const host = hostOn(base);
    expect(Object.keys(host.handlers).sort()).toEqual(Object.keys(CALLS).sort());
    await expect(async () => host.handlers['publish/review']({})).rejects.toMatchObject({
      code: 'bridge/not-available',
    });
    expect(hostOn(base, { rooms: [room('scope/view')] }).handlers['scope/view']({ profile: 'x' })).toBeNull();
  });

  it('two rooms that answer one call are refused at the start', () => {
    expect(() => hostOn(base, { rooms: [room('project/state')] })).toThrow(
      expect.objectContaining({ code: 'host/two-handlers' }),
    );
  });

  it('hear of each project that opens and closes, the present one at once', async () => {
    const heard: (string | undefined)[] = [];
    const told: NotificationName[] = [];
    const steps: string[] = [];
    const listens: MakeRoom = ({ onSession }) => {
      const stop = onSession((session) => {
        heard.push(session?.folder);
        session?.onStep(({ label, texts }) => steps.push(`${label}: ${texts.join()}`));
      });
      return { handlers: {}, close: async () => stop() };
    };
    const host = hostOn(base, { rooms: [listens], notify: (name) => told.push(name) });
    expect(() => host.context.session()).toThrow(expect.objectContaining({ code: 'project/none-open' }));
    const sample = await sampleCopy();
    await host.open(sample.folder);
    await host.open(sample.folder);
    await run(host, 'document.delete', { documents: ['modules/Field/entities/Skill.json'] });
    await host.close();
    expect(heard).toEqual([undefined, sample.folder, undefined]);
    expect(steps).toEqual([expect.stringMatching(/^Delete Skill .*: data\/Field\.Skill\.csv$/)]);
    expect(told).toEqual(['project/switched', 'project/changed', 'project/switched']);
    await sample.remove();
  });
});

describe('projects', () => {
  it('are made from templates, remembered, and forgotten', async () => {
    const template = join(base, 'template');
    await mkdir(join(template, 'dist'), { recursive: true });
    const host = hostOn(join(base, 'state'), {
      templates: [{ id: 'mine', title: 'Mine', description: '', folder: join(base, 'blank') }],
    });
    expect((await host.handlers['project/templates']({})).map(({ id }) => id)).toEqual(['blank', 'mine']);
    const blank = await host.handlers['project/new']({
      folder: join(base, 'blank'),
      name: 'Harbour',
      template: 'blank',
    });
    expect(blank).toMatchObject({ name: 'Harbour', diagnostics: [], dirty: [] });
    const mine = await host.handlers['project/new']({ folder: join(base, 'mine'), name: 'Quay', template: 'mine' });
    expect(mine.name).toBe('Quay');
    expect(Object.keys(mine.documents)).toEqual(Object.keys(blank.documents));
    const recent = () => host.handlers['project/recent']({});
    expect((await recent()).map(({ name }) => name)).toEqual(['Quay', 'Harbour']);
    await host.handlers['project/open']({ folder: join(base, 'blank') });
    expect((await recent()).map(({ name }) => name)).toEqual(['Harbour', 'Quay']);
    await host.handlers['project/forgetRecent']({ folder: join(base, 'blank') });
    expect((await recent()).map(({ name }) => name)).toEqual(['Quay']);
    await host.handlers['project/close']({});
    expect(await host.handlers['project/state']({})).toBeNull();
    for (const [name, code] of [
      ['mine', 'project/folder-not-empty'],
      ['other', 'project/no-such-template'],
    ] as const) {
      const again = host.handlers['project/new']({
        folder: join(base, name),
        name,
        template: name === 'mine' ? 'mine' : 'no',
      });
      await expect(again).rejects.toMatchObject({ code });
    }
    await expect(host.handlers['project/open']({ folder: join(base, 'nowhere') })).rejects.toMatchObject({
      code: 'project/no-folder',
    });
    await host.close();
  });

  it('are found by looking through folders', async () => {
    const host = hostOn(join(base, 'state'), { homeFolder: base });
    await mkdir(join(base, 'a project'));
    await mkdir(join(base, '.hidden'));
    await mkdir(join(base, 'else'));
    await writeFile(join(base, 'a project/skerry.json'), '{}');
    expect(await host.handlers['folder/list']({})).toEqual({
      folder: base,
      parent: tmpdir(),
      entries: [
        { name: 'a project', isProject: true },
        { name: 'else', isProject: false },
      ],
    });
    await expect(host.handlers['folder/list']({ folder: join(base, 'no') })).rejects.toMatchObject({
      code: 'folder/not-readable',
    });
  });
});

describe('the clipboard', () => {
  it('carries nodes with the edges between them and their places', async () => {
    const sample = await sampleCopy();
    const host = hostOn(sample.stateFolder);
    await host.open(sample.folder);
    const elements = ['3guhgi7ooq5csr74', '2npfcxn62iswxgms'];
    const { clipboard } = await host.handlers['clipboard/copy']({ document: ADD_PHOTO, elements });
    const to = 'modules/Field/nanoflows/AddTime.json';
    const { created } = await run(host, 'element.paste', { document: to, list: ['nodes'], clipboard });
    const { nodes = [], flows = [] } = host.context.session().model.find('nanoflow', 'Field.AddTime')?.content ?? {};
    expect(created).toHaveLength(2);
    const [commit, create] = created.map(({ element }) => element);
    expect(nodes.slice(-2).map(({ id }) => id)).toEqual([commit, create]);
    expect(flows.at(-1)).toMatchObject({ from: commit, to: create });
    const layout = host.context.session().content.get('modules/Field/nanoflows/AddTime.layout.json');
    expect(layout?.[create as string]).toEqual({ x: 960, y: 60 });
    await expect(run(host, 'element.paste', { document: REGIONS, list: ['widgets'], clipboard })).rejects.toMatchObject(
      { code: 'clipboard/does-not-fit' },
    );
    await expect(
      run(host, 'element.paste', { document: REGIONS, list: ['widgets'], clipboard: 'hello' }),
    ).rejects.toMatchObject({ code: 'clipboard/not-ours' });
    await host.close();
    await sample.remove();
  });

  it('carries a document to another project, where it speaks of itself by its new name', async () => {
    const sample = await sampleCopy();
    const host = hostOn(sample.stateFolder);
    await host.open(sample.folder);
    const site = await host.handlers['clipboard/copy']({ document: SITE, elements: [SITE_ID] });
    const here = await run(host, 'element.paste', { document: SITE, list: [], ...site });
    expect(here.created[0]?.document).toBe('modules/Field/entities/Site2.json');
    await host.handlers['project/new']({ folder: join(base, 'new'), name: 'Other', template: 'blank' });
    const there = await run(host, 'element.paste', { document: 'modules/Main/module.json', list: [], ...site });
    expect(there.created[0]?.document).toBe('modules/Main/entities/Site.json');
    await host.handlers['project/save']({});
    const text = await readFile(join(base, 'new/modules/Main/entities/Site.json'), 'utf8');
    expect(text).toContain('Main.Site_Region');
    expect(text).not.toContain('Field.Site_Region');
    expect(text).not.toContain(SITE_ID);
    await host.close();
    await sample.remove();
  });
});

describe('refactoring', () => {
  it('shows what renaming would touch, and every place that speaks of an element', async () => {
    const sample = await sampleCopy();
    const host = hostOn(sample.stateFolder);
    await host.open(sample.folder);
    const asked = { document: SITE, element: SITE_ID };
    const { changes, files } = await host.handlers['refactoring/previewRename']({ ...asked, name: 'Place' });
    const usages = await host.handlers['refactoring/usages'](asked);
    expect(changes[0]).toMatchObject({ document: SITE, path: ['name'], before: 'Site', after: 'Place' });
    expect(changes.length).toBeGreaterThan(30);
    expect(files).toEqual(['data/Field.Site.csv']);
    for (const { text, span } of usages) expect(text.slice(span?.start, span?.end)).toBe('Site');
    const taken = { ...asked, name: 'Region' };
    await expect(async () => host.handlers['refactoring/previewRename'](taken)).rejects.toMatchObject({
      code: 'rename/name-taken',
    });
    await host.close();
    await sample.remove();
  });

  it('renames widgets with those that listen to them, and parameters with their readers and callers', async () => {
    const sample = await sampleCopy();
    const host = hostOn(sample.stateFolder);
    await host.open(sample.folder);
    const grid = { document: REGIONS, element: '3dzs4hnz7ds7nciu', name: 'areas' };
    const { changes } = await host.handlers['refactoring/previewRename'](grid);
    expect(changes.map(({ path, before, after }) => `${path.at(-1)}: ${before} > ${after}`)).toEqual([
      'name: regions > areas',
      'widget: regions > areas',
    ]);
    await run(host, 'element.rename', grid);
    const text = async (document: string) => (await host.handlers['document/text']({ document })).text;
    expect(await text(REGIONS)).toContain('"widget": "areas"');
    await run(host, 'element.rename', { document: ADD_PHOTO, element: 'y6lze52neotwewj6', name: 'Flaw' });
    const flow = await text(ADD_PHOTO);
    expect(flow).toContain("$Flaw/Title = empty or trim($Flaw/Title) = ''");
    expect(flow).toContain('"variable": "Flaw"');
    expect(flow).not.toMatch(/\$Finding|"variable": "Finding"/);
    const callers = [...host.context.session().documents.keys()].filter((path) => path.includes('/pages/'));
    const calls = (await Promise.all(callers.map(text)))
      .join('\n')
      .match(/"Field\.AddPhoto",\s+"arguments": \{\s+"\w+"/g);
    expect(calls?.length).toBeGreaterThan(0);
    for (const call of calls ?? []) expect(call).toMatch(/"Flaw"$/);
    await host.close();
    await sample.remove();
  });
});
