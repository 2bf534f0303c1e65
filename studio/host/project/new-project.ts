import { mkdir, readdir } from 'node:fs/promises';
import { userFault } from '@skerry/shared/base/fault';
import type { JsonObject } from '@skerry/shared/base/json';
import { newElementId, type RandomBytes } from '@skerry/shared/metamodel/ids';
import type { Documents } from '@skerry/shared/metamodel/model';
import { PROJECT_FORMAT } from '@skerry/shared/metamodel/schema';
import { writeText } from './project-files.ts';
import { saveDocuments } from './save-documents.ts';

export const GIT_ATTRIBUTES = `* text=auto eol=lf
data/files/** binary
`;

/**
 * Writes a project that can be checked and published as it is: one module, one role, one page on an offline device.
 * Throws a Fault `project/folder-not-empty`.
 */
export async function newProject(folder: string, name: string, random: RandomBytes): Promise<Documents> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).some((entry) => entry !== '.git')) {
    throw userFault('project/folder-not-empty', `${folder} is not empty. Choose a new folder.`, { folder });
  }
  const documents = newDocuments(name, random);
  await writeText(folder, '.gitattributes', GIT_ATTRIBUTES);
  await saveDocuments(folder, documents, documents.keys());
  return documents;
}

/** The documents of a new project; `name` is free text. */
export function newDocuments(name: string, random: RandomBytes): Documents {
  const id = () => newElementId(random);
  const format = PROJECT_FORMAT;
  const content: { readonly [path: string]: JsonObject } = {
    'skerry.json': {
      format,
      kind: 'app',
      id: id(),
      name,
      version: '1.0.0',
      languages: [{ tag: 'en', name: 'English' }],
      defaultLanguage: 'en',
    },
    'security.json': { format, kind: 'security', userRoles: [{ id: id(), name: 'User', moduleRoles: ['Main.User'] }] },
    'modules/Main/module.json': {
      format,
      kind: 'module',
      id: id(),
      name: 'Main',
      moduleRoles: [{ id: id(), name: 'User' }],
    },
    'modules/Main/layouts/Default.json': {
      format,
      kind: 'layout',
      id: id(),
      name: 'Default',
      widgets: [{ kind: 'placeholder', id: id(), name: 'content' }],
    },
    'modules/Main/pages/Home.json': {
      format,
      kind: 'page',
      id: id(),
      name: 'Home',
      layout: 'Main.Default',
      allowedModuleRoles: ['User'],
      title: { en: 'Home' },
      widgets: [{ kind: 'text', id: id(), name: 'welcome', caption: { en: `Welcome to ${name}.` } }],
    },
    'navigation/Phone.json': {
      format,
      kind: 'navigationProfile',
      id: id(),
      name: 'Phone',
      profile: 'offlineWeb',
      homePage: { page: 'Main.Home' },
      menu: [{ id: id(), caption: { en: 'Home' }, action: { kind: 'openPage', page: 'Main.Home' } }],
    },
  };
  return new Map(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
}
