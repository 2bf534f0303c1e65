/**
 * Brings a checkout to the point where the project's own Node can run it. Plain JavaScript for any Node >= 20, because
 * this is what runs while Node 24 and the packages are still missing.
 *
 * The law: after `setUp` returns, the packages are those of the lockfile, for this platform, completely. The stamp is
 * removed before npm begins and written when it is done, so whatever interrupts an installation leaves no stamp behind,
 * and the next start repairs it.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withLock } from './lock.mjs';
import { findProjectNode, signals } from './project-node.mjs';

/** @typedef {{ lockHash: string, platform: string }} Stamp */

/** What this checkout wants to be installed. @param {string} lockText @returns {Stamp} */
export function wantedStamp(lockText) {
  return {
    lockHash: createHash('sha256').update(lockText).digest('hex'),
    platform: `${process.platform}-${process.arch}`,
  };
}

/**
 * What stands in the way of starting, as a sentence's end; nothing when all is well.
 * @param {Stamp} wanted @param {Stamp | undefined} found @returns {string | undefined}
 */
export function whyOutdated(wanted, found) {
  if (found === undefined) return 'the packages are not installed';
  if (found.platform !== wanted.platform) return `the packages were installed for ${found.platform}`;
  if (found.lockHash !== wanted.lockHash) return 'package-lock.json has changed';
  return undefined;
}

/**
 * Packages that differ from the lockfile. A package made for another platform is optional and may be absent.
 * @param {{ packages?: Record<string, { version?: string, link?: boolean, optional?: boolean }> }} lock
 * @param {(path: string) => string | undefined} installedVersion by path in the lockfile
 */
export function differingPackages(lock, installedVersion) {
  return Object.entries(lock.packages ?? {})
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .filter(([path, entry]) => {
      const version = installedVersion(path);
      return version === undefined ? !entry.optional : version !== entry.version;
    })
    .map(([path]) => path);
}

/**
 * @param {string} root the checkout
 * @param {{ npm?: string[], log?: (line: string) => void }} [options] npm: the command and its first arguments
 * @returns {Promise<string>} the path of a Node that can run the project
 */
export async function setUp(root, { npm = npmCommand(), log = console.error } = {}) {
  const wanted = wantedStamp(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  if (whyOutdated(wanted, readStamp(root)) !== undefined) {
    mkdirSync(join(root, '.skerry'), { recursive: true });
    await withLock(
      join(root, '.skerry', 'set-up.lock'),
      (alsoHeldBy) => install(root, wanted, npm, log, alsoHeldBy),
      log,
    );
  }
  return findProjectNode(root);
}

/**
 * @param {string} root @param {Stamp} wanted @param {string[]} npm
 * @param {(line: string) => void} log @param {(pid: number) => void} alsoHeldBy
 */
async function install(root, wanted, npm, log, alsoHeldBy) {
  const found = readStamp(root);
  const reason = whyOutdated(wanted, found);
  if (reason === undefined) return; // another process was quicker
  // Somebody who ran npm by hand, after a pull for instance, need not wait for a second installation.
  const byHand = (found === undefined || found.platform === wanted.platform) && isInstalled(root);
  if (!byHand) {
    log(`Setting up Skerry: ${reason}. This takes a minute or two.`);
    // The stamp goes first of all, and a package that was unpacked by half cannot be told from a whole one: begin anew.
    rmSync(stampPath(root), { force: true });
    for (const folder of packageFolders(root)) rmSync(join(root, folder), { recursive: true, force: true });
    const outcome = await runNpm(root, npm, alsoHeldBy);
    if (outcome !== 0) throw new Error(`Setting up failed: npm ended with ${outcome}. Starting again repairs it.`);
  }
  writeFileSync(stampPath(root), `${JSON.stringify(wanted)}\n`);
}

/**
 * @param {string} root @param {string[]} npm @param {(pid: number) => void} alsoHeldBy
 * @returns {Promise<number | string>} exit code, signal or error message
 */
function runNpm(root, [command = 'npm', ...args], alsoHeldBy) {
  // Not `npm ci`: it refuses a lockfile without the optional packages of other platforms, which npm itself leaves out
  // when it writes the lockfile while a registry does not have them. `--no-save` keeps to the lockfile and keeps it.
  const install = ['install', '--no-save', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'];
  const child = spawn(command, [...args, ...install], {
    cwd: root,
    stdio: ['ignore', 2, 2], // a command's own output may be read by a program: npm's must not mix with it
    shell: process.platform === 'win32',
  });
  if (child.pid !== undefined) alsoHeldBy(child.pid);
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    process.exit(1);
  };
  for (const signal of signals) process.on(signal, stop);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  }).finally(() => {
    for (const signal of signals) process.off(signal, stop);
  });
}

/**
 * npm writes its hidden lockfile last, so without it an installation was interrupted; but it survives an interrupted
 * update, so the versions are compared too.
 * @param {string} root
 */
function isInstalled(root) {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  const lock = readJson(join(root, 'package-lock.json'));
  const version = (/** @type {string} */ path) => readJson(join(root, path, 'package.json'))?.version;
  return differingPackages(lock, version).length === 0;
}

/** The root's and those of workspaces that need another version of something. @param {string} root */
function packageFolders(root) {
  const paths = Object.keys(readJson(join(root, 'package-lock.json')).packages ?? {});
  const nested = paths.map((path) => /^(?!node_modules\/)(.+?)\/node_modules\//.exec(path)?.[1]);
  return ['node_modules', ...new Set(nested.flatMap((room) => (room === undefined ? [] : [`${room}/node_modules`])))];
}

/** @param {string} root @returns {Stamp | undefined} */
function readStamp(root) {
  return readJson(stampPath(root));
}

/** @param {string} root */
function stampPath(root) {
  return join(root, 'node_modules', '.skerry-stamp.json'); // goes when node_modules goes
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // missing or cut off half way: both mean "not there"
  }
}

/** The npm that runs this script, else the one on the PATH. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running && basename(running) === 'npm-cli.js') return [process.execPath, running];
  return ['npm'];
}
