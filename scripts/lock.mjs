import { appendFileSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * No work under a lock takes this long. A lock names its holders by process id, and ids come back (in a restarted
 * container they are the same every time), so without a limit a dead lock could bind for ever.
 */
const longestWorkMs = 10 * 60_000;

/**
 * Runs `work` while no other process holds the lock file. A lock whose holders are all dead binds nobody.
 * @template T
 * @param {string} path
 * @param {(alsoHeldBy: (pid: number) => void) => Promise<T>} work names the processes it starts: they go on when this
 *   process is killed, and nobody may begin before they are done
 * @param {(line: string) => void} log
 * @returns {Promise<T>}
 */
export async function withLock(path, work, log) {
  for (let attempt = 0; !take(path); attempt++) {
    if (!isHeld(path)) rmSync(path, { force: true });
    else if (attempt === 0) log(`Waiting for another process to finish (delete ${path} if there is none).`);
    await pause(50);
  }
  try {
    return await work((pid) => appendFileSync(path, `${pid}\n`));
  } finally {
    rmSync(path, { force: true });
  }
}

/** Linking a file that is already written means that nobody ever reads a lock without its holder. @param {string} path */
function take(path) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, `${process.pid}\n`);
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** @param {string} path */
function isHeld(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > longestWorkMs) return false;
    return readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .some((pid) => isAlive(Number(pid)));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false; // let go in this moment
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM'; // alive, but somebody else's
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
