import type { AttributeType } from '@skerry/shared/metamodel/entity';
import { useMemo } from 'react';
import type { Moved } from '../../canvas/content.ts';
import type { Point } from '../../canvas/geometry.ts';
import { snapped } from '../../canvas/geometry.ts';
import { useHost } from '../../host/host-link.ts';
import { projectStore } from '../../model/project-store.ts';
import { useRun } from '../../model/use-run.ts';
import { renameTo } from '../../workbench/dialogs/rename-dialog.tsx';
import { showFault } from '../../workbench/messages.ts';
import type { Connection } from './connect-choice.tsx';
import { type Deletable, deleteElements } from './delete-elements.tsx';
import type { Diagram } from './diagram.ts';

/** What gestures on the diagram of a module mean, as commands. Ids are of elements, entities go by qualified name. */
export function useDomainCommands(module: string, diagram: Diagram) {
  const link = useHost();
  const run = useRun();
  return useMemo(() => {
    const domain = `modules/${module}/domain.json`;
    const named = (id: string): Deletable | undefined => {
      const document = diagram.documents.get(id);
      const content = document === undefined ? undefined : projectStore.getState().project?.content.get(document);
      if (document === undefined || !content) return undefined;
      if (content.id === id) return { document, element: id, name: String(content.name), isDocument: true };
      for (const list of [content.attributes, content.associations, content.annotations]) {
        const found = Array.isArray(list) ? list.find((one) => (one as { id?: string }).id === id) : undefined;
        if (found) {
          const { name = '' } = found as { name?: string };
          return { document, element: id, name, isDocument: false };
        }
      }
      return undefined;
    };
    const connect = (from: string, to: string, connection: Connection) =>
      connection === 'specialise'
        ? setGeneralization(from, to)
        : run('association.create', {
            from,
            to,
            type: connection === 'sets' ? 'referenceSet' : 'reference',
            owner: connection === 'one' ? 'both' : 'default',
          });
    const setGeneralization = (from: string, to: string) => {
      const document = projectStore.getState().project?.view.document(from)?.path;
      return document === undefined
        ? Promise.resolve(undefined)
        : run('element.set', { changes: [{ document, path: ['generalization'], value: to }] });
    };
    return {
      named,
      connect,
      move: (moved: Moved, label: string, merge?: string) => {
        const sizes = new Map(
          diagram.nodes.map(({ id, shape, box }) => [id, shape === 'annotation' ? box : undefined]),
        );
        const boxes = Object.fromEntries(
          [...moved].map(([id, at]) => {
            const size = sizes.get(id);
            return [id, size ? { ...at, width: size.width, height: size.height } : { x: at.x, y: at.y }];
          }),
        );
        return run('layout.set', { document: domain, boxes, label, ...(merge === undefined ? {} : { merge }) });
      },
      createEntity: (at: Point | undefined, generalization?: string) =>
        run('entity.create', {
          module,
          ...(at ? { at: { x: snapped(at.x), y: snapped(at.y) } } : {}),
          ...(generalization === undefined ? {} : { generalization }),
        }),
      createAttribute: (entity: string, name: string, type: AttributeType) =>
        run('attribute.create', { entity: diagram.documents.get(entity) ?? '', name, type }),
      setType: (attribute: string, type: AttributeType) => {
        const document = diagram.documents.get(attribute);
        if (document !== undefined) {
          void run('element.set', { changes: [{ document, element: attribute, path: ['type'], value: type }] });
        }
      },
      setNote: (id: string, text: string) =>
        void run('element.set', { changes: [{ document: domain, element: id, path: ['text'], value: text }] }),
      createNote: (text: string) => run('element.insert', { document: domain, list: ['annotations'], value: { text } }),
      rename: (id: string, name: string) => {
        const element = named(id);
        if (element) void renameTo(link, element, name).catch(showFault);
      },
      remove: (ids: readonly string[]) =>
        deleteElements(
          link,
          ids.flatMap((id) => named(id) ?? []),
        ),
      duplicate: (id: string) => {
        const element = named(id);
        if (!element) return Promise.resolve(undefined);
        const { document } = element;
        return element.isDocument
          ? run('document.duplicate', { document })
          : run('element.duplicate', { document, element: id });
      },
      reverse: (id: string) => {
        const document = diagram.documents.get(id);
        if (document !== undefined) void run('association.reverse', { document, element: id });
      },
      run,
      link,
    };
  }, [module, diagram, run, link]);
}

export type DomainCommands = ReturnType<typeof useDomainCommands>;
