import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { JsonObject } from '@skerry/shared/base/json';
import type { Documents } from '@skerry/shared/metamodel/model';
import { readText, removeFile, writeText } from '../project/project-files.ts';
import { type DiskImage, isText, printAt, readContent, sameAt } from './disk-image.ts';

export interface Saved {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** `project/diskConflict`, `project/not-overwritten` for files that stay as they are. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What is to be written where. */
export interface Saving {
  readonly folder: string;
  readonly image: DiskImage;
  readonly content: Documents;
  readonly texts: ReadonlyMap<string, string | undefined>;
  /** Files that changed on disk beneath unsaved work. */
  readonly conflicts: ReadonlySet<string>;
}

/**
 * Writes the files at `paths` in canonical text, each at once or not at all, and brings the image up to date. A file
 * that says something else than when it was read is left alone.
 */
export async function saveSession(saving: Saving, paths: readonly string[]): Promise<Saved> {
  const written: string[] = [];
  const removed: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const contents = (path: string) => (isText(path) ? saving.texts.get(path) : saving.content.get(path));
  // First what goes: on disks that ignore case a renamed document may be about to take the place of the old file.
  const order = [
    ...paths.filter((path) => contents(path) === undefined),
    ...paths.filter((path) => contents(path) !== undefined),
  ];
  for (const path of order) {
    const refusal = await whyNot(saving, path);
    if (refusal) {
      diagnostics.push(refusal);
      continue;
    }
    const value = contents(path);
    if (value === undefined) {
      if (await removeFile(saving.folder, path)) removed.push(path);
    } else {
      const text = typeof value === 'string' ? value : printAt(path, value);
      if (await writeText(saving.folder, path, text)) written.push(path);
    }
    remember(saving.image, path, value);
  }
  return { written, removed, diagnostics };
}

function remember(image: DiskImage, path: string, value: string | JsonObject | undefined): void {
  if (isText(path)) {
    image.texts.set(path, value as string | undefined);
    if (value === undefined) image.textPaths.delete(path);
    else image.textPaths.add(path);
  } else if (value === undefined) image.content.delete(path);
  else image.content.set(path, value as JsonObject);
}

async function whyNot({ folder, image, conflicts }: Saving, path: string): Promise<Diagnostic | undefined> {
  if (conflicts.has(path)) return conflict(path);
  if (isText(path)) return (await readText(folder, path)) === image.texts.get(path) ? undefined : conflict(path);
  const { content, unparsed } = await readContent(folder, path);
  if (unparsed !== undefined) {
    const message = `${path} on disk is not readable (a merge in progress?). Repair it; then save again.`;
    return { code: 'project/not-overwritten', severity: 'error', message, document: path };
  }
  return sameAt(path, content, image.content.get(path)) ? undefined : conflict(path);
}

function conflict(document: string): Diagnostic {
  const message = `${document} has changed on disk beneath unsaved work. Revert takes what stands there; undoing that brings back yours, to be saved over it.`;
  return { code: 'project/diskConflict', severity: 'error', message, document };
}
