import { err, ok } from '@skerry/shared/base/result';
import type { DocumentStep } from '@skerry/shared/metamodel/change/edit';
import { projectFile } from '@skerry/shared/metamodel/paths';
import type { FileOperation } from '@skerry/shared/refactoring/file-operation';
import { type Rename, rename } from '@skerry/shared/refactoring/rename';
import { type Declaration, declarations } from '@skerry/shared/refactoring/target';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, type CommandContext, refuse } from './command.ts';
import { Draft } from './draft.ts';
import { renameInner } from './rename-inner.ts';

/** element.rename */
export const renameElement: Command<CommandArguments<'element.rename'>> = (context, { document, element, name }) => {
  const target = declarations(context.model, document).find(({ id }) => id === element);
  if (!target) return renameInner(context, document, element, name);
  const renamed = rename(context.model, target, name);
  if (!renamed.ok) return err(renamed.error);
  const { edit, texts } = withFollowers(context, renamed.value);
  return ok({ label: `Rename ${target.simpleName} to ${name}`, edit, texts, created: [] });
};

/** The declaration of an element; refused when it has no name that others could speak of. */
export function declarationOf(context: CommandContext, document: string, element: string): Declaration {
  const found = declarations(context.model, document).find(({ id }) => id === element);
  if (found) return found;
  new Draft(context).read(document);
  return refuse('command/no-such-element', `There is nothing to be named at ${element} in ${document}.`, {
    document,
    element,
  });
}

/** Sidecars are documents to us and move with the edit; the other files follow as texts. */
export function withFollowers(
  { content }: CommandContext,
  { edit, files }: Pick<Rename, 'edit' | 'files'>,
): { edit: readonly DocumentStep[]; texts: readonly FileOperation[] } {
  const isLayout = ({ path }: FileOperation) => projectFile(path)?.role === 'layout';
  const moves = files.flatMap((file): DocumentStep[] =>
    file.kind === 'move' && isLayout(file) && content.has(file.path) ? [{ ...file, kind: 'move' }] : [],
  );
  return { edit: [...edit, ...moves], texts: files.filter((file) => !isLayout(file)) };
}
