import { ok } from '@skerry/shared/base/result';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';
import { type Command, refuse } from './command.ts';
import { Draft } from './draft.ts';
import { nameOfElement } from './labels.ts';
import { concretePath, elementPath, shapeAtPath, valueAt, withValueAt } from './place.ts';

/** element.set */
export const setValues: Command<CommandArguments<'element.set'>> = (context, { changes, label, merge }) => {
  const draft = new Draft(context);
  const touched: string[] = [];
  for (const { document, element, path, value } of changes) {
    const content = draft.read(document);
    const at = concretePath(document, content, elementPath(document, content, element), path);
    const key = at.at(-1);
    if (key === undefined) refuse('command/no-such-place', 'Name the key to set.', { document });
    const shape = shapeAtPath(content, at);
    const role = shape?.kind === 'leaf' ? shape.role?.kind : undefined;
    if (role === 'name' && valueAt(content, at) !== undefined && valueAt(content, at) !== value) {
      const message =
        'A name is changed by renaming (F2, element.rename), which takes everything that speaks of it along.';
      refuse('command/rename-instead', message, { document, path: at });
    }
    const isOwn = at.length === 1 && (key === 'kind' || key === 'format');
    if (isOwn || (role === 'id' && key === 'id')) {
      refuse('command/fixed-value', `${key} of an element stays what it is.`, { document, path: at });
    }
    draft.write(document, withValueAt(content, at, value));
    touched.push(`${String(key)} of ${nameOfElement(document, content, element)}`);
  }
  const words = touched.length === 1 ? `Change ${touched[0]}` : `Change ${touched.length} values`;
  return ok(draft.plan(label ?? words, merge === undefined ? {} : { merge }));
};
