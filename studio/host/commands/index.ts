import { err } from '@skerry/shared/base/result';
import { COMMANDS, type CommandArguments, type CommandName } from '@skerry/studio/bridge/commands/index';
import { type Command, type CommandContext, type Planned, Refusal } from './command.ts';
import { createDocument, createModule } from './create-document.ts';
import { deleteDocuments, deleteElements, deleteModule } from './delete-commands.ts';
import { duplicateDocument, setText } from './document-commands.ts';
import { createAssociation, createAttribute, createEntity, reverseAssociation } from './domain-commands.ts';
import { insertElement } from './insert-element.ts';
import { setLayout } from './layout-commands.ts';
import { moveDocument } from './move-document.ts';
import { moveElements } from './move-elements.ts';
import { duplicateElement, pasteElements } from './paste-elements.ts';
import { addEntity, removeEntity, resetEntity, setConstraint, setMode } from './profile-commands.ts';
import { renewId, setReference } from './reference-commands.ts';
import { renameElement } from './rename-element.ts';
import { setValues } from './set-values.ts';

const PLANS: { readonly [C in CommandName]: Command<CommandArguments<C>> } = {
  'element.set': setValues,
  'element.insert': insertElement,
  'element.move': moveElements,
  'element.delete': deleteElements,
  'element.duplicate': duplicateElement,
  'element.paste': pasteElements,
  'element.rename': renameElement,
  'element.renewId': renewId,
  'reference.set': setReference,
  'document.create': createDocument,
  'document.delete': deleteDocuments,
  'document.duplicate': duplicateDocument,
  'document.move': moveDocument,
  'document.setText': setText,
  'module.create': createModule,
  'module.delete': deleteModule,
  'entity.create': createEntity,
  'attribute.create': createAttribute,
  'association.create': createAssociation,
  'association.reverse': reverseAssociation,
  'layout.set': setLayout,
  'profile.setMode': setMode,
  'profile.setConstraint': setConstraint,
  'profile.reset': resetEntity,
  'profile.addEntity': addEntity,
  'profile.removeEntity': removeEntity,
};

/**
 * What a command comes to in the project as it is; changes nothing. Errors are those of the command, and
 * `command/unknown`, `command/bad-arguments`.
 */
export function planCommand(name: string, context: CommandContext, args: unknown): Planned {
  const refusal = (code: string, message: string) => err([{ code, severity: 'error' as const, message }]);
  if (!Object.hasOwn(COMMANDS, name)) return refusal('command/unknown', `There is no command ${name}.`);
  const command = name as CommandName;
  const parsed = COMMANDS[command].safeParse(args);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path, message }) => `${path.join('/') || 'all of them'}: ${message}`);
    return refusal('command/bad-arguments', `${name} cannot be run with these arguments (${where.join('; ')}).`);
  }
  try {
    return (PLANS[command] as Command<unknown>)(context, parsed.data);
  } catch (error) {
    if (error instanceof Refusal) return err(error.diagnostics);
    throw error;
  }
}
