import { useCallback, useRef } from 'react';
import { useWords } from '../../words/index.ts';
import { showFault, showMessage } from '../../workbench/messages.ts';
import type { DomainCommands } from './use-domain-commands.ts';

interface Copied {
  /** Documents of entities, copied as wholes. */
  readonly documents: readonly string[];
}

/** Entities are copied as documents, their parts as clipboard text that other projects understand too. */
export function useDomainClipboard(commands: DomainCommands) {
  const t = useWords('domain');
  const held = useRef<Copied>({ documents: [] });

  const copy = useCallback(
    async (ids: readonly string[]) => {
      const elements = ids.flatMap((id) => commands.named(id) ?? []);
      const documents = elements.filter(({ isDocument }) => isDocument).map(({ document }) => document);
      held.current = { documents };
      const [first] = elements;
      if (!first) return;
      try {
        if (documents.length === 0) {
          const inOne = elements.filter(({ document }) => document === first.document).map(({ element }) => element);
          const { clipboard } = await commands.link.ask('clipboard/copy', {
            document: first.document,
            elements: inOne,
          });
          await navigator.clipboard.writeText(clipboard);
        }
        showMessage({ tone: 'info', text: t('copied', { count: elements.length }) });
      } catch (error) {
        showFault(error);
      }
    },
    [commands, t],
  );

  /** @param entity the one that takes attributes and associations */
  const paste = useCallback(
    async (entity: string | undefined): Promise<readonly string[]> => {
      try {
        if (held.current.documents.length > 0) {
          const made: string[] = [];
          for (const document of held.current.documents) {
            const outcome = await commands.run('document.duplicate', { document });
            made.push(...(outcome?.created ?? []).flatMap(({ element }) => element ?? []));
          }
          return made;
        }
        const target = entity === undefined ? undefined : commands.named(entity);
        const clipboard = await navigator.clipboard.readText();
        if (!target || clipboard.trim() === '') {
          showMessage({ tone: 'warning', text: t('nothingToPaste') });
          return [];
        }
        const outcome = await commands.run('element.paste', {
          document: target.document,
          list: ['attributes'],
          clipboard,
        });
        return (outcome?.created ?? []).flatMap(({ element }) => element ?? []);
      } catch (error) {
        showFault(error);
        return [];
      }
    },
    [commands, t],
  );

  return { copy, paste };
}
