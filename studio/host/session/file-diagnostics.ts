import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { parseDocument, printDocument } from '@skerry/shared/metamodel/canonical';
import type { Documents } from '@skerry/shared/metamodel/model';
import { checkPlaces } from '../project/check-places.ts';
import { isSidecar, isText } from './disk-image.ts';

/**
 * What is wrong with the files of a project after those at `paths` have changed. The same list when nothing of it has
 * changed. What could not be read stays as it was said when it was read.
 */
export function diagnosticsAfter(
  known: readonly Diagnostic[],
  paths: Iterable<string>,
  content: Documents,
  unparsed: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const looked = new Set([...paths].filter((path) => !isSidecar(path) && !isText(path) && !unparsed.has(path)));
  const before = known.filter(({ document }) => document !== undefined && looked.has(document));
  const after = [...looked].flatMap((path) => {
    const document = content.get(path);
    if (!document) return [];
    const { diagnostics } = parseDocument(path, printDocument(document));
    const places = checkPlaces([], new Map([[path, document]]), new Map());
    return [...diagnostics, ...places.filter((place) => place.document === path)];
  });
  if (JSON.stringify(before) === JSON.stringify(after)) return known;
  return [...known.filter((each) => !before.includes(each)), ...after];
}
