import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { Documents } from '@skerry/shared/metamodel/model';
import { documentPath, documentPlace, projectFile } from '@skerry/shared/metamodel/paths';

type Unparsed = ReadonlyMap<string, string>;

/** Whether the files stand where their contents say: missing, unknown and misplaced documents. */
export function checkPlaces(paths: readonly string[], documents: Documents, unparsed: Unparsed): readonly Diagnostic[] {
  return [
    ...missing(documents, unparsed),
    ...paths.filter((path) => isStray(path)).map(stray),
    ...[...documents].flatMap(([path, content]) => misplaced(path, content)),
  ];
}

function missing(documents: Documents, unparsed: Unparsed): Diagnostic[] {
  const needed = new Set(['skerry.json', 'security.json']);
  for (const path of [...documents.keys(), ...unparsed.keys()]) {
    const module = documentPlace(path)?.module;
    if (module) needed.add(`modules/${module}/module.json`);
  }
  return [...needed]
    .filter((path) => !documents.has(path) && !unparsed.has(path))
    .map((document) => ({
      code: 'project/missing-document',
      severity: 'error',
      message: `${document} is missing. Restore it from Git, or write it anew.`,
      document,
    }));
}

/** JSON in a folder that holds nothing but documents. */
function isStray(path: string): boolean {
  return /^(?:modules|navigation|evolution)\/.*\.json$/.test(path) && projectFile(path) === undefined;
}

function stray(document: string): Diagnostic {
  const message = `No document has its place at ${document}. Move the file where its kind belongs, or remove it.`;
  return { code: 'project/unknown-file', severity: 'warning', message, document };
}

function misplaced(document: string, content: { readonly [key: string]: unknown }): Diagnostic[] {
  const place = documentPlace(document);
  if (!place || typeof content.kind !== 'string') return [];
  if (content.kind !== place.kind) {
    const message = `A ${content.kind} stands where a ${place.kind} is expected. Move the file or correct "kind".`;
    return [{ code: 'project/misplaced-document', severity: 'error', message, document, path: ['kind'] }];
  }
  const own = place.kind === 'evolution' ? content.version : content.name;
  const expected = place.kind === 'module' ? place.module : place.name;
  if (expected === '' || own === expected || typeof own !== 'string') return [];
  const code = 'project/name-differs';
  const element = typeof content.id === 'string' ? { element: content.id } : {};
  if (place.kind === 'module') {
    const message = `The module is called ${own}, its folder ${expected}. Names come from the folder: make them the same.`;
    return [{ code, severity: 'error', message, document, path: ['name'], ...element }];
  }
  const message = `The file is called ${expected}, what it holds ${own}. Rename the file to ${documentPath({ ...place, name: own })}.`;
  return [{ code, severity: 'warning', message, document, path: ['name'], ...element }];
}
