import type { Json, JsonObject } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { resolveShape, type Shape, shapeAt } from '@skerry/shared/metamodel/shape';
import { elementKind } from '@skerry/shared/metamodel/walk';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import type { Command, CommandContext } from './command.ts';
import { Draft } from './draft.ts';
import { withFreshIds } from './fresh-ids.ts';
import { inWords, nameOfElement } from './labels.ts';
import { freeName, mustBeFree, namesBeside } from './names.ts';
import { concretePath, elementPath, inserted, listAt, shapeAtPath, withValueAt } from './place.ts';

/** element.insert */
export const insertElement: Command<CommandArguments<'element.insert'>> = (context, args) => {
  const { document, element, list, value, after } = args;
  const draft = new Draft(context);
  const content = draft.read(document);
  const at = concretePath(document, content, elementPath(document, content, element), list);
  const items = listAt(document, content, at);
  const shape = shapeAtPath(content, at);
  const item = shape?.kind === 'list' ? shape.item : undefined;
  const kind = elementKind(String(list.at(-1)));
  const named = withName(context, document, content, kind, value, item);
  const made = withFreshIds([named], [item], context.random).values[0] as JsonObject;
  draft.write(document, withValueAt(content, at, inserted(document, items, [made], after) as Json));
  const what = typeof made.name === 'string' ? made.name : inWords(String(made.kind ?? kind));
  const created = [{ document, ...(typeof made.id === 'string' ? { element: made.id } : {}) }];
  const where = nameOfElement(document, content, element);
  return ok(draft.plan(`Add ${what} to ${where}`, { created }));
};

/** The value with the name it asks for, or with a free one where its shape wants a name. */
function withName(
  context: CommandContext,
  document: string,
  content: JsonObject,
  kind: string,
  value: JsonObject,
  shape: Shape | undefined,
): JsonObject {
  const nameShape = shapeAt(resolveShape(shape, value), 'name');
  if (nameShape?.kind !== 'leaf' || nameShape.role?.kind !== 'name') return value;
  const taken = namesBeside(context.model, document, content, kind);
  if (typeof value.name === 'string') {
    mustBeFree(kind, value.name, taken, document);
    return value;
  }
  return { ...value, name: freeName(startingName(kind, value), taken) };
}

/** Widgets are called by their kind and numbered from 1; other elements by what they are. */
function startingName(kind: string, value: JsonObject): string {
  if (kind === 'widget') return `${String(value.kind ?? 'widget')}1`;
  return kind.slice(0, 1).toUpperCase() + kind.slice(1);
}
