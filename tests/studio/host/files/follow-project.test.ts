import { execFile } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Notification, NotificationName } from '@skerry/studio/bridge/notifications';
import type { Host } from '@skerry/studio/host/host';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { REGIONS, SITE } from '../commands/command-cases.ts';
import { dirty, hostOn, run, sampleCopy } from '../host-kit.ts';

let sample: Awaited<ReturnType<typeof sampleCopy>>;
let host: Host;
const git = (...args: string[]) =>
  promisify(execFile)('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: sample.folder });

beforeEach(async () => {
  sample = await sampleCopy();
});
afterEach(async () => {
  await host.close();
  await sample.remove();
});

/** The next notification of a name that fits. */
function next<N extends NotificationName>(
  name: N,
  fits: (body: Notification<N>) => boolean = () => true,
): Promise<Notification<N>> {
  return new Promise((resolve) => {
    const stop = host.onNotify((told, body) => {
      if (told !== (name as string) || !fits(body as never)) return;
      stop();
      resolve(body as never);
    });
  });
}

it('takes in what others write, in folders that are there and in new ones', async () => {
  host = hostOn(sample.stateFolder, { watch: true });
  await host.open(sample.folder);
  const gone = next('project/changed');
  await rm(join(sample.folder, REGIONS));
  expect(await gone).toMatchObject({ origin: 'disk', edit: [{ kind: 'delete', path: REGIONS }], dirty: [] });
  const constant = (name: string, id: string) =>
    JSON.stringify({ format: 1, kind: 'constant', id: id.repeat(16), name, type: 'String', value: '' });
  const come = next('project/changed');
  // Made aside and moved in, so that the folder comes with all it holds.
  const aside = join(sample.stateFolder, 'constants');
  await mkdir(join(aside, 'deep'), { recursive: true });
  await writeFile(join(aside, 'One.json'), constant('One', 'a'));
  await writeFile(join(aside, 'deep/Two.json'), constant('Two', 'b'));
  await rename(aside, join(sample.folder, 'modules/Assets/constants'));
  expect((await come).edit).toHaveLength(2);
  const later = next('project/changed');
  await writeFile(join(sample.folder, 'modules/Assets/constants/deep/Three.json'), constant('Three', 'c'));
  expect((await later).edit).toMatchObject([{ kind: 'create', path: 'modules/Assets/constants/deep/Three.json' }]);
});

it('hears nothing of its own saving', async () => {
  host = hostOn(sample.stateFolder, { watch: true });
  await host.open(sample.folder);
  const origins: string[] = [];
  host.onNotify((name, body) => {
    if (name === 'project/changed') origins.push((body as Notification<'project/changed'>).origin);
  });
  await run(host, 'element.duplicate', { document: REGIONS, element: 'sfniyalr5dorts6a' });
  await host.handlers['project/save']({});
  const heard = next('project/changed');
  await writeFile(join(sample.folder, 'modules/Field/pages/Home.json'), '{}');
  await heard;
  expect(origins).toEqual(['command', 'disk']);
});

it('takes a checkout of another branch in as one step and tells the branch', async () => {
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'one');
  await git('checkout', '--quiet', '-b', 'other');
  await rm(join(sample.folder, REGIONS));
  await writeFile(join(sample.folder, SITE), '{"format":1}');
  await rm(join(sample.folder, 'modules/Work'), { recursive: true });
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'two');
  host = hostOn(sample.stateFolder, { watch: true });
  expect((await host.open(sample.folder)).branch).toBe('other');
  const steps: number[] = [];
  host.onNotify((name, body) => {
    if (name === 'project/changed') steps.push((body as Notification<'project/changed'>).edit.length);
  });
  const branch = next('project/branch');
  const changed = next('project/changed');
  await git('checkout', '--quiet', 'main');
  expect(await branch).toEqual({ branch: 'main' });
  expect((await changed).label).toMatch(/^Changes on disk \(\d+ files\)$/);
  expect(steps).toHaveLength(1);
  expect(host.context.session().model.find('module', 'Work')).toBeDefined();
  expect(host.context.session().model.find('entity', 'Field.Site')).toBeDefined();
  expect(await dirty(host)).toEqual([]);
});
