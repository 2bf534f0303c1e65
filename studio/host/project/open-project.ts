import { stat } from 'node:fs/promises';
import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { userFault } from '@skerry/shared/base/fault';
import type { JsonObject } from '@skerry/shared/base/json';
import { parseDocument } from '@skerry/shared/metamodel/canonical';
import { duplicateIds } from '@skerry/shared/metamodel/ids';
import { migrateProject } from '@skerry/shared/metamodel/migrations/index';
import type { Migration } from '@skerry/shared/metamodel/migrations/migration';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';
import { type ProjectFile, projectFile } from '@skerry/shared/metamodel/paths';
import { checkPlaces } from './check-places.ts';
import { listFiles, readText } from './project-files.ts';

/** A project as read from its folder. Whatever is wrong with its files is in `diagnostics`; it opens all the same. */
export interface OpenProject {
  readonly folder: string;
  readonly documents: Documents;
  /** The documents as their files have them, before migration. */
  readonly read: Documents;
  readonly model: Model;
  /** Geometry by the path of the sidecar; a broken sidecar is absent. */
  readonly layouts: ReadonlyMap<string, JsonObject>;
  /** Texts of documents and sidecars that are no JSON, by path. They are never overwritten. */
  readonly unparsed: ReadonlyMap<string, string>;
  /** The other files that belong to the project: action sources and demo data. Their contents are read when needed. */
  readonly files: ReadonlyMap<string, ProjectFile>;
  /** Migrations that ran in memory; the files still have the older format until all of them are rewritten. */
  readonly migrated: readonly Migration[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @param folder absolute path; throws a Fault `project/no-folder` when there is none */
export async function openProject(folder: string): Promise<OpenProject> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw userFault('project/no-folder', `There is no folder ${folder}. Name the folder that holds skerry.json.`, {
      folder,
    });
  }
  const documents = new Map<string, JsonObject>();
  const layouts = new Map<string, JsonObject>();
  const unparsed = new Map<string, string>();
  const files = new Map<string, ProjectFile>();
  const diagnostics: Diagnostic[] = [];
  const paths = await listFiles(folder);
  const texts = await readJson(folder, paths);
  for (const path of paths) {
    const file = projectFile(path);
    if (!file) continue;
    if (file.role !== 'document' && file.role !== 'layout') {
      files.set(path, file);
      continue;
    }
    const text = texts.get(path) ?? '';
    const parsed = parseDocument(path, text);
    if (parsed.content) (file.role === 'layout' ? layouts : documents).set(path, parsed.content);
    else unparsed.set(path, text);
    // A broken sidecar costs the geometry, not the document.
    diagnostics.push(
      ...parsed.diagnostics.map((found) =>
        file.role === 'layout' ? { ...found, severity: 'warning' as const } : found,
      ),
    );
  }
  const migrated = migrateProject(documents);
  const model = readModel(migrated.documents);
  diagnostics.push(
    ...checkPlaces(paths, migrated.documents, unparsed),
    ...model.diagnostics,
    ...duplicateIds(migrated.documents),
  );
  return {
    folder,
    documents: migrated.documents,
    read: documents,
    model,
    layouts,
    unparsed,
    files,
    migrated: migrated.applied,
    diagnostics,
  };
}

const AT_ONCE = 64;

/** Texts of documents and sidecars; many are read at once, since a large project is thousands of small files. */
async function readJson(folder: string, paths: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> {
  const wanted = paths.filter((path) => path.endsWith('.json') && projectFile(path));
  const texts = new Map<string, string | undefined>();
  for (let i = 0; i < wanted.length; i += AT_ONCE) {
    const batch = wanted.slice(i, i + AT_ONCE);
    const read = await Promise.all(batch.map((path) => readText(folder, path)));
    batch.forEach((path, at) => {
      texts.set(path, read[at]);
    });
  }
  return texts;
}

/** The text of one of the project's files, such as demo rows; undefined when it is gone. */
export async function readProjectFile(folder: string, path: string): Promise<string | undefined> {
  return projectFile(path) && readText(folder, path);
}
