import { ok } from '@skerry/shared/base/result';
import { isObject } from '@skerry/shared/metamodel/canonical';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { DOCUMENT_KINDS } from '@skerry/shared/metamodel/kinds';
import { demoRowsPath, documentPath, documentPlace, layoutPath } from '@skerry/shared/metamodel/paths';
import { followersOf } from '@skerry/shared/refactoring/file-operation';
import { type Declaration, declarations } from '@skerry/shared/refactoring/target';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, type CommandContext, refuse } from './command.ts';
import { checkFolders, mustBeFreePath } from './create-document.ts';
import { Draft } from './draft.ts';
import { nameOfDocument } from './labels.ts';
import { setBoxes } from './layout-commands.ts';
import { documentNames, mustBeFree } from './names.ts';
import { withFollowers } from './rename-element.ts';
import { requalify } from './requalify.ts';
import type { TextOperation } from './text-operation.ts';

/** document.move */
export const moveDocument: Command<CommandArguments<'document.move'>> = (context, args) => {
  const { document, folders } = args;
  const draft = new Draft(context);
  const content = draft.read(document);
  const place = documentPlace(document);
  if (!place || DOCUMENT_KINDS[place.kind].folder === undefined) {
    refuse('command/not-movable', `${document} has one place only.`, { document });
  }
  checkFolders(folders);
  const module = args.module ?? place.module;
  const to = documentPath({ ...place, module, folders });
  const name = nameOfDocument(document, content);
  if (to === document) return ok(draft.plan(`Move ${name}`));
  mustBeFreePath(draft, to);
  const heads = module === place.module ? [] : moveReferences(context, draft, document, module);
  const moved = draft.read(document);
  draft.write(document, undefined);
  draft.write(to, moved);
  if (module !== place.module) moveBox(draft, place.module, module, moved.id);
  const files = followersOf([{ kind: 'move', path: document, to }]);
  const { edit, texts } = withFollowers(context, { edit: draft.edit(), files });
  // Columns first, while the demo rows are still where they were.
  const where = [module === place.module ? [] : [module], folders].flat().join('/') || place.module;
  return ok({ label: `Move ${name} to ${where}`, edit, texts: [...heads, ...texts], created: [{ document: to }] });
};

/** Rewrites what speaks of the document and of its associations, which belong to its module. */
function moveReferences(context: CommandContext, draft: Draft, document: string, module: string): TextOperation[] {
  const { model } = context;
  draft.read(`modules/${module}/module.json`);
  const moving = declarations(model, document).filter(({ path, kind }) => path.length === 0 || kind === 'association');
  const kind = documentPlace(document)?.kind ?? 'entity';
  const taken = documentNames(model, kind, module);
  for (const { kind, simpleName } of moving) mustBeFree(kind, simpleName, taken, document);
  const targets = moving.map((target) => ({ ...target, toModule: module, toName: target.simpleName }));
  for (const [path, after] of requalify(model, targets)) draft.write(path, after);
  return moving.flatMap((declaration) => demoHeads(context, declaration, module));
}

/** Heads of demo rows that name an association with its module. */
function demoHeads({ model }: CommandContext, declaration: Declaration, module: string): TextOperation[] {
  if (declaration.kind !== 'association') return [];
  const owner = model.documents.get(declaration.document)?.qualifiedName ?? '';
  const to = `${module}.${declaration.simpleName}`;
  return [owner, ...domainView(model).specialisations(owner)].map((entity) => ({
    kind: 'renameColumn',
    path: demoRowsPath(entity),
    from: declaration.name,
    to,
  }));
}

/** The box of an entity goes along to the other module's diagram. */
function moveBox(draft: Draft, from: string, to: string, id: unknown): void {
  const diagram = (module: string) => `modules/${module}/domain.json`;
  const box = typeof id === 'string' ? draft.find(layoutPath(diagram(from)))?.[id] : undefined;
  if (typeof id !== 'string' || !isObject(box)) return;
  setBoxes(draft, diagram(from), { [id]: null });
  setBoxes(draft, diagram(to), { [id]: box as { [key: string]: number } });
}
