import type { JsonObject } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { withValues } from '@skerry/shared/metamodel/ids';
import { DOCUMENT_KINDS } from '@skerry/shared/metamodel/kinds';
import { readModel } from '@skerry/shared/metamodel/model';
import { documentPath, documentPlace } from '@skerry/shared/metamodel/paths';
import { documentShape } from '@skerry/shared/metamodel/shape';
import { declarations } from '@skerry/shared/refactoring/target';
import { type CommandContext, type Planned, refuse } from './command.ts';
import { createdAt, mustBeFreePath } from './create-document.ts';
import { Draft } from './draft.ts';
import { withFreshIds } from './fresh-ids.ts';
import { setBoxes } from './layout-commands.ts';
import { documentNames, freeName } from './names.ts';
import { requalify } from './requalify.ts';

/**
 * A document from here or from another project, in the module of the document at `beside`: with new ids, free names,
 * and what it says of itself said of the copy.
 */
export function pasteDocument(
  context: CommandContext,
  beside: string,
  path: string,
  content: JsonObject,
  layout: JsonObject,
): Planned {
  const draft = new Draft(context);
  const place = documentPlace(path);
  const module = documentPlace(beside)?.module ?? '';
  if (!place || place.kind !== content.kind || DOCUMENT_KINDS[place.kind].folder === undefined || module === '') {
    refuse('clipboard/does-not-fit', 'What the clipboard holds has no place in a module.', { document: beside });
  }
  draft.read(`modules/${module}/module.json`);
  // Its own place in a model where it is the one that stands there, so that what it says of itself can be found.
  const sources = [...context.model.documents].map(([at, { source }]) => [at, source] as const);
  const model = readModel(new Map([...sources.filter(([at]) => !at.startsWith('modules/System/')), [path, content]]));
  const taken = documentNames(context.model, place.kind, module);
  const own = declarations(model, path).filter((each) => each.path.length === 0 || each.kind === 'association');
  const targets = own.map((each) => ({ ...each, toModule: module, toName: freeName(each.simpleName, taken) }));
  const spoken = requalify(model, targets, [path]).get(path) ?? content;
  const named = withValues(
    spoken,
    targets.map((target) => [[...target.path, 'name'], target.toName]),
  );
  const { values, ids } = withFreshIds([named], [documentShape(place.kind)], context.random);
  const name = targets.find((target) => target.path.length === 0)?.toName ?? place.name;
  const to = documentPath({ ...place, module, name });
  mustBeFreePath(draft, to);
  draft.write(to, values[0] as JsonObject);
  const boxes = [...ids].flatMap(([from, id]): [string, { [key: string]: number }][] => {
    const box = layout[from];
    return isObject(box) ? [[id, box as { [key: string]: number }]] : [];
  });
  if (boxes.length > 0) setBoxes(draft, to, Object.fromEntries(boxes));
  return ok(draft.plan(`Paste ${name}`, { created: [createdAt(draft, to)] }));
}
