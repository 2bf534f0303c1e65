import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '@skerry/shared/base/json';
import type { Notification, NotificationName } from '@skerry/studio/bridge/notifications';
import type { Host } from '@skerry/studio/host/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADD_PHOTO, REGIONS, SITE, SITE_ID } from '../commands/command-cases.ts';
import { dirty, everything, hostOn, onDisk, run, sampleCopy } from '../host-kit.ts';

let sample: Awaited<ReturnType<typeof sampleCopy>>;
let host: Host;
let told: { name: NotificationName; body: unknown }[];
const state = async () => (await host.handlers['project/state']({}))!;
const lastTold = <N extends NotificationName>(name: N) =>
  told.findLast((each) => each.name === name)?.body as Notification<N> | undefined;
const document = (value: Json, merge?: string) =>
  run(host, 'element.set', {
    changes: [{ document: SITE, path: ['documentation'], value }],
    ...(merge ? { merge } : {}),
  });
const disk = (path: string) => readFile(join(sample.folder, path), 'utf8');

beforeEach(async () => {
  sample = await sampleCopy();
  told = [];
  host = hostOn(sample.stateFolder, { notify: (name, body) => told.push({ name, body }) });
  await host.open(sample.folder);
});
afterEach(async () => {
  await host.close();
  await sample.remove();
});

describe('history', () => {
  it('joins typing steps of one word, and nothing across other steps, undoing or saving', async () => {
    await document('A', 'typing');
    await document('AB', 'typing');
    await document('ABC', 'typing');
    await document('D', 'other');
    await document('DE', 'typing');
    expect(host.context.session().documents.get(SITE)?.documentation).toBe('DE');
    await host.handlers['history/undo']({});
    await host.handlers['history/undo']({});
    expect(host.context.session().documents.get(SITE)?.documentation).toBe('ABC');
    await document('ABCD', 'typing');
    await host.handlers['history/undo']({});
    expect(host.context.session().documents.get(SITE)?.documentation).toBe('ABC');
    await host.handlers['history/undo']({});
    expect(await dirty(host)).toEqual([]);
    expect(await host.handlers['history/state']({})).toMatchObject({ redo: 'Change documentation of Site' });
  });

  it('forgets a typing step that has come back to where it began', async () => {
    const before = host.context.session().documents.get(SITE)?.documentation as string;
    await document('A', 'typing');
    await document(before, 'typing');
    expect(await state()).toMatchObject({ dirty: [], history: {}, revision: 3 });
  });

  it('undoes and redoes in one document what came last there, leaving later steps elsewhere', async () => {
    await document('first');
    await run(host, 'element.duplicate', { document: REGIONS, element: 'sfniyalr5dorts6a' });
    await host.handlers['history/undo']({ document: SITE });
    expect(await dirty(host)).toEqual([REGIONS]);
    expect(await host.handlers['history/state']({ document: SITE })).toEqual({ redo: 'Change documentation of Site' });
    expect(await host.handlers['history/state']({ document: REGIONS })).toEqual({
      undo: 'Duplicate columns1 in Regions',
    });
    await run(host, 'element.insert', { document: REGIONS, list: ['widgets'], value: { kind: 'divider' } });
    await host.handlers['history/redo']({ document: SITE });
    expect(await dirty(host)).toEqual([SITE, REGIONS]);
  });

  it('names what must be undone first', async () => {
    await run(host, 'element.rename', { document: SITE, element: SITE_ID, name: 'Place' });
    const page = 'modules/Field/pages/Sites.json';
    const { text } = await host.handlers['document/text']({ document: page });
    await run(host, 'document.setText', { document: page, text: text.replaceAll('Field.Place', 'Field.Region') });
    const undo = host.handlers['history/undo']({ document: 'modules/Field/entities/Place.json' });
    await expect(undo).rejects.toMatchObject({
      code: 'history/later-steps',
      message: expect.stringContaining('“Edit the text of Sites”'),
    });
    await host.handlers['history/undo']({});
    await host.handlers['history/undo']({ document: 'modules/Field/entities/Place.json' });
    expect(await dirty(host)).toEqual([]);
  });

  it('counts a box as a part of the document it belongs to, and entities as parts of their diagram', async () => {
    await run(host, 'layout.set', { document: ADD_PHOTO, boxes: { '5nmflkw4ougzuxln': { x: 0, y: 0 } } });
    await document('x');
    expect(await host.handlers['history/state']({ document: ADD_PHOTO })).toEqual({ undo: 'Move a box of AddPhoto' });
    expect(await host.handlers['history/state']({ document: 'modules/Field/domain.json' })).toEqual({
      undo: 'Change documentation of Site',
    });
  });

  it('says when there is nothing to undo or redo', async () => {
    await expect(host.handlers['history/undo']({})).rejects.toMatchObject({ code: 'history/nothing' });
    await expect(host.handlers['history/redo']({ document: SITE })).rejects.toMatchObject({ code: 'history/nothing' });
  });
});

