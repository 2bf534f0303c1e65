import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { differingPackages, setUp, wantedStamp, whyOutdated } from '../../scripts/set-up.mjs';

/**
 * A checkout with one package and an npm of three lines. The fake npm notes that it ran; it unpacks half, waits while a
 * file `hold` is there, then unpacks the rest, which is what a kill half way leaves behind.
 */
const fakeNpm = `
  import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
  appendFileSync('npm-ran', process.argv.slice(2).join(' ') + '\\n');
  if (existsSync('fail')) process.exit(7);
  if (existsSync('node_modules')) throw new Error('what was there before may be half a package');
  mkdirSync('node_modules/one', { recursive: true });
  writeFileSync('half', '');
  while (existsSync('hold')) await new Promise((resolve) => setTimeout(resolve, 10));
  writeFileSync('node_modules/one/package.json', '{"version":"1.0.0"}');
  writeFileSync('node_modules/.package-lock.json', '{}');
`;

const lock = { packages: { '': {}, 'node_modules/one': { version: '1.0.0' }, 'node_modules/own': { link: true } } };
const lockText = JSON.stringify(lock);

let folder = '';
const lines: string[] = [];
const children: ChildProcess[] = [];
const path = (name: string) => join(folder, name);
const options = () => ({ npm: [process.execPath, path('npm.mjs')], log: (line: string) => lines.push(line) });
const timesInstalled = () =>
  existsSync(path('npm-ran')) ? readFileSync(path('npm-ran'), 'utf8').trim().split('\n').length : 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skerry-set-up-'));
  lines.length = 0;
  writeFileSync(path('package-lock.json'), lockText);
  writeFileSync(path('npm.mjs'), fakeNpm);
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('set-up', () => {
  it('installs in a fresh clone, by the lockfile and with the tools, and says so', async () => {
    expect(await setUp(folder, options())).toBe(process.execPath);
    expect(readFileSync(path('npm-ran'), 'utf8')).toMatch(/^install --no-save --include=dev /);
    expect(lines).toEqual(['Setting up Skerry: the packages are not installed. This takes a minute or two.']);
  });

  it('does nothing the second time', async () => {
    await setUp(folder, options());
    lines.length = 0;
    await setUp(folder, options());
    expect({ times: timesInstalled(), lines }).toEqual({ times: 1, lines: [] });
  });

  it('installs again when the lockfile has changed', async () => {
    await setUp(folder, options());
    writeFileSync(
      path('package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/one': { version: '2.0.0' } } }),
    );
    await setUp(folder, options());
    expect({ times: timesInstalled(), last: lines.at(-1) }).toEqual({
      times: 2,
      last: expect.stringContaining('package-lock.json has changed'),
    });
  });

  it('trusts an installation that somebody made by hand, when its versions are those of the lockfile', async () => {
    mkdirSync(path('node_modules/one'), { recursive: true });
    writeFileSync(path('node_modules/one/package.json'), '{"version":"1.0.0"}');
    writeFileSync(path('node_modules/.package-lock.json'), '{}');
    await setUp(folder, options());
    expect(timesInstalled()).toBe(0);
  });

  it('does not trust packages that npm has not finished with', async () => {
    mkdirSync(path('node_modules/one'), { recursive: true });
    writeFileSync(path('node_modules/one/package.json'), '{"version":"1.0.0"}');
    await setUp(folder, options());
    expect(timesInstalled()).toBe(1);
  });

  it('leaves no stamp when npm fails, and tries again at the next start', async () => {
    writeFileSync(path('fail'), '');
    await expect(setUp(folder, options())).rejects.toThrow('npm ended with 7');
    rmSync(path('fail'));
    await setUp(folder, options());
    expect(timesInstalled()).toBe(2);
  });

  it('says so when npm is not there at all', async () => {
    await expect(setUp(folder, { ...options(), npm: [path('no-npm')] })).rejects.toThrow(
      /Setting up failed: npm ended with .*ENOENT/,
    );
  });

  it('repairs at the next start what was killed half way, npm and all', async () => {
    writeFileSync(path('hold'), '');
    const first = startSetUp();
    await until(() => existsSync(path('half')));
    process.kill(-(first.pid ?? 0), 'SIGKILL');
    await once(first, 'exit');
    rmSync(path('hold'));
    await setUp(folder, options());
    expect({
      times: timesInstalled(),
      ...readVersion(),
      stale: whyOutdated(wantedStamp(lockText), readStamp()),
    }).toEqual({
      times: 2,
      version: '1.0.0',
      stale: undefined,
    });
  });

  it('does not begin beside the npm of one that was killed', async () => {
    writeFileSync(path('hold'), '');
    const first = startSetUp();
    await until(() => existsSync(path('half')));
    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = setUp(folder, options());
    await until(() => lines.some((line) => line.startsWith('Waiting for another process')));
    expect(timesInstalled()).toBe(1);
    rmSync(path('hold'));
    await second;
    expect(readVersion()).toEqual({ version: '1.0.0' });
  });

  it('takes npm down with it when it is told to stop', async () => {
    writeFileSync(path('hold'), '');
    const first = startSetUp();
    await until(() => existsSync(path('half')));
    first.kill('SIGTERM');
    await once(first, 'exit');
    rmSync(path('half'));
    rmSync(path('hold'));
    await setUp(folder, options());
    expect({ times: timesInstalled(), begunAgain: existsSync(path('half')) }).toEqual({ times: 2, begunAgain: true });
  });

  it('installs once when two start at the same time', async () => {
    await Promise.all([setUp(folder, options()), exitOf(startSetUp())]);
    expect(timesInstalled()).toBe(1);
  });
});

describe('the stamp', () => {
  const wanted = { lockHash: 'a', platform: 'linux-x64' };

  it.each([
    [undefined, 'the packages are not installed'],
    [{ lockHash: 'b', platform: 'linux-x64' }, 'package-lock.json has changed'],
    [{ lockHash: 'a', platform: 'darwin-arm64' }, 'the packages were installed for darwin-arm64'],
    [{ lockHash: 'a', platform: 'linux-x64' }, undefined],
  ])('%j: %s', (found, reason) => {
    expect(whyOutdated(wanted, found)).toBe(reason);
  });

  it('names packages of another version and missing ones, but neither links nor optional ones that are absent', () => {
    const packages = {
      '': {},
      shared: {},
      'node_modules/@skerry/shared': { link: true },
      'node_modules/right': { version: '1.0.0' },
      'node_modules/wrong': { version: '2.0.0' },
      'node_modules/missing': { version: '1.0.0' },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    };
    const installed = (at: string) => (/right|wrong/.test(at) ? '1.0.0' : undefined);
    expect(differingPackages({ packages }, installed)).toEqual(['node_modules/wrong', 'node_modules/missing']);
  });
});

function startSetUp(): ChildProcess {
  const module = pathToFileURL(join(import.meta.dirname, '../../scripts/set-up.mjs')).href;
  const npm = [process.execPath, path('npm.mjs')];
  const program = `import { setUp } from ${JSON.stringify(module)};
    await setUp(${JSON.stringify(folder)}, { npm: ${JSON.stringify(npm)} });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: 'ignore',
    detached: true,
  });
  children.push(child);
  return child;
}

function readStamp(): { lockHash: string; platform: string } {
  return JSON.parse(readFileSync(path('node_modules/.skerry-stamp.json'), 'utf8'));
}

function readVersion(): { version: string } {
  return JSON.parse(readFileSync(path('node_modules/one/package.json'), 'utf8'));
}

async function exitOf(child: ChildProcess): Promise<void> {
  await once(child, 'exit');
}

/** Bounded by the test's own time limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
