import type { JsonObject } from '@skerry/shared/base/json';
import type { ModelDocument } from '@skerry/shared/metamodel/model';
import { documentScope } from '@skerry/shared/refactoring/document-scope';
import type { CommandOutcome } from '@skerry/studio/bridge/calls/shapes';
import { useMemo } from 'react';
import { useHost } from '../../host/host-link.ts';
import { type Project, useDocument, useProject } from '../../model/project-store.ts';
import { useRun } from '../../model/use-run.ts';
import { contextAt } from '../../properties/context-at.ts';
import { useWords, type Words } from '../../words/index.ts';
import { showFault, showMessage } from '../../workbench/messages.ts';
import { select } from '../../workbench/selection.ts';
import type { Dragged } from './dragged.ts';
import { freeNames, freshPart, type Making } from './fresh-widget.ts';
import { type Place, placeAfter, placeAtEnd, placeInside } from './places.ts';
import { type Slot, type Structure, type StructureNode, structureOf, topmost } from './structure.ts';

/** A document of the page editor, and what can be done to it. Each gesture is one command, and so one step of undo. */
export interface PageEditing {
  readonly path: string;
  readonly documentKind: string;
  readonly module: string;
  readonly structure: Structure;
  readonly language: string;
  readonly t: Words;
  /** Entity of the object at a place. */
  entityAt(slot: Slot): string | undefined;
  holderOf(slot: Slot): StructureNode | undefined;
  /** The new widget for a place; undefined where it means nothing. */
  made(dragged: Dragged, slot: Slot): JsonObject | undefined;
  drop(dragged: Dragged, place: Place, isCopy: boolean): void;
  insert(value: JsonObject, place: Place): void;
  move(ids: readonly string[], place: Place): void;
  remove(ids: readonly string[]): void;
  duplicate(id: string): void;
  addPart(node: StructureNode): void;
  copy(ids: readonly string[]): Promise<boolean>;
  paste(lead: StructureNode | undefined): void;
}

