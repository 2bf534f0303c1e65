import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { JsonObject } from '@skerry/shared/base/json';
import { parseDocument, printDocument, printJson } from '@skerry/shared/metamodel/canonical';
import { projectFile } from '@skerry/shared/metamodel/paths';
import type { OpenProject } from '../project/open-project.ts';
import { readText } from '../project/project-files.ts';

const SIDECAR = '.layout.json';

/** What the files of a project said when they were last read or written. */
export interface DiskImage {
  /** Documents and sidecars. */
  readonly content: Map<string, JsonObject>;
  /** Files that are no JSON, with their texts. */
  readonly unparsed: Map<string, string>;
  /** Paths of demo rows and action sources. */
  readonly textPaths: Set<string>;
  /** Texts that unsaved work has touched. */
  readonly texts: Map<string, string | undefined>;
}

export function imageOf(project: OpenProject): DiskImage {
  return {
    content: new Map([...project.read, ...project.layouts]),
    unparsed: new Map(project.unparsed),
    textPaths: new Set([...project.files.keys()].filter(isText)),
    texts: new Map(),
  };
}

export function isSidecar(path: string): boolean {
  return path.endsWith(SIDECAR);
}

/** Whether the file at a path is demo rows or an action's source. */
export function isText(path: string): boolean {
  const role = projectFile(path)?.role;
  return role === 'demoRows' || role === 'actionSource';
}

/** The canonical text of a document or sidecar. */
export function printAt(path: string, content: JsonObject): string {
  return isSidecar(path) ? printJson(content) : printDocument(content);
}

/** Whether two contents of one file would be written alike. */
export function sameAt(path: string, a: JsonObject | undefined, b: JsonObject | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && printAt(path, a) === printAt(path, b);
}

/** A document or sidecar as its file has it now. */
export interface ReadFile {
  readonly content?: JsonObject;
  /** Present when the file is there and is no JSON. */
  readonly unparsed?: string;
  readonly diagnostics: readonly Diagnostic[];
}

export async function readContent(folder: string, path: string): Promise<ReadFile> {
  const text = await readText(folder, path);
  if (text === undefined) return { diagnostics: [] };
  const { content, diagnostics } = parseDocument(path, text);
  // A broken sidecar costs the geometry, not the document.
  const found = isSidecar(path) ? diagnostics.map((each) => ({ ...each, severity: 'warning' as const })) : diagnostics;
  return content ? { content, diagnostics: found } : { unparsed: text, diagnostics: found };
}
