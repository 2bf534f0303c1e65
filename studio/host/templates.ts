import { cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { userFault } from '@skerry/shared/base/fault';
import type { RandomBytes } from '@skerry/shared/metamodel/ids';
import { newProject } from './project/new-project.ts';
import { openProject } from './project/open-project.ts';
import { saveDocuments } from './project/save-documents.ts';

/** A project to begin from. */
export interface ProjectTemplate {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Absolute path of the folder that is copied. */
  readonly folder: string;
}

export const BLANK = {
  id: 'blank',
  title: 'Blank',
  description: 'One module, one role, and a home page on an offline device.',
};

/** Made outside projects, or anew for each. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'dist']);

/**
 * Makes a project in an empty or new folder. Throws Faults `project/no-such-template`, `project/folder-not-empty`.
 * @param name of the app, free text
 */
export async function newFromTemplate(
  { folder, name, template }: { readonly folder: string; readonly name: string; readonly template: string },
  templates: readonly ProjectTemplate[],
  random: RandomBytes,
): Promise<void> {
  if (template === BLANK.id) {
    await newProject(folder, name, random);
    return;
  }
  const chosen = templates.find(({ id }) => id === template);
  if (!chosen) throw userFault('project/no-such-template', `There is no template ${template}.`, { template });
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).some((entry) => entry !== '.git')) {
    throw userFault('project/folder-not-empty', `${folder} is not empty. Choose a new folder.`, { folder });
  }
  for (const entry of await readdir(chosen.folder)) {
    if (LEFT_OUT.has(entry)) continue;
    const source = join(chosen.folder, entry);
    await cp(source, join(folder, entry), { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  }
  const { documents } = await openProject(folder);
  const app = documents.get('skerry.json');
  if (!app) return;
  await saveDocuments(folder, new Map([['skerry.json', { ...app, name }]]), ['skerry.json']);
}
