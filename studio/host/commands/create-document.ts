import type { JsonObject } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { newElementId } from '@skerry/shared/metamodel/ids';
import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import { actionSourcePath, documentPath } from '@skerry/shared/metamodel/paths';
import { PROJECT_FORMAT } from '@skerry/shared/metamodel/schema';
import { documentShape } from '@skerry/shared/metamodel/shape';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { actionSource, beginning } from './beginnings.ts';
import { type Command, type CommandContext, refuse } from './command.ts';
import { Draft } from './draft.ts';
import { withFreshIds } from './fresh-ids.ts';
import { inWords } from './labels.ts';
import { documentNames, freeName, mustBeFree } from './names.ts';
import type { TextOperation } from './text-operation.ts';

const SINGLE: ReadonlySet<string> = new Set(['app', 'security', 'domain']);
const FOLDER = /^[A-Za-z0-9_][A-Za-z0-9_ .-]*$/;

/** document.create */
export const createDocument: Command<CommandArguments<'document.create'>> = (context, args) => {
  const { module, folders = [] } = args;
  const kind = knownKind(args.kind);
  const draft = new Draft(context);
  const inModule = DOCUMENT_KINDS[kind].folder !== undefined || kind === 'domain';
  if (inModule) draft.read(`modules/${module}/module.json`);
  checkFolders(folders);
  const name = newName(context, kind, module, args.name);
  const path = documentPath({ kind, module, folders, name });
  mustBeFreePath(draft, path);
  const given = args.content ?? beginning(context, kind, module, name);
  draft.write(path, newContent(context, kind, name, given));
  const texts: TextOperation[] =
    kind === 'javaScriptAction' ? [{ kind: 'write', path: actionSourcePath(path), text: actionSource(name) }] : [];
  const what = SINGLE.has(kind) ? inWords(kind) : `${inWords(kind)} ${name}`;
  return ok(draft.plan(`Add ${what}`, { texts, created: [createdAt(draft, path)] }));
};

/** module.create */
export const createModule: Command<CommandArguments<'module.create'>> = (context, args) => {
  const draft = new Draft(context);
  const taken = documentNames(context.model, 'module', '');
  if (args.name !== undefined) mustBeFree('module', args.name, taken, '');
  const name = args.name ?? freeName('Module', taken);
  const path = documentPath({ kind: 'module', module: name, folders: [], name: '' });
  mustBeFreePath(draft, path);
  const positions = [...context.model.all('module').values()].map(({ content }) => content.position);
  const content = { moduleRoles: [{ name: 'User' }], position: Math.max(0, ...positions) + 1 };
  draft.write(path, newContent(context, 'module', name, content));
  return ok(draft.plan(`Add module ${name}`, { created: [createdAt(draft, path)] }));
};

/** A whole document: what was given, with the keys that every document of the kind begins with, and new ids. */
export function newContent(context: CommandContext, kind: DocumentKind, name: string, given: JsonObject): JsonObject {
  const shape = documentShape(kind);
  const content: JsonObject = {
    ...given,
    format: PROJECT_FORMAT,
    kind,
    ...(shape.keys.has('id') ? { id: newElementId(context.random) } : {}),
    ...(shape.keys.has('name') ? { name } : {}),
  };
  return withFreshIds([content], [shape], context.random).values[0] as JsonObject;
}

export function checkFolders(folders: readonly string[]): void {
  const wrong = folders.find((folder) => !FOLDER.test(folder));
  if (wrong !== undefined) {
    refuse(
      'command/invalid-folder',
      `"${wrong}" is no name for a folder. Take letters, digits, blanks, _, - and dots.`,
    );
  }
}

export function mustBeFreePath(draft: Draft, path: string): void {
  if (!draft.isFree(path)) refuse('command/path-taken', `A file stands at ${path} already.`, { document: path });
}

export function createdAt(draft: Draft, document: string): { document: string; element?: string } {
  const id = draft.find(document)?.id;
  return { document, ...(typeof id === 'string' ? { element: id } : {}) };
}

function knownKind(kind: string): DocumentKind {
  if (!Object.hasOwn(DOCUMENT_KINDS, kind))
    refuse('command/unknown-kind', `There are no documents of the kind "${kind}".`);
  if (kind === 'module') refuse('command/unknown-kind', 'A module is made by module.create.');
  return kind as DocumentKind;
}

function newName(context: CommandContext, kind: DocumentKind, module: string, given: string | undefined): string {
  if (SINGLE.has(kind)) return '';
  if (kind === 'evolution') {
    if (given === undefined) refuse('command/invalid-name', 'Name the version that the decisions are for.');
    checkFolders([given]);
    return given;
  }
  const taken = documentNames(context.model, kind, module);
  if (given === undefined) return freeName(kind.slice(0, 1).toUpperCase() + kind.slice(1), taken);
  mustBeFree(kind, given, taken, '');
  return given;
}
