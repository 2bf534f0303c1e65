import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readText, writeText } from '../project/project-files.ts';
import { git } from './git.ts';

const ATTRIBUTE = '*.json merge=skerry';

/**
 * Makes Git ask Skerry when it merges documents of this repository: the driver in the repository's own configuration,
 * and the attribute in the project's .gitattributes, where others without the driver are served by Git's own merge.
 *
 * @returns what was done, for people
 */
export async function installDriver(folder: string): Promise<string> {
  await git(folder, 'rev-parse', '--git-dir');
  const cli = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
  await git(folder, 'config', 'merge.skerry.name', 'Skerry: documents by the ids of their elements');
  await git(folder, 'config', 'merge.skerry.driver', `"${process.execPath}" "${cli}" merge --driver %O %A %B %P`);
  const attributes = (await readText(folder, '.gitattributes')) ?? '';
  if (!attributes.split('\n').includes(ATTRIBUTE)) {
    const before = attributes === '' || attributes.endsWith('\n') ? attributes : `${attributes}\n`;
    await writeText(folder, '.gitattributes', `${before}${ATTRIBUTE}\n`);
  }
  return `Git merges documents in ${join(folder, '')} with Skerry from now on. Commit .gitattributes.`;
}
