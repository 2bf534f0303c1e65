import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCE = /\.(ts|tsx|css|html|svg|json|webmanifest)$/;
const SKIPPED = new Set(['node_modules', 'dist', 'node']);

export interface Build {
  readonly name: string;
  /** The bundler's configuration, and where it writes. */
  readonly config: string;
  readonly output: string;
  /** Folders whose files it is made from. */
  readonly sources: readonly string[];
  /** The file in `output` that says what was built, where several builds share the folder. */
  readonly stamp?: string;
}

/** Builds when a source file changed since the last build of it, so that a second start pays nothing. */
export async function buildOnce(build: Build, tell: (line: string) => void): Promise<void> {
  const stamp = join(build.output, build.stamp ?? '.built-from');
  const hash = await hashOf([build.config, ...build.sources]);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return;
  tell(`Building ${build.name}…`);
  const { build: viteBuild } = await import('vite');
  await viteBuild({ configFile: build.config, logLevel: 'error' });
  await mkdir(build.output, { recursive: true });
  await writeFile(stamp, hash);
}

async function hashOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) for (const file of await filesBelow(path)) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<readonly string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (SKIPPED.has(entry.name)) continue;
    const below = join(path, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(below)));
    else if (SOURCE.test(entry.name)) files.push(below);
  }
  return files;
}
