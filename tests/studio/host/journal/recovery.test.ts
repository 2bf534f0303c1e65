import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { journalPath } from '@skerry/studio/host/journal/journal';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REGIONS, SITE, SITE_ID } from '../commands/command-cases.ts';
import { everything, hostOn, onDisk, run, sampleCopy } from '../host-kit.ts';

let sample: Awaited<ReturnType<typeof sampleCopy>>;
beforeEach(async () => {
  sample = await sampleCopy();
});
afterEach(() => sample.remove());

const open = async () => {
  const host = hostOn(sample.stateFolder);
  return { host, state: await host.open(sample.folder) };
};
const set = (host: Awaited<ReturnType<typeof open>>['host'], value: string) =>
  run(host, 'element.set', { changes: [{ document: SITE, path: ['documentation'], value }] });
const file = (path: string) => join(sample.folder, path);
const replace = async (path: string, from: string, to: string) =>
  writeFile(file(path), (await readFile(file(path), 'utf8')).replace(from, to));
const journals = () => readdir(join(sample.stateFolder, 'journals')).catch(() => []);

describe('recovery', () => {
  it('brings back everything that was answered before the host was killed', async () => {
    const original = await onDisk(sample.folder);
    const typist = spawn(
      process.execPath,
      [new URL('./typist.ts', import.meta.url).pathname, sample.folder, sample.stateFolder],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let answered = -1;
    for await (const line of createInterface({ input: typist.stdout })) {
      answered = Number(line);
      if (answered === 30) typist.kill('SIGKILL');
    }
    if (typist.signalCode === null) await once(typist, 'exit');
    expect(typist.signalCode).toBe('SIGKILL');
    expect(await onDisk(sample.folder)).toEqual(original);

    const { host, state } = await open();
    expect(state.recovered).toBe('Unsaved work came back: 2 steps.');
    const text = host.context.session().model.find('entity', 'Field.Place')?.content.documentation;
    expect(Number(text?.slice('word '.length))).toBeGreaterThanOrEqual(answered);
    expect(await host.context.session().text('data/Field.Place.csv')).toBe(original.get('data/Field.Site.csv'));
    await host.handlers['history/undo']({});
    await host.handlers['history/undo']({});
    expect(await everything(host)).toEqual(original);
    expect(host.context.session().model.find('entity', 'Field.Site')?.content.id).toBe(SITE_ID);
    await host.close();
  });

  it('brings back undone steps, to be redone, and says so once', async () => {
    const first = await open();
    await set(first.host, 'one');
    await set(first.host, 'two');
    await first.host.handlers['history/undo']({});
    await first.host.close();
    const { host } = await open();
    expect((await host.handlers['project/state']({}))?.recovered).toBe('Unsaved work came back: 1 step.');
    expect((await host.handlers['project/state']({}))?.recovered).toBeUndefined();
    await host.handlers['history/redo']({});
    expect(host.context.session().documents.get(SITE)?.documentation).toBe('two');
    await host.close();
  });

  it('leaves no journal behind when all is saved', async () => {
    const { host } = await open();
    await set(host, 'one');
    expect(await journals()).toHaveLength(1);
    await host.handlers['project/save']({});
    expect(await journals()).toEqual([]);
    await host.close();
    const next = await open();
    expect(next.state.recovered).toBeUndefined();
    await next.host.close();
  });

  it('keeps what was left unsaved by a partial save', async () => {
    const first = await open();
    await set(first.host, 'one');
    await run(first.host, 'element.duplicate', { document: REGIONS, element: 'sfniyalr5dorts6a' });
    await first.host.handlers['project/save']({ documents: [SITE] });
    await first.host.close();
    const { host, state } = await open();
    expect(state.dirty).toEqual([REGIONS]);
    await host.close();
  });

  it('goes on when a save was cut short between two files', async () => {
    const first = await open();
    await run(first.host, 'element.rename', { document: SITE, element: SITE_ID, name: 'Place' });
    const wanted = await everything(first.host);
    await first.host.close();
    // Half of what the save would have written stands there, the journal still does too.
    await writeFile(
      file('modules/Field/entities/Place.json'),
      wanted.get('modules/Field/entities/Place.json') as string,
    );
    await writeFile(file('data/Field.Place.csv'), wanted.get('data/Field.Place.csv') as string);
    const { host, state } = await open();
    expect(state.recovered).toMatch(/^Unsaved work came back/);
    expect(await everything(host)).toEqual(wanted);
    expect(await journals()).toHaveLength(1);
    await host.handlers['project/save']({});
    await host.close();
    for (const [path, text] of wanted) expect(await readFile(file(path), 'utf8')).toBe(text);
  });

  it('fits work onto files that have changed elsewhere since', async () => {
    const first = await open();
    await set(first.host, 'mine');
    await first.host.close();
    await replace(SITE, '"name": "PostalCode"', '"name": "Postcode"');
    const { host, state } = await open();
    expect(state.recovered).toContain('onto files that have changed since');
    const site = host.context.session().model.find('entity', 'Field.Site')?.content;
    expect(site?.documentation).toBe('mine');
    expect(site?.attributes.map(({ name }) => name)).toContain('Postcode');
    await host.close();
  });

  it('says what does not fit any more, keeps what does, and never loses the journal', async () => {
    const first = await open();
    await set(first.host, 'mine');
    await run(first.host, 'element.duplicate', { document: REGIONS, element: 'sfniyalr5dorts6a' });
    await first.host.close();
    await replace(SITE, 'A place with equipment', 'Their place');
    const { host, state } = await open();
    expect(state.recovered).toContain(SITE);
    expect(state.dirty).toEqual([REGIONS]);
    expect(host.context.session().documents.get(SITE)?.documentation).toContain('Their place');
    const kept = (await journals()).find((name) => name.endsWith('.kept.ndjson')) as string;
    expect(await readFile(join(sample.stateFolder, 'journals', kept), 'utf8')).toContain('"mine"');
    await host.close();
  });

  it('passes over a last line that was torn, and keeps a journal that is damaged before its end', async () => {
    const path = journalPath(sample.stateFolder, sample.folder);
    const first = await open();
    await set(first.host, 'one');
    await first.host.close();
    await appendFile(path, '{"kind":"step","label":"To');
    const second = await open();
    expect(second.state.recovered).toBe('Unsaved work came back: 1 step.');
    await set(second.host, 'two');
    await second.host.close();
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, [...lines.slice(0, 2), 'nonsense', ...lines.slice(2)].join('\n'));
    const { host, state } = await open();
    expect(state.recovered).toContain('the damaged part of the journal');
    expect(host.context.session().documents.get(SITE)?.documentation).toBe('one');
    expect((await journals()).some((name) => name.endsWith('.kept.ndjson'))).toBe(true);
    await host.close();
  });
});
