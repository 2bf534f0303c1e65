import type { Json } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { newElementId, withValues } from '@skerry/shared/metamodel/ids';
import { layoutPath } from '@skerry/shared/metamodel/paths';
import { type DocumentPath, walkDocument } from '@skerry/shared/metamodel/walk';
import { renameKeys } from '@skerry/shared/refactoring/rename-keys';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, refuse } from './command.ts';
import { Draft } from './draft.ts';
import { nameOfDocument, nameOfElement } from './labels.ts';
import { concretePath, valueAt } from './place.ts';

/** reference.set */
export const setReference: Command<CommandArguments<'reference.set'>> = (context, { document, path, name }) => {
  const draft = new Draft(context);
  const content = draft.read(document);
  const at = concretePath(document, content, [], path);
  const reference = walkDocument(document, content).references.find((each) => samePath(each.path, at));
  if (!reference) {
    refuse('command/no-such-reference', `No reference stands at ${path.join('/')} of ${document} any more.`, {
      document,
      path,
    });
  }
  const after = reference.key ? renameKeys(content, [[at, name]]) : withValues(content, [[at, name]]);
  draft.write(document, after);
  return ok(draft.plan(`Set ${reference.text} to ${name} in ${nameOfDocument(document, content)}`));
};

/** element.renewId; pointers follow, unless another element of the document keeps the id. */
export const renewId: Command<CommandArguments<'element.renewId'>> = (context, { document, path }) => {
  const draft = new Draft(context);
  const content = draft.read(document);
  const at = concretePath(document, content, [], path);
  const element = valueAt(content, at);
  if (!isObject(element) || typeof element.id !== 'string') {
    refuse('command/no-such-element', `There is no element at ${path.join('/') || 'the root'} of ${document}.`, {
      document,
      path,
    });
  }
  const { id } = element;
  const fresh = newElementId(context.random);
  const { elements, pointers } = walkDocument(document, content);
  const isShared = elements.filter((each) => each.id === id).length > 1;
  const follow = isShared ? [] : pointers.filter((pointer) => pointer.id === id);
  const changes: [DocumentPath, Json][] = [
    [[...at, 'id'], fresh],
    ...follow.map((each): [DocumentPath, Json] => [each.path, fresh]),
  ];
  draft.write(document, withValues(content, changes));
  const layout = draft.find(layoutPath(document));
  const box = layout?.[id];
  if (layout && box !== undefined)
    draft.write(layoutPath(document), { ...layout, [fresh]: box, ...(isShared ? {} : { [id]: undefined }) });
  const label = `Give ${nameOfElement(document, content, id)} a new id`;
  return ok(draft.plan(label, { created: [{ document, element: fresh }] }));
};

function samePath(a: DocumentPath, b: DocumentPath): boolean {
  return a.length === b.length && a.every((key, i) => b[i] === key);
}
