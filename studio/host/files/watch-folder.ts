import { existsSync, type FSWatcher, type Stats, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How long no event may come before files count as written. */
const QUIET_MS = 40;
const SKIPPED = new Set(['node_modules', 'dist']);

export interface Watching {
  /** While this file is there, changes wait. */
  readonly lock: string | undefined;
  /** Paths of files that came, went or were written, all together. */
  changed(paths: readonly string[]): void;
  failed(message: string): void;
}

export interface Watched {
  /** The lock may be gone: looks again. */
  release(): void;
  close(): void;
}

/**
 * Watches a folder and all below it, hidden ones left out. One watch per folder: it costs less than one per file, and
 * every platform has it. Whatever an event says, the folder's files are compared with what was known of them.
 */
export async function watchFolder(root: string, { lock, changed, failed }: Watching): Promise<Watched> {
  const watchers = new Map<string, FSWatcher>();
  const known = new Map<string, Map<string, string>>();
  const touched = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let isLooking = false;

  const wake = () => {
    if (isClosed || touched.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), QUIET_MS);
  };

  const arm = (folder: string) => {
    if (isClosed || watchers.has(folder)) return;
    try {
      const watcher = watch(join(root, folder), () => {
        touched.add(folder);
        wake();
      });
      watcher.on('error', () => disarm(folder));
      watchers.set(folder, watcher);
    } catch (error) {
      failed(`${join(root, folder)} cannot be watched: ${String(error)}`);
    }
  };

  const disarm = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };

  /** Files of a folder and of those below that nobody knew, and what has become of those that were known. */
  const scan = async (folder: string, found: string[]): Promise<void> => {
    const before = known.get(folder) ?? new Map<string, string>();
    const after = new Map<string, string>();
    const files: string[] = [];
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => undefined);
    for (const entry of entries ?? []) {
      if (entry.name.startsWith('.')) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (SKIPPED.has(entry.name) || known.has(path)) continue;
        // Watch first, so that nothing comes in between.
        arm(path);
        await scan(path, found);
      } else if (entry.isFile()) files.push(path);
    }
    const stamps = await Promise.all(files.map((path) => stat(join(root, path)).then(stamp, () => undefined)));
    files.forEach((path, i) => {
      const mark = stamps[i];
      if (mark !== undefined) after.set(path, mark);
    });
    for (const [path, mark] of after) if (before.get(path) !== mark) found.push(path);
    for (const path of before.keys()) if (!after.has(path)) found.push(path);
    if (entries) known.set(folder, after);
    else known.delete(folder);
    for (const below of [...known.keys()]) {
      const isChild = folder === '' ? below !== '' && !below.includes('/') : parentOf(below) === folder;
      if (isChild && !entries?.some((entry) => entry.isDirectory() && join(folder, entry.name) === join(below))) {
        disarm(below);
        await scan(below, found);
      }
    }
    if (!entries) disarm(folder);
  };

  const look = async (): Promise<void> => {
    if (isLooking || isClosed) return;
    if (lock !== undefined && existsSync(lock)) return;
    isLooking = true;
    const folders = [...touched];
    touched.clear();
    const found: string[] = [];
    try {
      for (const folder of folders) await scan(folder, found);
    } catch (error) {
      failed(`${root} cannot be watched: ${String(error)}`);
    } finally {
      isLooking = false;
    }
    if (found.length > 0 && !isClosed) changed([...new Set(found)].sort());
    wake();
  };

  arm('');
  await scan('', []);
  return {
    release: wake,
    close() {
      isClosed = true;
      clearTimeout(timer);
      for (const folder of [...watchers.keys()]) disarm(folder);
    },
  };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function stamp({ mtimeMs, size, ino }: Stats): string {
  return `${mtimeMs}:${size}:${ino}`;
}
