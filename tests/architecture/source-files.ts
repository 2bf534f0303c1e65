import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const root: string = dirname(dirname(import.meta.dirname));

const notOurs = new Set(['node_modules', '.git', '.skerry', '.tsbuild', 'dist', 'test-results', 'playwright-report']);

/** Every file of ours, relative to the checkout, with `/`, sorted. Whatever git ignores is left out by name. */
export function listFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}

/** Every source file of ours. Fixtures are data, also where they contain a program. */
export function listSources(): string[] {
  return listFiles().filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.startsWith('fixtures/'));
}

export function readSource(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
