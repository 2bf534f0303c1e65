import { ok } from '@skerry/shared/base/result';
import { documentPlace } from '@skerry/shared/metamodel/paths';
import { declarations } from '@skerry/shared/refactoring/target';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, type CommandContext, type CommandPlan, refuse } from './command.ts';
import { Draft } from './draft.ts';
import { nameOfDocument, nameOfElement } from './labels.ts';
import { elementPath } from './place.ts';
import { removeDocument, removeElements, usesLeft } from './remove-parts.ts';
import type { TextOperation } from './text-operation.ts';

const STAYING: ReadonlySet<string | undefined> = new Set(['app', 'security', 'module']);

/** element.delete; of a document's own element: the document. */
export const deleteElements: Command<CommandArguments<'element.delete'>> = (context, { elements }) => {
  const draft = new Draft(context);
  const byDocument = Map.groupBy(elements, ({ document }) => document);
  const documents: string[] = [];
  const texts: TextOperation[] = [];
  const names: string[] = [];
  const targets = [];
  for (const [document, group] of byDocument) {
    const content = draft.read(document);
    const ids = new Set(group.map(({ element }) => element));
    for (const id of ids) names.push(nameOfElement(document, content, id));
    if ([...ids].some((id) => elementPath(document, content, id).length === 0)) {
      documents.push(document);
      continue;
    }
    targets.push(...declarations(context.model, document).filter(({ id }) => ids.has(id)));
    texts.push(...removeElements(context, draft, document, ids));
  }
  targets.push(...documents.flatMap((document) => spokenOf(context, document)));
  texts.push(...documents.flatMap((document) => remove(draft, document)));
  const what = names.length === 1 ? names[0] : `${names.length} elements`;
  return ok(draft.plan(`Delete ${what}${usesLeft(context, targets, new Set(documents))}`, { texts }));
};

/** document.delete */
export const deleteDocuments: Command<CommandArguments<'document.delete'>> = (context, args) => {
  const draft = new Draft(context);
  const documents = [...new Set(args.documents)];
  const [only] = documents;
  const what =
    documents.length === 1 && only !== undefined
      ? nameOfDocument(only, draft.find(only))
      : `${documents.length} documents`;
  const texts = documents.flatMap((document) => remove(draft, document));
  const targets = documents.flatMap((document) => spokenOf(context, document));
  return ok(draft.plan(`Delete ${what}${usesLeft(context, targets, new Set(documents))}`, { texts }));
};

/** module.delete */
export const deleteModule: Command<CommandArguments<'module.delete'>> = (
  context,
  { module },
): { ok: true; value: CommandPlan } => {
  const draft = new Draft(context);
  draft.read(`modules/${module}/module.json`);
  const inside = [...context.content.keys()].filter((path) => documentPlace(path)?.module === module);
  const texts = inside.flatMap((path) => removeDocument(draft, path));
  // The geometry of a diagram may be there without the diagram's own document.
  const diagram = `modules/${module}/domain.layout.json`;
  if (draft.find(diagram)) draft.write(diagram, undefined);
  const left = usesLeft(context, [{ kind: 'module', name: module }], new Set(inside));
  return ok(draft.plan(`Delete the module ${module}${left}`, { texts }));
};

function remove(draft: Draft, document: string): readonly TextOperation[] {
  const place = documentPlace(document);
  if (STAYING.has(place?.kind)) {
    const what = place?.kind === 'module' ? 'Delete the module with all its documents instead.' : 'Every app has one.';
    refuse('command/not-deletable', `${document} stays. ${what}`, { document });
  }
  return removeDocument(draft, document);
}

/** What others may say of a document: its own name, and those of associations, which belong to the module. */
function spokenOf({ model }: CommandContext, document: string) {
  return declarations(model, document).filter(({ path, kind }) => path.length === 0 || kind === 'association');
}
