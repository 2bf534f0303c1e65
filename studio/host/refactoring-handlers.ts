import { rename } from '@skerry/shared/refactoring/rename';
import { declarations } from '@skerry/shared/refactoring/target';
import { usages } from '@skerry/shared/refactoring/usages';
import type { Handlers } from '@skerry/studio/bridge/calls/index';
import { copyElements } from './clipboard/clipboard.ts';
import { changedTexts } from './commands/changed-texts.ts';
import { Refusal } from './commands/command.ts';
import { planCommand } from './commands/index.ts';
import { declarationOf } from './commands/rename-element.ts';
import type { ProjectDesk } from './project-desk.ts';
import { faultOf } from './session/project-session.ts';

const MOST_CHARACTERS = 120;

/** What renaming would touch, and who speaks of an element. */
export function refactoringHandlers(
  desk: ProjectDesk,
): Pick<Handlers, 'clipboard/copy' | 'refactoring/previewRename' | 'refactoring/usages'> {
  return {
    'clipboard/copy': ({ document, elements }) => ({
      clipboard: faults(() => copyElements(desk.mustSession().context, document, elements)),
    }),
    'refactoring/previewRename': ({ document, element, name }) => {
      const session = desk.mustSession();
      const { context } = session;
      const target = declarations(context.model, document).find(({ id }) => id === element);
      // Only its own document and callers speak of anything else; the command itself says what changes.
      if (!target) {
        const planned = planCommand('element.rename', context, { document, element, name });
        if (!planned.ok) throw faultOf(planned.error);
        return { changes: changedTexts(context.content, planned.value.edit), files: [] };
      }
      const renamed = rename(context.model, target, name);
      if (!renamed.ok) throw faultOf(renamed.error);
      const { preview, files } = renamed.value;
      const texts = new Set(session.texts());
      return {
        changes: preview.map(({ path, ...rest }) => ({ ...rest, path: [...path] })),
        files: [...new Set(files.map(({ path }) => path))].filter(
          (path) => texts.has(path) || context.content.has(path),
        ),
      };
    },
    'refactoring/usages': ({ document, element }) => {
      const { context } = desk.mustSession();
      const target = faults(() => declarationOf(context, document, element));
      return usages(context.model, target).map(({ document, element, path, text, span }) => {
        const from = Math.max(0, Math.min(span.start - 40, text.length - MOST_CHARACTERS));
        const shown = text.slice(from, from + MOST_CHARACTERS);
        return {
          document,
          ...(element === undefined ? {} : { element }),
          path: [...path],
          text: shown,
          span: { start: span.start - from, end: Math.min(span.end - from, shown.length) },
        };
      });
    },
  };
}

function faults<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw faultOf(error.diagnostics);
    throw error;
  }
}
