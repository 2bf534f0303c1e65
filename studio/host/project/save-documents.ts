import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { parseDocument, printDocument } from '@skerry/shared/metamodel/canonical';
import type { Documents } from '@skerry/shared/metamodel/model';
import { documentPlace } from '@skerry/shared/metamodel/paths';
import { readText, removeFile, writeText } from './project-files.ts';

export interface SaveOutcome {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** `project/not-overwritten` for files that stay as they are. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes the documents at `changed` in canonical text, each at once or not at all, and only where bytes differ; removes
 * the files of those that are gone. A file on disk that does not parse is left alone: somebody is in the middle of it.
 */
export async function saveDocuments(
  folder: string,
  documents: Documents,
  changed: Iterable<string>,
): Promise<SaveOutcome> {
  const written: string[] = [];
  const removed: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const paths = [...new Set(changed)].sort();
  // First what goes: on disks that ignore case a renamed document may be about to take the place of the old file.
  for (const path of [
    ...paths.filter((path) => !documents.has(path)),
    ...paths.filter((path) => documents.has(path)),
  ]) {
    const refusal = await whyNot(folder, path);
    if (refusal) {
      diagnostics.push({ code: 'project/not-overwritten', severity: 'error', message: refusal, document: path });
      continue;
    }
    const content = documents.get(path);
    if (content === undefined) {
      if (await removeFile(folder, path)) removed.push(path);
    } else if (await writeText(folder, path, printDocument(content))) written.push(path);
  }
  return { written, removed, diagnostics };
}

async function whyNot(folder: string, path: string): Promise<string | undefined> {
  if (!documentPlace(path)) return `No document has its place at ${path}. Nothing was written.`;
  const text = await readText(folder, path);
  if (text === undefined || parseDocument(path, text).content) return undefined;
  return `${path} on disk is not readable (a merge in progress?). Repair it; then save again.`;
}
