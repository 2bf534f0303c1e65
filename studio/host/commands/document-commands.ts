import type { JsonObject } from '@skerry/shared/base/json';
import { err, ok } from '@skerry/shared/base/result';
import { parseDocument } from '@skerry/shared/metamodel/canonical';
import { DOCUMENT_KINDS } from '@skerry/shared/metamodel/kinds';
import { actionSourcePath, documentPlace } from '@skerry/shared/metamodel/paths';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { copyDocument } from '@skerry/shared/refactoring/copy-document';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, type CommandContext, refuse } from './command.ts';
import { mustBeFreePath } from './create-document.ts';
import { Draft } from './draft.ts';
import { nameOfDocument } from './labels.ts';
import { documentNames, freeName } from './names.ts';
import type { TextOperation } from './text-operation.ts';

/** document.duplicate */
export const duplicateDocument: Command<CommandArguments<'document.duplicate'>> = (context, { document, name }) => {
  const draft = new Draft(context);
  const content = draft.read(document);
  const place = documentPlace(document);
  if (!place || typeof content.name !== 'string' || place.name === '' || !(place.kind in DOCUMENT_KINDS)) {
    refuse('command/not-copyable', `There can be one ${document} only.`, { document });
  }
  const wanted = name ?? freeName(content.name, documentNames(context.model, place.kind, place.module));
  const copied = copyDocument(context.model, document, wanted, context.random);
  if (!copied.ok) return err(copied.error);
  const created = copied.value.flatMap((step) => (step.kind === 'create' ? [step] : []));
  for (const { path, content } of created) {
    mustBeFreePath(draft, path);
    draft.write(path, content);
  }
  const texts = created.flatMap(({ path }): TextOperation[] =>
    place.kind === 'javaScriptAction'
      ? [{ kind: 'copy', path: actionSourcePath(document), to: actionSourcePath(path) }]
      : [],
  );
  return ok(
    draft.plan(`Duplicate ${nameOfDocument(document, content)}`, {
      texts,
      created: created.map(({ path, content }) => ({ document: path, element: String(content.id) })),
    }),
  );
};

/** document.setText */
export const setText: Command<CommandArguments<'document.setText'>> = (context, { document, text, merge }) => {
  const draft = new Draft(context);
  const before = draft.read(document);
  const { content, diagnostics } = parseDocument(document, text);
  if (!content) return err(diagnostics);
  for (const key of ['kind', 'format', 'id'] as const) {
    if (content[key] !== before[key]) {
      refuse('command/fixed-value', `"${key}" of a document stays ${JSON.stringify(before[key])}.`, {
        document,
        path: [key],
      });
    }
  }
  if (content.name !== before.name && before.kind !== 'app') {
    refuse(
      'command/rename-instead',
      'A document is renamed by renaming (F2), which takes everything that speaks of it along.',
      {
        document,
        path: ['name'],
      },
    );
  }
  checkIds(context, document, before, content);
  draft.write(document, content);
  const label = `Edit the text of ${nameOfDocument(document, before)}`;
  return ok(draft.plan(label, merge === undefined ? {} : { merge }));
};

/** Refuses a text in which an element has the id of another one, here or elsewhere. */
function checkIds({ content: all }: CommandContext, document: string, before: JsonObject, after: JsonObject): void {
  const known = new Set(walkDocument(document, before).elements.map(({ id }) => id));
  const ids = walkDocument(document, after).elements.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  const come = new Set(ids.filter((id) => !known.has(id)));
  const other =
    come.size === 0
      ? undefined
      : [...all].find(
          ([path, content]) =>
            path !== document &&
            documentPlace(path) &&
            walkDocument(path, content).elements.some(({ id }) => come.has(id)),
        );
  if (twice === undefined && !other) return;
  const where = twice === undefined ? `one in ${other?.[0]}` : `another one in the text (${twice})`;
  refuse('project/duplicate-id', `An element of the text has the id of ${where}. Give each an id of its own.`, {
    document,
  });
}
