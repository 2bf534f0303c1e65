import type { Documents } from '@skerry/shared/metamodel/model';
import { actionSourcePath, demoRowsPath, documentPlace, layoutPath } from '@skerry/shared/metamodel/paths';

/**
 * What is saved and reverted together with documents: their geometry, sources and demo rows, and for one that has moved
 * the files of its old place.
 */
export function companions(
  documents: readonly string[],
  unsaved: readonly string[],
  content: Documents,
  onDisk: Documents,
): ReadonlySet<string> {
  const idOf = (path: string) => (content.get(path) ?? onDisk.get(path))?.id;
  const ids = new Set<unknown>(documents.map(idOf).filter((id) => id !== undefined));
  const moved = unsaved.filter((path) => documentPlace(path) && ids.has(idOf(path)));
  return new Set([...documents, ...moved].flatMap((path) => [path, ...belongings(path)]));
}

/** Paths of the files that belong to a document, whether they are there or not. */
export function belongings(path: string): readonly string[] {
  const place = documentPlace(path);
  const found = [layoutPath(path)];
  if (place?.kind === 'javaScriptAction') found.push(actionSourcePath(path));
  if (place?.kind === 'entity') found.push(demoRowsPath(`${place.module}.${place.name}`));
  return found;
}
