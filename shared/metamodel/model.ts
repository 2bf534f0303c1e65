import type { Diagnostic } from '../base/diagnostic.ts';
import { derivedElementId } from '../base/ids.ts';
import type { JsonObject } from '../base/json.ts';
import type { App, Security } from './app.ts';
import { DOCUMENT_KINDS, type DocumentContent, type DocumentKind } from './kinds.ts';
import { PROJECT_FORMAT, z } from './schema.ts';
import { SYSTEM_DOCUMENTS } from './system-module.ts';

/** The project's documents by path, as JSON: the truth that edits change and files hold. Values are never mutated. */
export type Documents = ReadonlyMap<string, JsonObject>;

/** A document as the rest of the house reads it: content with defaults filled in, and its place. */
export interface ModelDocument<K extends DocumentKind = DocumentKind> {
  readonly path: string;
  readonly kind: K;
  /** '' for documents outside modules. */
  readonly module: string;
  /** `Module.Name`, or the name alone outside modules. */
  readonly qualifiedName: string;
  readonly content: DocumentContent[K];
  /** The JSON it was read from: equal identity means nothing changed, so it is the key of every cache. */
  readonly source: JsonObject;
}

/** The app model: a read-only view over the documents. Made anew for each edit, sharing what did not change. */
export interface Model {
  readonly app: App;
  readonly security: Security;
  readonly documents: ReadonlyMap<string, ModelDocument>;
  all<K extends DocumentKind>(kind: K): ReadonlyMap<string, ModelDocument<K>>;
  /** By kind and qualified name. */
  find<K extends DocumentKind>(kind: K, qualifiedName: string): ModelDocument<K> | undefined;
  /** What kept documents from being read. Such a document is absent from the model and must not be overwritten. */
  readonly diagnostics: readonly Diagnostic[];
}

const EMPTY_APP: App = {
  format: PROJECT_FORMAT,
  kind: 'app',
  id: derivedElementId('app'),
  name: 'Untitled',
  version: '0.0.0',
  languages: [{ tag: 'en', name: 'English', firstDayOfWeek: 1 }],
  defaultLanguage: 'en',
  defaultConflictPolicy: { kind: 'lastWins' },
  theme: { accent: '#0f766e' },
};
const EMPTY_SECURITY: Security = {
  format: PROJECT_FORMAT,
  kind: 'security',
  userRoles: [],
  demoUsers: [],
  passwordPolicy: { minLength: 8, digit: false, mixedCase: false, symbol: false },
};

type Read = ModelDocument | readonly Diagnostic[];
/** Keyed by the JSON's identity, so that reading a model after an edit parses the edited documents only. */
const readCache = new WeakMap<JsonObject, { path: string; read: Read }>();

function moduleOf(path: string): string {
  const match = /^modules\/([^/]+)\//.exec(path);
  return match?.[1] ?? '';
}

function readDocument(path: string, source: JsonObject): Read {
  const cached = readCache.get(source);
  if (cached?.path === path) return cached.read;
  const read = parseDocument(path, source);
  readCache.set(source, { path, read });
  return read;
}

function parseDocument(path: string, source: JsonObject): Read {
  const kind = source.kind as DocumentKind;
  const entry = typeof kind === 'string' && Object.hasOwn(DOCUMENT_KINDS, kind) ? DOCUMENT_KINDS[kind] : undefined;
  if (!entry)
    return [
      fileError(
        path,
        [],
        `This file says it is a "${String(source.kind)}", which Skerry does not know. Correct "kind" or remove the file.`,
      ),
    ];
  if (typeof source.format === 'number' && source.format > PROJECT_FORMAT) {
    return [
      {
        ...fileError(
          path,
          ['format'],
          `This file has format ${source.format}; this version of Skerry reads up to ${PROJECT_FORMAT}. Open the project with a newer Skerry.`,
        ),
        code: 'project/newer-format',
      },
    ];
  }
  const result = z.safeParse(entry.schema, source);
  if (!result.success) {
    return result.error.issues
      .slice(0, 20)
      .map((issue) =>
        fileError(path, issue.path as (string | number)[], `${issue.path.join('/') || 'The file'}: ${issue.message}.`),
      );
  }
  const content = result.data as DocumentContent[DocumentKind];
  const module = moduleOf(path);
  const own = 'name' in content ? content.name : kind;
  return {
    path,
    kind,
    module,
    qualifiedName: kind === 'module' || module === '' ? own : `${module}.${own}`,
    content,
    source,
  };
}

function fileError(path: string, at: readonly (string | number)[], message: string): Diagnostic {
  return { code: 'project/unreadable-document', severity: 'error', message, document: path, path: at };
}

function isDocument(read: Read): read is ModelDocument {
  return !Array.isArray(read);
}

/** Reads the view over `documents`, the built-in System module included. Never throws. */
export function readModel(documents: Documents): Model {
  const byPath = new Map<string, ModelDocument>();
  const byKind = new Map<DocumentKind, Map<string, ModelDocument>>();
  const diagnostics: Diagnostic[] = [];
  const add = (path: string, source: JsonObject) => {
    const read = readDocument(path, source);
    if (!isDocument(read)) {
      diagnostics.push(...read);
      return;
    }
    byPath.set(path, read);
    let table = byKind.get(read.kind);
    if (!table) {
      table = new Map();
      byKind.set(read.kind, table);
    }
    const same = table.get(read.qualifiedName);
    if (same) {
      diagnostics.push({
        code: 'project/duplicate-name',
        severity: 'error',
        message: `${read.qualifiedName} stands in ${same.path} too. Rename one of them.`,
        document: path,
      });
      return;
    }
    table.set(read.qualifiedName, read);
  };
  for (const [path, source] of SYSTEM_DOCUMENTS) add(path, source);
  for (const [path, source] of documents) add(path, source);
  const nothing = new Map<string, never>();
  const all = <K extends DocumentKind>(kind: K) =>
    (byKind.get(kind) ?? nothing) as unknown as ReadonlyMap<string, ModelDocument<K>>;
  return {
    app: (byPath.get('skerry.json')?.content as App | undefined) ?? EMPTY_APP,
    security: (byPath.get('security.json')?.content as Security | undefined) ?? EMPTY_SECURITY,
    documents: byPath,
    all,
    find: (kind, qualifiedName) => all(kind).get(qualifiedName),
    diagnostics,
  };
}
