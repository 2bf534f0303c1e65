import type { Json, JsonObject } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { isObject } from '@skerry/shared/metamodel/canonical';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, refuse } from './command.ts';
import { Draft } from './draft.ts';
import { nameOfElement } from './labels.ts';
import { concretePath, elementPath, inserted, isList, listAt, valueAt, withValueAt } from './place.ts';
import { withoutElements } from './remove-parts.ts';

/** element.move */
export const moveElements: Command<CommandArguments<'element.move'>> = (context, args) => {
  const { document, parent, list } = args;
  const draft = new Draft(context);
  const content = draft.read(document);
  const elements = [...new Set(args.elements)];
  const paths = elements.map((id) => elementPath(document, content, id));
  for (const path of paths) {
    if (path.length === 0) refuse('command/not-movable', 'A document is moved by document.move.', { document });
  }
  const target = concretePath(document, content, elementPath(document, content, parent), list);
  if (paths.some((path) => path.every((key, i) => target[i] === key))) {
    refuse('command/not-movable', 'An element cannot be moved into itself.', { document });
  }
  const values = paths.map((path) => valueAt(content, path) as JsonObject);
  const ids = new Set(elements);
  const after = behind(listAt(document, content, target), args.after, ids);
  const edges = edgesAmong(content, paths, ids);
  // Nodes that stay among the same ones keep their edges.
  const staysInList = paths.every((path) => samePath(path.slice(0, -1), target));
  const left = staysInList ? withoutItems(content, target, ids) : withoutElements(content, ids);
  const to = concretePath(document, left, elementPath(document, left, parent), list);
  let moved = withValueAt(left, to, inserted(document, listAt(document, left, to), values, after) as Json);
  if (!staysInList && edges.length > 0 && list.at(-1) === 'nodes') {
    const flows = [...to.slice(0, -1), 'flows'];
    moved = withValueAt(moved, flows, [...listAt(document, moved, flows), ...edges] as Json);
  }
  draft.write(document, moved);
  const [only] = elements;
  const what = elements.length === 1 ? nameOfElement(document, content, only) : `${elements.length} elements`;
  return ok(draft.plan(`Move ${what}`));
};

/** The id to insert behind: of the elements in front of the place, the nearest that does not move itself. */
function behind(list: readonly Json[], after: string | null | undefined, ids: ReadonlySet<string>) {
  if (after === undefined || after === null || !ids.has(after)) return after;
  const inFront = list.map((item) => (isObject(item) ? item.id : undefined));
  const at = inFront.indexOf(after);
  const found = inFront.slice(0, Math.max(at, 0)).findLast((id) => typeof id === 'string' && !ids.has(id));
  return typeof found === 'string' ? found : null;
}

function withoutItems(content: JsonObject, list: DocumentPath, ids: ReadonlySet<string>): JsonObject {
  const items = valueAt(content, list);
  const staying = isList(items) ? items.filter((item) => !isObject(item) || !ids.has(String(item.id))) : [];
  return withValueAt(content, list, staying);
}

/** Edges of a flow whose two ends both move. */
function edgesAmong(content: JsonObject, paths: readonly DocumentPath[], ids: ReadonlySet<string>): readonly Json[] {
  const owners = new Map(paths.map((path) => [JSON.stringify(path.slice(0, -2)), path.slice(0, -2)]));
  return [...owners.values()].flatMap((owner) => {
    const flows = valueAt(content, [...owner, 'flows']);
    if (!isList(flows)) return [];
    return flows.filter((flow) => isObject(flow) && ids.has(String(flow.from)) && ids.has(String(flow.to)));
  });
}

function samePath(a: DocumentPath, b: DocumentPath): boolean {
  return a.length === b.length && a.every((key, i) => b[i] === key);
}
