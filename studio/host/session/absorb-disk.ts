import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { JsonObject } from '@skerry/shared/base/json';
import { projectFile } from '@skerry/shared/metamodel/paths';
import { readText } from '../project/project-files.ts';
import { type DiskImage, isText, readContent, sameAt } from './disk-image.ts';

/** What files say that they did not say before. */
export interface DiskNews {
  /** Documents and sidecars by path; undefined: gone, or no JSON any more. */
  readonly content: ReadonlyMap<string, JsonObject | undefined>;
  /** Demo rows and action sources. */
  readonly texts: readonly string[];
  /** What reading them said, in the place of what was said before. */
  readonly diagnostics: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** Reads the files at `paths` again and brings the image up to date. */
export async function readNews(folder: string, image: DiskImage, paths: Iterable<string>): Promise<DiskNews> {
  const content = new Map<string, JsonObject | undefined>();
  const texts: string[] = [];
  const diagnostics = new Map<string, readonly Diagnostic[]>();
  for (const path of paths) {
    if (isText(path)) {
      if (await readTextAgain(folder, image, path)) texts.push(path);
      continue;
    }
    const role = projectFile(path)?.role;
    if (role !== 'document' && role !== 'layout') continue;
    const read = await readContent(folder, path);
    const known = image.content.get(path);
    if (sameAt(path, read.content, known) && image.unparsed.get(path) === read.unparsed) continue;
    diagnostics.set(path, read.diagnostics);
    if (read.unparsed === undefined) image.unparsed.delete(path);
    else image.unparsed.set(path, read.unparsed);
    if (read.content) image.content.set(path, read.content);
    else image.content.delete(path);
    if (!sameAt(path, read.content, known)) content.set(path, read.content);
  }
  return { content, texts, diagnostics };
}

/** Says whether it may have changed; a text that nobody has touched is not kept, and so counts as changed. */
async function readTextAgain(folder: string, image: DiskImage, path: string): Promise<boolean> {
  const text = await readText(folder, path);
  if (text === undefined) image.textPaths.delete(path);
  else image.textPaths.add(path);
  if (!image.texts.has(path)) return true;
  const isNew = image.texts.get(path) !== text;
  image.texts.set(path, text);
  return isNew;
}
