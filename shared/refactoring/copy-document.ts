import type { Diagnostic } from '../base/diagnostic.ts';
import type { JsonObject } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Edit } from '../metamodel/change/edit.ts';
import { type RandomBytes, withNewIds, withValues } from '../metamodel/ids.ts';
import type { Model } from '../metamodel/model.ts';
import { documentPath, documentPlace } from '../metamodel/paths.ts';
import { checkName } from './check-name.ts';
import { mentionsInDocument } from './mentions-in-document.ts';
import { rewriteMentions } from './rewrite-mentions.ts';
import { type Declaration, declarations } from './target.ts';

/**
 * Copies a document beside itself under a new name. Every element of the copy has a new id; what the document says
 * about itself is said about the copy; associations, whose names are the module's, get names of their own. Geometry is
 * laid out anew. Errors: `copy/no-such-document` and those of checkName.
 */
export function copyDocument(
  model: Model,
  path: string,
  newName: string,
  random: RandomBytes,
): Result<Edit, readonly Diagnostic[]> {
  const document = model.documents.get(path);
  const place = documentPlace(path);
  const [own, ...inner] = declarations(model, path);
  if (!document || !place || own?.path.length !== 0 || place.name === '') {
    const message = `There is no document to copy at ${path}.`;
    return err([{ code: 'copy/no-such-document', severity: 'error', message, document: path }]);
  }
  const problems = checkName(model, { ...own, id: '' }, newName);
  if (problems.length > 0) return err(problems);

  const names = new Map([[key(own), newName]]);
  const renamed: [readonly (string | number)[], string][] = [[['name'], newName]];
  for (const association of inner.filter(({ kind }) => kind === 'association')) {
    const name = associationName(model, association, own.simpleName, newName);
    names.set(key(association), name);
    renamed.push([[...association.path, 'name'], name]);
  }
  const mentions = mentionsInDocument(model, document).filter((mention) => names.has(key(mention)));
  const rewritten = rewriteMentions(
    new Map([[path, document.source]]),
    mentions,
    (mention) => names.get(key(mention)) as string,
  );
  const named = withValues(rewritten.documents.get(path) as JsonObject, renamed);
  const to = documentPath({ ...place, name: newName });
  return ok([{ kind: 'create', path: to, content: withNewIds(to, named, random) }]);
}

function key({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}

/** `Site_Region` of Site becomes `Harbour_Region` of Harbour; with a number when that is taken. */
function associationName(model: Model, association: Declaration, owner: string, newOwner: string): string {
  const { simpleName } = association;
  const wanted = simpleName.startsWith(owner) ? newOwner + simpleName.slice(owner.length) : `${newOwner}_${simpleName}`;
  let name = wanted;
  for (let i = 2; checkName(model, { ...association, id: '' }, name).length > 0; i++) name = `${wanted}${i}`;
  return name;
}
