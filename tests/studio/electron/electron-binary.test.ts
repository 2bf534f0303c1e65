import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ElectronSearch, electronBinary } from '../../../studio/server/electron-binary.ts';

let folder: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skerry-electron-'));
  lines = [];
  await writePackage('45.4.1', 'process.exitCode = 1;');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const COUNT = `require('node:fs').appendFileSync(__dirname + '/tries', 'x');`;
const FETCH = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  mkdirSync(__dirname + '/dist');
  writeFileSync(__dirname + '/dist/electron', '');
  writeFileSync(__dirname + '/path.txt', 'electron');`;

test('a binary that is there is used, and nothing is fetched', async () => {
  await writePackage('45.4.1', COUNT + FETCH);
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist/electron'), '');
  await writeFile(join(folder, 'path.txt'), 'electron');
  expect(await find()).toBe(join(folder, 'dist/electron'));
  expect(await tries()).toBe(0);
  expect(lines).toEqual([]);
});

test('a binary that is missing is fetched, once', async () => {
  await writePackage('45.4.1', COUNT + FETCH);
  expect(await find()).toBe(join(folder, 'dist/electron'));
  expect(await find()).toBe(join(folder, 'dist/electron'));
  expect(await tries()).toBe(1);
});

test('a fetch that fails is said, remembered, and not tried again; another version is', async () => {
  await writePackage('45.4.1', `${COUNT}process.exitCode = 1;`);
  expect(await find()).toBeUndefined();
  expect(lines.at(-1)).toContain('opens in the browser');
  const told = lines.length;
  expect(await find()).toBeUndefined();
  expect(lines).toHaveLength(told);
  expect(await tries()).toBe(1);
  await writePackage('46.0.0', COUNT + FETCH);
  expect(await find()).toBe(join(folder, 'dist/electron'));
  expect(await tries()).toBe(2);
});

test('a fetch that hangs is ended at its limit, and remembered', async () => {
  await writePackage(
    '45.4.1',
    `${COUNT}require('node:fs').writeFileSync(__dirname + '/pid', String(process.pid)); setInterval(() => {}, 1000);`,
  );
  expect(await find({ limitMs: 500 })).toBeUndefined();
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow();
  expect(await find({ limitMs: 60_000 })).toBeUndefined();
  expect(await tries()).toBe(1);
});

test('what a fetch left half done is no binary', async () => {
  await writePackage('45.4.1', FETCH.replace("writeFileSync(__dirname + '/dist/electron', '');", ''));
  expect(await find()).toBeUndefined();
});

test.each([
  ['nothing is to be opened', { env: { DISPLAY: ':0', SKERRY_NO_OPEN: '1' } }],
  ['Electron is not wanted', { env: { DISPLAY: ':0', SKERRY_NO_ELECTRON: '1' } }],
  ['there is no screen', { env: {} }],
  ['root would have to do without the sandbox', { isRoot: true }],
])('nothing is tried when %s', async (_, changes) => {
  await writePackage('45.4.1', COUNT + FETCH);
  expect(await find(changes)).toBeUndefined();
  expect(await tries()).toBe(0);
  await expect(stat(join(folder, 'state/electron.json'))).rejects.toThrow();
});

test('a package that is not installed is no reason to stop', async () => {
  expect(await find({ packageFolder: join(folder, 'nothing') })).toBeUndefined();
});

async function find(changes: Partial<ElectronSearch> = {}): Promise<string | undefined> {
  await mkdir(join(folder, 'state'), { recursive: true });
  return electronBinary({
    packageFolder: folder,
    state: join(folder, 'state'),
    env: { DISPLAY: ':0' },
    platform: 'linux',
    isRoot: false,
    tell: (line) => void lines.push(line),
    ...changes,
  });
}

async function writePackage(version: string, installer: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ version }));
  await writeFile(join(folder, 'install.js'), installer);
  await chmod(join(folder, 'install.js'), 0o755);
}

async function tries(): Promise<number> {
  return (await readFile(join(folder, 'tries'), 'utf8').catch(() => '')).length;
}
