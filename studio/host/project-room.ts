import { homedir } from 'node:os';
import { userFault } from '@skerry/shared/base/fault';
import type { RandomBytes } from '@skerry/shared/metamodel/ids';
import type { CommandName } from '@skerry/studio/bridge/commands/index';
import { listFolder } from './folder-list.ts';
import type { ProjectDesk } from './project-desk.ts';
import { forgetProject, recentProjects } from './recent-projects.ts';
import { refactoringHandlers } from './refactoring-handlers.ts';
import type { Room } from './room.ts';
import { printAt } from './session/disk-image.ts';
import { BLANK, newFromTemplate, type ProjectTemplate } from './templates.ts';

export interface ProjectRoomOptions {
  readonly stateFolder: string;
  readonly random: RandomBytes;
  readonly templates?: readonly ProjectTemplate[];
  readonly homeFolder?: string;
}

/** Opening, changing and saving projects. */
export function projectRoom(desk: ProjectDesk, options: ProjectRoomOptions): Room {
  const { stateFolder, random, templates = [], homeFolder = homedir() } = options;
  const told = <T>(state: T): T => {
    desk.forgetRecovery();
    return state;
  };
  return {
    handlers: {
      'project/state': () => told(desk.state()),
      'project/open': async ({ folder }) => told(await desk.open(folder)),
      'project/new': async (request) => {
        await newFromTemplate(request, templates, random);
        return told(await desk.open(request.folder));
      },
      'project/templates': () => [
        BLANK,
        ...templates.map(({ id, title, description }) => ({ id, title, description })),
      ],
      'project/close': async () => {
        await desk.close();
        return {};
      },
      'project/recent': () => recentProjects(stateFolder),
      'project/forgetRecent': async ({ folder }) => {
        await forgetProject(stateFolder, folder);
        return {};
      },
      'folder/list': ({ folder }) => listFolder(folder ?? homeFolder),
      'project/save': async ({ documents }) => {
        const { written, removed, diagnostics } = await desk.mustSession().save(documents);
        return {
          written: [...written],
          removed: [...removed],
          diagnostics: structuredClone([...diagnostics]) as never,
        };
      },
      'project/revert': ({ documents }) => desk.mustSession().revert(documents),
      'command/run': ({ command, arguments: args }) => desk.mustSession().execute(command as CommandName, args),
      'history/undo': ({ document }) => desk.mustSession().travel('undo', document),
      'history/redo': ({ document }) => desk.mustSession().travel('redo', document),
      'history/state': ({ document }) => desk.mustSession().history(document),
      'document/text': ({ document }) => {
        const session = desk.mustSession();
        const content = session.content.get(document);
        const text = content ? printAt(document, content) : session.unparsed.get(document);
        if (text === undefined) throw userFault('command/no-such-document', `There is no ${document}.`, { document });
        return { text };
      },
      ...refactoringHandlers(desk),
    },
    close: async () => undefined,
  };
}
