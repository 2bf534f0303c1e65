import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonObject } from '@skerry/shared/base/json';
import { parseDocument, printDocument, printJson } from '@skerry/shared/metamodel/canonical';
import { projectFile } from '@skerry/shared/metamodel/paths';
import type { MergeConflict } from '@skerry/shared/refactoring/merge/conflict';
import { mergeDocument } from '@skerry/shared/refactoring/merge/merge-documents';
import { runGit } from './git.ts';

export interface FileMerge {
  readonly isClean: boolean;
  readonly conflicts: readonly MergeConflict[];
}

/** Names of three files with the versions of one, as Git hands them to a merge driver (%O, %A, %B). */
export interface VersionFiles {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Merges one file as Git's merge driver: the result goes to `files.ours`. Where both sides changed the same, conflict
 * markers stand around the lines that differ and nothing else. What is no readable document is merged line by line.
 *
 * @param path of the file in the repository (%P)
 */
export async function mergeFile(files: VersionFiles, path: string): Promise<FileMerge> {
  const role = projectRole(path);
  const versions = role === undefined ? undefined : await readVersions(files, path);
  if (!versions) return { isClean: await mergeLines(files), conflicts: [] };
  const text = role === 'layout' ? printJson : printDocument;
  const { content, conflicts } = mergeDocument(versions, path);
  // Where a box stands is never worth a question.
  if (conflicts.length === 0 || role === 'layout') {
    await writeFile(files.ours, text(content));
    return { isClean: true, conflicts: [] };
  }
  // Three answers that differ in the conflicts alone let Git put its markers there alone.
  await withTexts(
    {
      base: text(mergeDocument(versions, path, 'base').content),
      ours: text(content),
      theirs: text(mergeDocument(versions, path, 'theirs').content),
    },
    async (answers) => {
      await mergeLines(answers);
      await writeFile(files.ours, await readFile(answers.ours));
    },
  );
  return { isClean: false, conflicts };
}

/** The project may stand in a folder of the repository: the longest tail of the path that is a project's counts. */
function projectRole(path: string): 'document' | 'layout' | undefined {
  const parts = path.split('/');
  for (let i = 0; i < parts.length; i++) {
    const role = projectFile(parts.slice(i).join('/'))?.role;
    if (role === 'document' || role === 'layout') return role;
  }
  return undefined;
}

async function readVersions(files: VersionFiles, path: string) {
  const read = async (file: string) => parseDocument(path, await readFile(file, 'utf8')).content;
  const [ours, theirs] = [await read(files.ours), await read(files.theirs)];
  // A file that both sides added has an empty base.
  const empty: JsonObject = {};
  const base = (await readFile(files.base, 'utf8')).trim() === '' ? empty : await read(files.base);
  return base && ours && theirs ? { base, ours, theirs } : undefined;
}

/** Git's merge of lines into `files.ours`; false when it left conflict markers. */
async function mergeLines(files: VersionFiles): Promise<boolean> {
  const labels = ['-L', 'ours', '-L', 'base', '-L', 'theirs'];
  const { code } = await runGit(dirname(files.ours), ['merge-file', ...labels, files.ours, files.base, files.theirs]);
  return code === 0;
}

async function withTexts(texts: VersionFiles, use: (files: VersionFiles) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'skerry-merge-'));
  try {
    const files = { base: join(folder, 'base'), ours: join(folder, 'ours'), theirs: join(folder, 'theirs') };
    await writeFile(files.base, texts.base);
    await writeFile(files.ours, texts.ours);
    await writeFile(files.theirs, texts.theirs);
    await use(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
