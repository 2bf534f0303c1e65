import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { userFault } from '@skerry/shared/base/fault';
import { GIT_ATTRIBUTES } from '../host/project/new-project.ts';
import { writeText } from '../host/project/project-files.ts';

const GIT_LIMIT_MS = 20_000;
const IDENTITY = { 'user.name': 'Skerry', 'user.email': 'skerry@localhost' } as const;

export interface OwnSample {
  /** The sample as it came; never written to. */
  readonly sample: string;
  /** Where the user's copy belongs. */
  readonly folder: string;
  readonly tell: (line: string) => void;
}

/**
 * The user's own copy of the sample, made once, with a first commit where there is git. The copy appears whole or not
 * at all.
 *
 * @throws Fault `start/folder-taken` when something else is in its place
 */
export async function ownSample({ sample, folder, tell }: OwnSample): Promise<void> {
  if (await stat(join(folder, 'skerry.json')).catch(() => null)) return;
  if ((await readdir(folder).catch(() => [])).length > 0) {
    const message = `${folder} is not empty and holds no Skerry project. Move it away, or open a project with --project.`;
    throw userFault('start/folder-taken', message, { folder });
  }
  const partial = join(dirname(folder), `.skerry-partial-${process.pid}`);
  await mkdir(dirname(folder), { recursive: true });
  try {
    await cp(sample, partial, { recursive: true });
    await writeText(partial, '.gitattributes', GIT_ATTRIBUTES);
    await firstCommit(partial, tell);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  tell(`Copied the sample to ${folder}.`);
}

/** A convenience: without git, or where git refuses, the copy is as good. */
async function firstCommit(folder: string, tell: (line: string) => void): Promise<void> {
  try {
    await git(folder, 'init', '--quiet', '--initial-branch=main');
    for (const [key, value] of Object.entries(IDENTITY)) {
      await git(folder, 'config', key).catch(() => git(folder, 'config', '--local', key, value));
    }
    await git(folder, 'add', '--all');
    // Signing may want a passphrase, hooks may want anything: neither belongs to a copy that nobody has changed.
    await git(folder, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--no-verify', '-m', 'Copy the sample');
  } catch (error) {
    await rm(join(folder, '.git'), { recursive: true, force: true });
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    tell(isMissing ? 'Git is not installed: the copy has no history.' : `Git made no history: ${String(error)}`);
  }
}

async function git(folder: string, ...args: readonly string[]): Promise<void> {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  await promisify(execFile)('git', [...args], { cwd: folder, env, timeout: GIT_LIMIT_MS });
}