describe('saving', () => {
  it('writes what changed and nothing else, and undoing to what was saved is clean', async () => {
    const before = await onDisk(sample.folder);
    await run(host, 'element.rename', { document: SITE, element: SITE_ID, name: 'Place' });
    const expected = await everything(host);
    const { written, removed, diagnostics } = await host.handlers['project/save']({});
    expect(diagnostics).toEqual([]);
    expect(removed.sort()).toEqual(['data/Field.Site.csv', SITE]);
    const after = await onDisk(sample.folder);
    const differing = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(written.sort()).toEqual(differing.sort());
    for (const [path, text] of expected) expect(after.get(path)).toBe(text);
    expect(lastTold('project/saved')).toEqual({ dirty: [] });
    await host.handlers['history/undo']({});
    expect((await dirty(host)).length).toBeGreaterThan(20);
    await host.handlers['history/redo']({});
    expect(await dirty(host)).toEqual([]);
    await host.handlers['history/undo']({});
    await host.handlers['project/save']({});
    expect(await onDisk(sample.folder)).toEqual(before);
  });

  it('saves named documents with what belongs to them', async () => {
    await document('x');
    await run(host, 'layout.set', { document: ADD_PHOTO, boxes: { '5nmflkw4ougzuxln': { x: 0, y: 0 } } });
    await run(host, 'element.duplicate', { document: REGIONS, element: 'sfniyalr5dorts6a' });
    const { written } = await host.handlers['project/save']({ documents: [ADD_PHOTO, REGIONS] });
    expect(written.sort()).toEqual(['modules/Field/nanoflows/AddPhoto.layout.json', REGIONS]);
    expect(await dirty(host)).toEqual([SITE]);
  });

  it('reverts as a step that can be undone', async () => {
    await document('x');
    await run(host, 'element.rename', { document: SITE, element: SITE_ID, name: 'Place' });
    const after = await everything(host);
    const all = await dirty(host);
    await host.handlers['project/revert']({ documents: [...all] });
    expect(await dirty(host)).toEqual([]);
    await host.handlers['history/undo']({});
    expect(await everything(host)).toEqual(after);
  });
});

describe('what is wrong with the files', () => {
  it('goes when the document says it no more, and comes back with undoing', async () => {
    const said = () => host.context.session().diagnostics.map(({ code, document }) => `${code} ${document}`);
    const first = host.context.session().diagnostics;
    await document('x');
    expect(host.context.session().diagnostics).toBe(first);
    const { text } = await host.handlers['document/text']({ document: SITE });
    await run(host, 'document.setText', { document: SITE, text: text.replace('{', '{ "colour": "red",') });
    expect(said()).toEqual([`project/unknown-key ${SITE}`]);
    await host.handlers['history/undo']({});
    expect(said()).toEqual([]);
    await host.handlers['history/redo']({});
    expect(said()).toEqual([`project/unknown-key ${SITE}`]);
    await run(host, 'document.delete', { documents: [SITE] });
    expect(said()).toEqual([]);
  });
});

