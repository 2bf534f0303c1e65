import type { Json, JsonObject } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { documentPlace, layoutPath } from '@skerry/shared/metamodel/paths';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { type CommandContext, refuse } from '../commands/command.ts';
import { Draft } from '../commands/draft.ts';
import { elementPath, isList, valueAt } from '../commands/place.ts';

const KIND = 'skerry/clipboard';
const VERSION = 1;

/** What the clipboard holds: parts of one document, or one whole document. Plain JSON, so that it travels as text. */
export interface Clipboard {
  readonly kind: typeof KIND;
  readonly version: typeof VERSION;
  /** Elements by the list they stood in. */
  readonly items: readonly { readonly list: string; readonly value: JsonObject }[];
  /** Geometry by element id. */
  readonly boxes: JsonObject;
  /** A whole document, with the path it stood at. */
  readonly document?: { readonly path: string; readonly content: JsonObject };
}

/** Elements of a document as text, edges between copied nodes included; the document's own id copies all of it. */
export function copyElements(context: CommandContext, document: string, elements: readonly string[]): string {
  const content = new Draft(context).read(document);
  const ids = new Set(elements);
  const layout = context.content.get(layoutPath(document)) ?? {};
  const paths = elements.map((id) => elementPath(document, content, id));
  if (paths.some((path) => path.length === 0)) {
    return print({ items: [], boxes: layout, document: { path: document, content } });
  }
  // What stands inside something copied comes with it.
  const outer = paths.filter(
    (path) => !paths.some((other) => other.length < path.length && other.every((key, i) => path[i] === key)),
  );
  const items = outer
    .toSorted((a, b) => compareInOrder(document, content, a, b))
    .map((path) => ({ list: String(path.at(-2)), value: valueAt(content, path) as JsonObject }));
  const owners = new Map(outer.map((path) => [JSON.stringify(path.slice(0, -2)), path.slice(0, -2)]));
  for (const owner of owners.values()) {
    const flows = valueAt(content, [...owner, 'flows']);
    for (const flow of isList(flows) ? flows : []) {
      if (!isObject(flow) || ids.has(String(flow.id))) continue;
      if (ids.has(String(flow.from)) && ids.has(String(flow.to))) items.push({ list: 'flows', value: flow });
    }
  }
  const inside = walkDocument(document, content).elements.filter(({ path }) =>
    outer.some((each) => each.every((key, i) => path[i] === key)),
  );
  const boxes = inside.flatMap(({ id }): [string, Json][] => {
    const box = layout[id];
    return box === undefined ? [] : [[id, box]];
  });
  return print({ items, boxes: Object.fromEntries(boxes) });
}

/** Refused with `clipboard/not-ours`, `clipboard/newer`. */
export function readClipboard(text: string): Clipboard {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { kind, version, items, boxes, document } = (isObject(value) ? value : {}) as Partial<Clipboard>;
  if (kind !== KIND) refuse('clipboard/not-ours', 'The clipboard holds nothing that was copied in the studio.');
  if (version !== VERSION) refuse('clipboard/newer', 'The clipboard was filled by another version of the studio.');
  const isWhole = Array.isArray(items) && items.every((item) => isObject(item?.value) && typeof item.list === 'string');
  const isPlaced = document === undefined || (isObject(document.content) && documentPlace(String(document.path)));
  if (!isWhole || !isPlaced) refuse('clipboard/not-ours', 'What the clipboard holds is damaged. Copy again.');
  return { kind, version, items, boxes: isObject(boxes) ? boxes : {}, ...(document ? { document } : {}) };
}

function print(clipboard: Omit<Clipboard, 'kind' | 'version'>): string {
  return `${JSON.stringify({ kind: KIND, version: VERSION, ...clipboard }, null, 2)}\n`;
}

function compareInOrder(
  document: string,
  content: JsonObject,
  a: readonly (string | number)[],
  b: readonly (string | number)[],
): number {
  const { elements } = walkDocument(document, content);
  const at = (path: readonly (string | number)[]) =>
    elements.findIndex((element) => element.path.join('/') === path.join('/'));
  return at(a) - at(b);
}
