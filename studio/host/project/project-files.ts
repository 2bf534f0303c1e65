import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compareCodePoints } from '@skerry/shared/base/json';

const SKIPPED = new Set(['node_modules', 'dist']);

/** Paths of all files below a folder, '/' between their parts, sorted by code point. Hidden ones and links are passed over. */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isFile()) found.push(path);
      else if (entry.isDirectory() && !SKIPPED.has(entry.name)) await visit(path);
    }
  };
  await visit('');
  return found.sort(compareCodePoints);
}

/** The file's text, or undefined when there is none. */
export async function readText(folder: string, path: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, path), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Writes a file so that readers and a crash see the old text or the new one, never a part. Touches nothing when the
 * bytes are the same. Says whether it wrote.
 */
export async function writeText(folder: string, path: string, text: string): Promise<boolean> {
  if ((await readText(folder, path)) === text) return false;
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, text, { flush: true });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return true;
}

/** Removes a file and the folders it leaves empty. Says whether there was one. */
export async function removeFile(folder: string, path: string): Promise<boolean> {
  try {
    await rm(join(folder, path));
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  await removeEmptyFolders(folder, path);
  return true;
}

/** Moves a file that may be missing; says whether it was there. */
export async function moveFile(folder: string, path: string, to: string): Promise<boolean> {
  await mkdir(dirname(join(folder, to)), { recursive: true });
  try {
    await rename(join(folder, path), join(folder, to));
  } catch (error) {
    if (!isMissing(error)) throw error;
    await removeEmptyFolders(folder, to);
    return false;
  }
  await removeEmptyFolders(folder, path);
  return true;
}

async function removeEmptyFolders(folder: string, path: string): Promise<void> {
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    try {
      await rmdir(join(folder, parent));
    } catch {
      // Not empty, or somebody else's by now: either way it stays.
      return;
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
