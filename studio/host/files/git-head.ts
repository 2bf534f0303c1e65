import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Where Git keeps what is checked out in a folder. */
export interface GitHead {
  /** Folder of HEAD and of the index: `.git`, or a worktree's own. */
  readonly folder: string;
  /** Is there while Git writes files. */
  readonly lock: string;
}

/** Looks in the folder and in those around it. */
export async function findGitHead(folder: string): Promise<GitHead | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = await gitFolder(join(at, '.git'));
    if (found) return { folder: found, lock: join(found, 'index.lock') };
    if (dirname(at) === at) return undefined;
  }
}

/** The branch's name, or the first digits of the commit when none is checked out. */
export async function readBranch({ folder }: GitHead): Promise<string | undefined> {
  const head = await readFile(join(folder, 'HEAD'), 'utf8').catch(() => undefined);
  if (head === undefined) return undefined;
  return /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1] ?? head.trim().slice(0, 10);
}

async function gitFolder(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return path;
  if (!found?.isFile()) return undefined;
  // A worktree or submodule: the file names the folder.
  const to = /^gitdir: (.+)$/m.exec(await readFile(path, 'utf8').catch(() => ''))?.[1];
  return to === undefined ? undefined : resolve(dirname(path), to.trim());
}