describe('what others do to the files', () => {
  const absorb = (...paths: string[]) =>
    (host.context.session() as unknown as { absorb(paths: string[]): Promise<void> }).absorb(paths);

  it('takes many files in as one step, which can be undone', async () => {
    const before = await everything(host);
    await writeFile(join(sample.folder, SITE), (await disk(SITE)).replace('A place', 'One place'));
    await writeFile(join(sample.folder, 'data/Field.Skill.csv'), 'id,Name\n');
    await rm(join(sample.folder, REGIONS));
    await writeFile(
      join(sample.folder, 'modules/Field/constants/New.json'),
      '{"format":1,"kind":"constant","id":"aaaaaaaaaaaaaaaa","name":"New","type":"String","value":""}',
    );
    await absorb(SITE, 'data/Field.Skill.csv', REGIONS, 'modules/Field/constants/New.json');
    expect(lastTold('project/changed')).toMatchObject({
      origin: 'disk',
      revision: 2,
      label: 'Changes on disk (4 files)',
    });
    const { model } = host.context.session();
    expect(model.find('page', 'Field.Regions')).toBeUndefined();
    expect(model.find('constant', 'Field.New')).toBeDefined();
    expect(await host.context.session().text('data/Field.Skill.csv')).toBe('id,Name\n');
    expect(await dirty(host)).toEqual([]);
    await host.handlers['history/undo']({});
    const undone = new Map(await everything(host));
    undone.set('data/Field.Skill.csv', before.get('data/Field.Skill.csv') as string);
    expect(undone).toEqual(before);
  });

  it('keeps unsaved work beneath which a file has changed, says so, and does not overwrite the file', async () => {
    await document('mine');
    const theirs = (await disk(SITE)).replace('A place', 'Their place');
    await writeFile(join(sample.folder, SITE), theirs);
    await absorb(SITE);
    expect(lastTold('project/diskConflict')).toEqual({ documents: [SITE] });
    expect(host.context.session().documents.get(SITE)?.documentation).toBe('mine');
    const refused = await host.handlers['project/save']({});
    expect(refused).toMatchObject({ written: [], diagnostics: [{ code: 'project/diskConflict', document: SITE }] });
    expect(await disk(SITE)).toBe(theirs);
    // Theirs first; then mine again, knowing theirs.
    await host.handlers['project/revert']({ documents: [SITE] });
    expect(host.context.session().documents.get(SITE)?.documentation).toContain('Their place');
    await host.handlers['history/undo']({});
    expect((await host.handlers['project/save']({})).written).toEqual([SITE]);
    expect(await disk(SITE)).toContain('"mine"');
  });

  it('notices at saving what nobody has told it', async () => {
    await document('mine');
    const theirs = (await disk(SITE)).replace('A place', 'Their place');
    await writeFile(join(sample.folder, SITE), theirs);
    expect(await host.handlers['project/save']({})).toMatchObject({
      written: [],
      diagnostics: [{ code: 'project/diskConflict' }],
    });
    expect(await disk(SITE)).toBe(theirs);
  });

  it('[8.1] keeps a file with conflict markers read-only until it is repaired', async () => {
    const good = await disk(SITE);
    const conflict = `<<<<<<< HEAD\n${good}=======\n${good}>>>>>>> theirs\n`;
    await writeFile(join(sample.folder, SITE), conflict);
    await absorb(SITE);
    expect(await state()).toMatchObject({
      unparsed: [SITE],
      diagnostics: [{ code: 'project/conflict-markers', document: SITE }],
    });
    expect((await host.handlers['document/text']({ document: SITE })).text).toBe(conflict);
    await expect(document('x')).rejects.toMatchObject({ code: 'command/read-only' });
    const taken = run(host, 'entity.create', { module: 'Field', name: 'Site' });
    await expect(taken).rejects.toMatchObject({ code: 'command/path-taken' });
    await host.handlers['history/undo']({});
    expect(await host.handlers['project/save']({})).toMatchObject({
      written: [],
      diagnostics: [{ code: 'project/not-overwritten' }],
    });
    expect(await disk(SITE)).toBe(conflict);
    await writeFile(join(sample.folder, SITE), good);
    await absorb(SITE);
    expect(await state()).toMatchObject({ unparsed: [], diagnostics: [], dirty: [] });
  });
});
