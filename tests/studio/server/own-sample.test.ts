import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownSample } from '../../../studio/server/own-sample.ts';

const sample = fileURLToPath(new URL('../../../fixtures/apps/field-inspections', import.meta.url));

let home: string;
let lines: string[];
const environment = { ...process.env };
const tell = (line: string) => void lines.push(line);

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'skerry-home-'));
  lines = [];
  // Nobody's configuration but the test's own.
  process.env.GIT_CONFIG_GLOBAL = join(home, 'gitconfig');
  process.env.GIT_CONFIG_SYSTEM = join(home, 'no-such-file');
});
afterEach(async () => {
  for (const name of ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'PATH', 'GIT_DIR']) {
    if (environment[name] === undefined) delete process.env[name];
    else process.env[name] = environment[name];
  }
  await rm(home, { recursive: true, force: true });
});

test('the sample is copied whole, with one commit that holds everything', async () => {
  const folder = join(home, 'Skerry/Field Inspections');
  await ownSample({ sample, folder, tell });
  const copied = (await filesBelow(folder)).filter((path) => !path.startsWith('.git'));
  expect(copied).toEqual(await filesBelow(sample));
  for (const path of copied) expect(await readFile(join(folder, path))).toEqual(await readFile(join(sample, path)));
  expect(await readFile(join(folder, '.gitattributes'), 'utf8')).toContain('eol=lf');
  expect(await git(folder, 'status', '--porcelain')).toBe('');
  expect(await git(folder, 'log', '--format=%s|%an|%ae')).toBe('Copy the sample|Skerry|skerry@localhost\n');
  expect(await git(folder, 'branch', '--show-current')).toBe('main\n');
  expect(lines).toEqual([`Copied the sample to ${folder}.`]);
  expect(await readdir(join(home, 'Skerry'))).toEqual(['Field Inspections']);
});

test("the first commit bears the user's own name where there is one, and signs nothing", async () => {
  await writeFile(
    join(home, 'gitconfig'),
    '[user]\n  name = Ada\n  email = ada@example.org\n[commit]\n  gpgsign = true\n[gpg]\n  program = /no/such/program\n',
  );
  const folder = join(home, 'copy');
  await ownSample({ sample, folder, tell });
  expect(await git(folder, 'log', '--format=%an|%ae')).toBe('Ada|ada@example.org\n');
  expect(await readFile(join(folder, '.git/config'), 'utf8')).not.toContain('[user]');
});

test('the repository around, or the one that git is told of, is left alone', async () => {
  await git(home, 'init', '--quiet');
  process.env.GIT_DIR = join(home, '.git');
  const folder = join(home, 'copy');
  await ownSample({ sample, folder, tell });
  delete process.env.GIT_DIR;
  expect(await git(folder, 'rev-parse', '--show-toplevel')).toContain('copy');
  await expect(git(home, 'log')).rejects.toThrow(/does not have any commits/);
});

test('a copy that is there already is kept as it is', async () => {
  const folder = join(home, 'copy');
  await ownSample({ sample, folder, tell });
  await writeFile(join(folder, 'skerry.json'), '{"mine":true}');
  await ownSample({ sample, folder, tell });
  expect(await readFile(join(folder, 'skerry.json'), 'utf8')).toBe('{"mine":true}');
});

test('something else in its place is not touched', async () => {
  const folder = join(home, 'copy');
  await mkdir(folder);
  await writeFile(join(folder, 'letter.txt'), 'mine');
  await expect(ownSample({ sample, folder, tell })).rejects.toMatchObject({ code: 'start/folder-taken' });
  expect(await readdir(folder)).toEqual(['letter.txt']);
});

test('without git the copy has no history, and that is said', async () => {
  process.env.PATH = home;
  const folder = join(home, 'copy');
  await ownSample({ sample, folder, tell });
  expect(lines[0]).toBe('Git is not installed: the copy has no history.');
  expect(await readdir(folder)).not.toContain('.git');
  expect(await readFile(join(folder, 'skerry.json'))).toEqual(await readFile(join(sample, 'skerry.json')));
});

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

async function git(folder: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)('git', args, { cwd: folder })).stdout;
}
