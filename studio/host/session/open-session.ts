import { compareCodePoints, type JsonObject } from '@skerry/shared/base/json';
import type { RandomBytes } from '@skerry/shared/metamodel/ids';
import type { Documents } from '@skerry/shared/metamodel/model';
import type { Notify } from '@skerry/studio/bridge/notifications';
import { Journal, journalPath } from '../journal/journal.ts';
import { recover } from '../journal/recover.ts';
import { openProject } from '../project/open-project.ts';
import { imageOf } from './disk-image.ts';
import { ProjectSession } from './project-session.ts';
import { Timeline } from './timeline.ts';

export interface OpeningSession {
  readonly folder: string;
  readonly stateFolder: string;
  readonly random: RandomBytes;
  readonly notify: Notify;
  now(): number;
}

export interface OpenedSession {
  readonly session: ProjectSession;
  /** What recovery and migration did, in words. */
  readonly recovered?: string;
}

/** Opens a project and brings back the work that was never saved. @throws Fault `project/no-folder` */
export async function openSession({
  folder,
  stateFolder,
  random,
  notify,
  now,
}: OpeningSession): Promise<OpenedSession> {
  const project = await openProject(folder);
  const image = imageOf(project);
  const content = sorted(new Map([...project.documents, ...project.layouts]));
  const path = journalPath(stateFolder, folder);
  const recovery = await recover({ path, folder, image, content, now });
  const journal = new Journal(path, folder);
  const timeline = recovery?.timeline ?? new Timeline(content);
  const session = new ProjectSession({
    folder,
    image,
    timeline,
    journal,
    random,
    notify,
    diagnostics: project.diagnostics,
  });
  await session.startJournal(recovery?.keep);
  const sentences = [
    ...(recovery ? [recovery.message] : []),
    ...(project.migrated.length > 0
      ? [
          `The project has an older format: ${project.migrated.map(({ summary }) => summary).join(' ')} Saving rewrites it.`,
        ]
      : []),
  ];
  return { session, ...(sentences.length > 0 ? { recovered: sentences.join(' ') } : {}) };
}

function sorted(documents: ReadonlyMap<string, JsonObject>): Documents {
  return new Map([...documents].sort(([a], [b]) => compareCodePoints(a, b)));
}
