/** Finding the Node that runs the project, and running under it. Plain JavaScript for any Node >= 20. */
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

const neededMajor = 24;

/** What ends a program from outside. @type {NodeJS.Signals[]} */
export const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * The Node among the packages, else the machine's when it is new enough.
 * @param {string} root @returns {string}
 */
export function findProjectNode(root) {
  const own = ownNode(root);
  const ownVersion = spawnSync(own, ['--version'], { encoding: 'utf8', timeout: 20_000 }).stdout;
  return chooseNode([
    { path: own, version: ownVersion ?? undefined },
    { path: process.execPath, version: process.version },
  ]);
}

/**
 * @param {{ path: string, version: string | undefined }[]} candidates best first, versions as `node --version` says them
 * @returns {string}
 */
export function chooseNode(candidates) {
  const chosen = candidates.find(({ version }) => Number(/^v(\d+)\./.exec(version ?? '')?.[1] ?? 0) >= neededMajor);
  if (chosen) return chosen.path;
  throw new Error(
    `Skerry runs on Node ${neededMajor}, which npm could not install here: install Node ${neededMajor} or newer, or allow ` +
      "the install script of the npm package 'node', and start again.",
  );
}

/**
 * Runs a program under the project's Node as if it were this process: arguments, streams, signals and exit code pass
 * through. Never returns.
 * @param {string} node @param {string} root @param {string[]} args @param {string} cwd
 */
export function becomeNode(node, root, args, cwd) {
  const bin = join(root, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(node, args, { stdio: 'inherit', env, cwd });
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group: passing it on would make one press count as two.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** npm's link in `.bin` is a shell script on Windows, which cannot be spawned as a program. @param {string} root */
function ownNode(root) {
  const modules = join(root, 'node_modules');
  return process.platform === 'win32' ? join(modules, 'node', 'bin', 'node.exe') : join(modules, '.bin', 'node');
}
