import type { Diagnostic } from '../base/diagnostic.ts';
import type { JsonObject } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import { diff } from '../metamodel/change/diff.ts';
import type { Edit } from '../metamodel/change/edit.ts';
import { domainView } from '../metamodel/domain-view.ts';
import { withValues } from '../metamodel/ids.ts';
import type { Documents, Model } from '../metamodel/model.ts';
import { demoRowsPath, documentPath, documentPlace } from '../metamodel/paths.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import { checkName } from './check-name.ts';
import { type FileOperation, followersOf } from './file-operation.ts';
import { type Rewriting, rewriteMentions } from './rewrite-mentions.ts';
import { type Declaration, findDeclaration, type Target } from './target.ts';
import { usages } from './usages.ts';

export interface Rename {
  readonly edit: Edit;
  /** Geometry, action sources and demo rows that follow. */
  readonly files: readonly FileOperation[];
  /** The element's own name first. */
  readonly preview: readonly Rewriting[];
}

/**
 * Gives a target another simple name and rewrites everything that speaks of it, in references and inside texts. Ids
 * stay. Errors: `rename/no-such-element` and those of checkName.
 */
export function rename(model: Model, target: Target, newName: string): Result<Rename, readonly Diagnostic[]> {
  const declaration = findDeclaration(model, target);
  if (!declaration) {
    const message = `There is no ${target.kind} ${target.name}.`;
    return err([{ code: 'rename/no-such-element', severity: 'error', message }]);
  }
  if (newName === declaration.simpleName) return ok({ edit: [], files: [], preview: [] });
  const problems = checkName(model, declaration, newName);
  if (problems.length > 0) return err(problems);

  const before: Documents = new Map(
    [...model.documents].flatMap(([path, { source }]) => (isSystemPath(path) ? [] : [[path, source]])),
  );
  const mentions = usages(model, target);
  const rewritten = rewriteMentions(before, mentions, () => newName);
  const declared = rewritten.documents.get(declaration.document) as JsonObject;
  const named = withValues(declared, [[[...declaration.path, 'name'], newName]]);
  const moved = moves(before, declaration, newName);
  const after = new Map(
    [...rewritten.documents].map(([path, content]) => [
      moved.get(path) ?? path,
      path === declaration.document ? named : content,
    ]),
  );
  const own: Rewriting = {
    document: declaration.document,
    path: [...declaration.path, 'name'],
    element: declaration.id,
    before: declaration.simpleName,
    after: newName,
  };
  const edit = diff(before, after);
  return ok({
    edit,
    // Columns and cells first, while the demo rows are still where they were.
    files: [...demoRows(model, declaration, newName), ...followersOf(edit)],
    preview: [own, ...rewritten.preview],
  });
}

/** New paths of the documents that stand under the old name. */
function moves(
  documents: Documents,
  { kind, document, path }: Declaration,
  newName: string,
): ReadonlyMap<string, string> {
  const moved = new Map<string, string>();
  if (path.length > 0) return moved;
  const place = documentPlace(document);
  if (!place) return moved;
  if (kind !== 'module') return moved.set(document, documentPath({ ...place, name: newName }));
  for (const each of documents.keys()) {
    const below = documentPlace(each);
    if (below?.module === place.module) moved.set(each, documentPath({ ...below, module: newName }));
  }
  return moved;
}

/** Heads and cells of demo rows that carry the name. */
function demoRows(model: Model, declaration: Declaration, to: string): FileOperation[] {
  const view = domainView(model);
  const from = declaration.simpleName;
  const owner = model.documents.get(declaration.document)?.qualifiedName ?? '';
  if (declaration.kind === 'attribute' || declaration.kind === 'association') {
    const qualified = declaration.name;
    return [owner, ...view.specialisations(owner)].flatMap((entity): FileOperation[] => {
      const path = demoRowsPath(entity);
      const short: FileOperation = { kind: 'renameColumn', path, from, to };
      if (declaration.kind === 'attribute') return [short];
      const long = `${qualified.slice(0, -from.length)}${to}`;
      return [short, { kind: 'renameColumn', path, from: qualified, to: long }];
    });
  }
  if (declaration.kind !== 'enumerationValue') return [];
  return [...model.all('entity').keys()].flatMap((entity) =>
    [...view.attributes(entity).values()]
      .filter(({ type }) => type.kind === 'Enumeration' && type.enumeration === owner)
      .map(({ name }): FileOperation => ({ kind: 'renameValue', path: demoRowsPath(entity), column: name, from, to })),
  );
}
