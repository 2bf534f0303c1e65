import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecentProject } from '@skerry/studio/bridge/calls/project-calls';
import { writeText } from './project/project-files.ts';

const FILE = 'recent-projects.json';
const MOST = 20;

/** The projects that were open last, the latest first. A list that cannot be read is an empty one. */
export async function recentProjects(stateFolder: string): Promise<RecentProject[]> {
  try {
    const read: unknown = JSON.parse(await readFile(join(stateFolder, FILE), 'utf8'));
    return Array.isArray(read) ? read.filter(isRecent) : [];
  } catch {
    // It is a convenience, and is written anew with the next project.
    return [];
  }
}

export async function rememberProject(stateFolder: string, project: RecentProject): Promise<void> {
  const others = (await recentProjects(stateFolder)).filter(({ folder }) => folder !== project.folder);
  await write(stateFolder, [project, ...others].slice(0, MOST));
}

export async function forgetProject(stateFolder: string, folder: string): Promise<void> {
  await write(
    stateFolder,
    (await recentProjects(stateFolder)).filter((project) => project.folder !== folder),
  );
}

async function write(stateFolder: string, projects: readonly RecentProject[]): Promise<void> {
  await mkdir(stateFolder, { recursive: true });
  await writeText(stateFolder, FILE, `${JSON.stringify(projects, null, 2)}\n`);
}

function isRecent(value: unknown): value is RecentProject {
  const { folder, name, openedMs } = (value ?? {}) as { [key: string]: unknown };
  return typeof folder === 'string' && typeof name === 'string' && typeof openedMs === 'number';
}
