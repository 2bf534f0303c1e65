import type { Json, JsonObject } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { actionSourcePath, demoRowsPath, documentPlace, layoutPath } from '@skerry/shared/metamodel/paths';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { type Declaration, declarations, type Target } from '@skerry/shared/refactoring/target';
import { usages } from '@skerry/shared/refactoring/usages';
import type { CommandContext } from './command.ts';
import type { Draft } from './draft.ts';
import { setBoxes } from './layout-commands.ts';
import { isList } from './place.ts';
import type { TextOperation } from './text-operation.ts';

/** Takes a document away, with its geometry, its box in the diagram, its source and its demo rows. */
export function removeDocument(draft: Draft, path: string): readonly TextOperation[] {
  const content = draft.read(path);
  const place = documentPlace(path);
  draft.write(path, undefined);
  if (draft.find(layoutPath(path))) draft.write(layoutPath(path), undefined);
  if (place?.kind === 'javaScriptAction') return [{ kind: 'remove', path: actionSourcePath(path) }];
  if (place?.kind !== 'entity') return [];
  if (typeof content.id === 'string') setBoxes(draft, `modules/${place.module}/domain.json`, { [content.id]: null });
  return [{ kind: 'remove', path: demoRowsPath(`${place.module}.${place.name}`) }];
}

/** Takes elements out of a document, with the edges of nodes, their boxes, and the columns of demo rows. */
export function removeElements(
  context: CommandContext,
  draft: Draft,
  document: string,
  ids: ReadonlySet<string>,
): readonly TextOperation[] {
  const content = draft.read(document);
  const after = withoutElements(content, ids);
  draft.write(document, after);
  const staying = new Set(walkDocument(document, after).elements.map(({ id }) => id));
  const gone = walkDocument(document, content).elements.filter(({ id }) => !staying.has(id));
  if (draft.find(layoutPath(document))) {
    setBoxes(draft, document, Object.fromEntries(gone.map(({ id }) => [id, null])));
  }
  return declarations(context.model, document)
    .filter(({ id }) => ids.has(id))
    .flatMap((declaration) => demoColumns(context, declaration));
}

/** The value without the elements, and without the edges that led from or to them; what does not change is shared. */
export function withoutElements<T extends Json>(value: T, ids: ReadonlySet<string>): T {
  return without(value, ids) as T;
}

function without(value: Json, ids: ReadonlySet<string>): Json {
  if (isList(value)) {
    const staying = value.filter((item) => !isObject(item) || !isGone(item, ids));
    const after = staying.map((item) => without(item, ids));
    return after.length === value.length && after.every((item, i) => item === value[i]) ? value : after;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, Json | undefined] => [
    key,
    inner === undefined ? inner : without(inner, ids),
  ]);
  return entries.every(([key, inner]) => value[key] === inner) ? value : Object.fromEntries(entries);
}

function isGone(item: JsonObject, ids: ReadonlySet<string>): boolean {
  if (typeof item.id !== 'string') return false;
  if (ids.has(item.id)) return true;
  return [item.from, item.to].some((end) => typeof end === 'string' && ids.has(end));
}

function demoColumns({ model }: CommandContext, declaration: Declaration): TextOperation[] {
  const { kind, document, simpleName, name } = declaration;
  if (kind !== 'attribute' && kind !== 'association') return [];
  const owner = model.documents.get(document)?.qualifiedName ?? '';
  const heads = kind === 'attribute' ? [simpleName] : [simpleName, name];
  return [owner, ...domainView(model).specialisations(owner)].flatMap((entity) =>
    heads.map((column): TextOperation => ({ kind: 'removeColumn', path: demoRowsPath(entity), column })),
  );
}

/** ` (3 uses are left)` for labels; '' when nothing outside speaks of the targets. */
export function usesLeft({ model }: CommandContext, targets: readonly Target[], gone: ReadonlySet<string>): string {
  const places = new Set<string>();
  for (const target of targets) {
    for (const { document, path } of usages(model, target)) {
      if (!gone.has(document)) places.add(JSON.stringify([document, path]));
    }
  }
  if (places.size === 0) return '';
  return places.size === 1 ? ' (1 use is left)' : ` (${places.size} uses are left)`;
}
