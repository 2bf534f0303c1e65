import type { Json, JsonObject } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { elementKind } from '@skerry/shared/metamodel/walk';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Clipboard, readClipboard } from '../clipboard/clipboard.ts';
import { type Command, type CommandContext, type Planned, refuse } from './command.ts';
import { duplicateDocument } from './document-commands.ts';
import { Draft } from './draft.ts';
import { freshCopies } from './fresh-copies.ts';
import { inWords, nameOfElement } from './labels.ts';
import { setBoxes } from './layout-commands.ts';
import { pasteDocument } from './paste-document.ts';
import { concretePath, elementPath, inserted, listAt, shapeAtPath, valueAt, withValueAt } from './place.ts';

/** How far copies of boxes stand from what they are copies of. */
const OFFSET = 20;

interface Target {
  readonly document: string;
  readonly element?: string | undefined;
  readonly list: readonly (string | number)[];
  readonly after?: string | null | undefined;
}

/** element.paste; a whole document is pasted into the module of `document`. */
export const pasteElements: Command<CommandArguments<'element.paste'>> = (context, args) => {
  const clipboard = readClipboard(args.clipboard);
  if (clipboard.document)
    return pasteDocument(context, args.document, clipboard.document.path, clipboard.document.content, clipboard.boxes);
  return paste(context, args, clipboard, 'Paste');
};

/** element.duplicate */
export const duplicateElement: Command<CommandArguments<'element.duplicate'>> = (context, { document, element }) => {
  const content = new Draft(context).read(document);
  const path = elementPath(document, content, element);
  if (path.length === 0) return duplicateDocument(context, { document });
  const target = { document, list: path.slice(0, -1), after: element };
  const item = { list: String(path.at(-2)), value: valueAt(content, path) as JsonObject };
  const layout = context.content.get(`${document.slice(0, -'.json'.length)}.layout.json`) ?? {};
  return paste(context, target, { items: [item], boxes: layout }, 'Duplicate');
};

function paste(
  context: CommandContext,
  { document, element, list, after }: Target,
  { items, boxes }: Pick<Clipboard, 'items' | 'boxes'>,
  verb: string,
): Planned {
  const draft = new Draft(context);
  const content = draft.read(document);
  const at = concretePath(document, content, elementPath(document, content, element), list);
  const edgesAt = [...at.slice(0, -1), 'flows'];
  const kind = elementKind(String(at.at(-1)));
  const placed = items.map(({ list: from, value }) => {
    const isEdge = from === 'flows' && kind === 'node';
    const fits = isEdge || elementKind(from) === kind;
    if (!fits) {
      const message = `A ${inWords(elementKind(from))} cannot be pasted where a ${inWords(kind)} is expected.`;
      refuse('clipboard/does-not-fit', message, { document, path: at });
    }
    const shape = shapeAtPath(content, isEdge ? edgesAt : at);
    return { list: from, value, isEdge, shape: shape?.kind === 'list' ? shape.item : undefined };
  });
  if (placed.length === 0) refuse('clipboard/does-not-fit', 'The clipboard holds nothing to paste.', { document });
  const { values, ids } = freshCopies(context, document, content, placed);
  const main = values.filter((_, i) => !placed[i]?.isEdge);
  const edges = values.filter((_, i) => placed[i]?.isEdge);
  let pasted = withValueAt(content, at, inserted(document, listAt(document, content, at), main, after) as Json);
  if (edges.length > 0) {
    pasted = withValueAt(pasted, edgesAt, [...listAt(document, pasted, edgesAt), ...edges] as Json);
  }
  draft.write(document, pasted);
  const moved = [...ids].flatMap(([from, to]): [string, Box][] => {
    const box = boxes[from];
    return isBox(box) ? [[to, { ...box, x: box.x + OFFSET, y: box.y + OFFSET }]] : [];
  });
  if (moved.length > 0) setBoxes(draft, document, Object.fromEntries(moved));
  const created = main.flatMap((value) =>
    isObject(value) && typeof value.id === 'string' ? [{ document, element: value.id }] : [],
  );
  const [only] = items;
  const name = items.length === 1 && typeof only?.value.name === 'string' ? only.value.name : inWords(kind);
  const what = main.length === 1 ? name : `${main.length} elements`;
  return ok(draft.plan(`${verb} ${what} in ${nameOfElement(document, content, element)}`, { created }));
}

type Box = { readonly [key: string]: number | undefined; readonly x: number; readonly y: number };

function isBox(value: Json | undefined): value is Box {
  return isObject(value) && typeof value.x === 'number' && typeof value.y === 'number';
}