export function usePage(path: string): PageEditing {
  const t = useWords('page');
  const content = useDocument(path) as JsonObject;
  const structure = useMemo(() => structureOf(content), [content]);
  const document = useProject(({ model }) => model.documents.get(path));
  const model = useProject((project) => project.model);
  const view = useProject((project) => project.view);
  const run = useRun();
  const { ask } = useHost();
  return useMemo(() => {
    const { language, entityAt } = surroundings({ model, view }, document, structure);
    const module = document?.module ?? '';
    const holderOf = (slot: Slot) => (slot.parent === undefined ? undefined : structure.byId.get(slot.parent));
    const making = (slot: Slot): Making => {
      const name = freeNames(structure.names);
      return { model, view, language, module, entity: entityAt(slot), t, name };
    };
    const selectMade = (outcome: CommandOutcome | undefined) => {
      const ids = (outcome?.created ?? []).flatMap((one) => (one.document === path ? (one.element ?? []) : []));
      if (ids.length > 0) select(path, ids);
    };
    const target = ({ slot, after }: Place) => ({
      document: path,
      ...(slot.parent === undefined ? {} : { element: slot.parent }),
      list: [...slot.list],
      after,
    });
    const editing: PageEditing = {
      path,
      documentKind: String(content.kind),
      module,
      structure,
      language,
      t,
      entityAt,
      holderOf,
      made: ({ make }, slot) => make?.(making(slot), holderOf(slot)),
      drop(dragged, place, isCopy) {
        if (dragged.make) {
          const value = editing.made(dragged, place.slot);
          if (value) editing.insert(value, place);
        } else if (isCopy) {
          void editing.copy(dragged.load.moving).then((isCopied) => (isCopied ? pasteAt(place) : undefined));
        } else editing.move(dragged.load.moving, place);
      },
      insert: (value, place) => void run('element.insert', { ...target(place), value }).then(selectMade),
      move(ids, { slot, after }) {
        const elements = topmost(structure, ids).map(({ id }) => id);
        if (elements.length === 0) return;
        const parent = slot.parent === undefined ? {} : { parent: slot.parent };
        void run('element.move', { document: path, elements, ...parent, list: [...slot.list], after });
      },
      remove(ids) {
        const gone = topmost(structure, ids);
        if (gone.length === 0) return;
        const next = neighbour(
          structure,
          gone.map(({ id }) => id),
        );
        const elements = gone.map(({ id }) => ({ document: path, element: id }));
        void run('element.delete', { elements }).then((outcome) => outcome && select(path, next ? [next] : []));
      },
      duplicate: (id) => void run('element.duplicate', { document: path, element: id }).then(selectMade),
      addPart(node) {
        const slot = node.parts;
        const key = slot?.list[0];
        if (!slot || (key !== 'tabs' && key !== 'columns')) return;
        const value =
          node.kind === 'dataGrid'
            ? { caption: { [language]: '' }, path: '' }
            : freshPart(key, node.children.length + 1, making(slot));
        editing.insert(value, { slot, after: node.children.at(-1)?.id ?? null, depth: node.depth + 1 });
      },
      async copy(ids) {
        const elements = topmost(structure, ids).map(({ id }) => id);
        if (elements.length === 0) return false;
        try {
          const { clipboard } = await ask('clipboard/copy', { document: path, elements });
          await navigator.clipboard.writeText(clipboard);
          return true;
        } catch (error) {
          showFault(error);
          return false;
        }
      },
      paste: (lead) => void pasteAt(usualPlace(structure, lead)),
    };
    return editing;

    async function pasteAt(place: Place): Promise<void> {
      const clipboard = await navigator.clipboard.readText().catch(() => '');
      if (clipboard.trim() === '') {
        showMessage({ tone: 'warning', text: t('noPaste') });
        return;
      }
      selectMade(await run('element.paste', { ...target(place), clipboard }));
    }
  }, [path, content, structure, document, model, view, run, ask, t]);
}

/** Where something new goes when nobody says: into an empty container, else behind what is selected. */
export function usualPlace(structure: Structure, lead: StructureNode | undefined): Place {
  if (!lead) return placeAtEnd(structure);
  const isPart = lead.type !== 'widget';
  const inside = isPart || lead.children.length === 0 ? placeInside(lead, 'widget', true) : undefined;
  if (inside) return inside;
  for (let at: StructureNode | undefined = lead; at; at = at.parent)
    if (at.slot.takes === 'widget') return placeAfter(at);
  return placeAtEnd(structure);
}

function surroundings(
  { model, view }: Pick<Project, 'model' | 'view'>,
  document: ModelDocument | undefined,
  structure: Structure,
) {
  const known = new Map<string, string | undefined>();
  return {
    language: view.model.app.defaultLanguage,
    entityAt(slot: Slot): string | undefined {
      const key = `${slot.parent} ${slot.list.join()}`;
      if (!known.has(key)) known.set(key, found(slot));
      return known.get(key);
    },
  };

  function found(slot: Slot): string | undefined {
    const parent = slot.parent === undefined ? undefined : structure.byId.get(slot.parent);
    if (!document) return undefined;
    const context = contextAt(document, [...(parent?.path ?? []), ...slot.list]);
    return documentScope(model, document).entityOf(context.current).entities[0];
  }
}

/** What is selected when these are gone: what follows, else what is before, else what is around. */
function neighbour(structure: Structure, ids: readonly string[]): string | undefined {
  const first = structure.byId.get(ids[0] ?? '');
  if (!first) return undefined;
  const siblings = first.parent?.children ?? structure.nodes;
  const staying = siblings.filter(({ id }) => !ids.includes(id));
  const following = staying.find(({ index }) => index > first.index);
  return (following ?? staying.at(-1) ?? first.parent)?.id;
}
