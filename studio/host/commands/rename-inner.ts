import type { Json, JsonObject } from '@skerry/shared/base/json';
import { ok } from '@skerry/shared/base/result';
import { tokenize } from '@skerry/shared/expression/lexer';
import { withValues } from '@skerry/shared/metamodel/ids';
import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import { type DocumentPath, type Walked, type WalkedElement, walkDocument } from '@skerry/shared/metamodel/walk';
import { renameKeys } from '@skerry/shared/refactoring/rename-keys';
import { type CommandContext, type Planned, refuse } from './command.ts';
import { Draft } from './draft.ts';
import { innerNames, mustBeFree } from './names.ts';

/** Renames what only its own document speaks of (widgets, tabs), and parameters, whose callers name them. */
export function renameInner(context: CommandContext, document: string, element: string, name: string): Planned {
  const draft = new Draft(context);
  const content = draft.read(document);
  const walked = walkDocument(document, content);
  const found = walked.elements.find(({ id }) => id === element);
  if (found?.name === undefined) {
    refuse('command/no-such-element', `There is nothing to be named at ${element} in ${document}.`, {
      document,
      element,
    });
  }
  const before = found.name;
  const label = `Rename ${before} to ${name}`;
  if (name === before) return ok(draft.plan(label));
  const taken = innerNames(document, content, found.kind);
  taken.delete(before.toLowerCase());
  mustBeFree(found.kind, name, taken, document);
  const own: [DocumentPath, Json][] = [[[...found.path, 'name'], name]];
  const spoken = found.kind === 'parameter' ? readsOf(walked, before, name) : listenersOf(walked, found, name);
  draft.write(document, withValues(content, [...own, ...spoken]));
  if (found.kind === 'parameter') renameArguments(context, draft, document, before, name);
  return ok(draft.plan(label));
}

function listenersOf({ references }: Walked, { kind, name }: WalkedElement, to: string): [DocumentPath, Json][] {
  if (kind !== 'widget') return [];
  return references.filter((each) => each.kind === 'widget' && each.name === name).map(({ path }) => [path, to]);
}

/** Where a parameter is read: as a variable, and in texts. */
function readsOf({ variables, slots }: Walked, name: string, to: string): [DocumentPath, Json][] {
  const read = variables.filter((each) => each.name === name && !each.declares);
  return [
    ...read.map(({ path }): [DocumentPath, Json] => [path, to]),
    ...slots.flatMap(({ language, path, text }): [DocumentPath, Json][] => {
      if (language !== 'expression' && language !== 'constraint') return [];
      const after = withVariable(text, name, to, language === 'constraint');
      return after === text ? [] : [[path, after]];
    }),
  ];
}

function withVariable(text: string, name: string, to: string, hyphens: boolean): string {
  let written = '';
  let at = 0;
  for (const token of tokenize(text, { hyphens })) {
    if (token.kind !== 'variable' || token.text !== name) continue;
    written += `${text.slice(at, token.start)}$${to}`;
    at = token.end;
  }
  return written + text.slice(at);
}

/** Callers give arguments by the names of parameters. */
function renameArguments(context: CommandContext, draft: Draft, document: string, name: string, to: string): void {
  const called = context.model.documents.get(document);
  if (!called) return;
  for (const path of context.model.documents.keys()) {
    if (isSystemPath(path)) continue;
    const content: JsonObject = draft.read(path);
    const keys = walkDocument(path, content).references.filter(
      (each) =>
        each.kind === 'parameter' &&
        each.name === name &&
        each.of?.kind === called.kind &&
        each.of.name === called.qualifiedName,
    );
    if (keys.length > 0) {
      draft.write(
        path,
        renameKeys(
          content,
          keys.map((each) => [each.path, to]),
        ),
      );
    }
  }
}
