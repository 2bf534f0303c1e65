import { equalJson, type JsonObject } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { documentPlace, layoutPath } from '@skerry/shared/metamodel/paths';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, refuse } from './command.ts';
import { Draft } from './draft.ts';
import { nameOfDocument } from './labels.ts';

/** layout.set */
export const setLayout: Command<CommandArguments<'layout.set'>> = (context, { document, boxes, label, merge }) => {
  const draft = new Draft(context);
  const place = documentPlace(document);
  // The diagram of a module is there even when its document is not.
  const isDiagram = place?.kind === 'domain' && draft.find(`modules/${place.module}/module.json`) !== undefined;
  if (!place) refuse('command/no-such-document', `No document has its place at ${document}.`, { document });
  if (!isDiagram) draft.read(document);
  setBoxes(draft, document, boxes);
  const count = Object.keys(boxes).length;
  const words = `Move ${count === 1 ? 'a box' : `${count} boxes`} of ${nameOfDocument(document, draft.find(document))}`;
  return ok(draft.plan(label ?? words, merge === undefined ? {} : { merge }));
};

type Box = { readonly [key: string]: number | undefined };

/** Writes geometry by element id into a document's sidecar; null forgets it. A sidecar that says nothing goes. */
export function setBoxes(draft: Draft, document: string, boxes: { readonly [id: string]: Box | null }): void {
  const path = layoutPath(document);
  const present = draft.find(path);
  const after = new Map(Object.entries(present ?? {}));
  for (const [id, box] of Object.entries(boxes)) {
    if (box === null) after.delete(id);
    else after.set(id, Object.fromEntries(Object.entries(box).filter(([, value]) => value !== undefined)));
  }
  const content: JsonObject = Object.fromEntries(after);
  if (equalJson(content, present ?? {})) return;
  draft.write(path, after.size === 0 ? undefined : content);
}
