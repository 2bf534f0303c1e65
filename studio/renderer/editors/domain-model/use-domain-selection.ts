import { useCallback, useEffect, useState } from 'react';
import { openStore } from '../../workbench/open.ts';
import { select, selectionStore, useSelection } from '../../workbench/selection.ts';
import type { Diagram } from './diagram.ts';

export interface DomainSelection {
  readonly selected: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly reveal: { readonly id: string; readonly at: number } | undefined;
}

/**
 * The diagram's selection, told to the workbench: a whole entity as its document, a part of one with its id, and several
 * as elements of the diagram. What others select in an entity of the diagram shows here.
 */
export function useDomainSelection(path: string, diagram: Diagram, isActive: boolean): DomainSelection {
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [reveal, setReveal] = useState<DomainSelection['reveal']>();
  const told = useSelection();

  const onSelect = useCallback(
    (ids: readonly string[]) => {
      setSelected(ids);
      const [only] = ids;
      const document = only === undefined ? undefined : diagram.documents.get(only);
      if (ids.length !== 1 || only === undefined || document === undefined) {
        select(path, ids);
        return;
      }
      const isEntity = diagram.nodes.some(({ id, shape }) => id === only && shape === 'entity');
      select(document, isEntity ? [] : [only]);
    },
    [path, diagram],
  );

  // What the explorer, the problems or the properties panel select.
  useEffect(() => {
    if (!isActive || !told || told.document === path) return;
    const own = diagram.nodes.find(
      ({ id, shape }) => shape === 'entity' && diagram.documents.get(id) === told.document,
    );
    if (!own) return;
    const parts = told.elements.filter((id) => diagram.documents.get(id) === told.document);
    setSelected((now) => {
      const after = parts.length > 0 ? parts : [own.id];
      return now.length === after.length && now.every((id, i) => id === after[i]) ? now : after;
    });
  }, [told, isActive, path, diagram]);

  useEffect(() => {
    const follow = () => {
      const { request } = openStore.getState();
      if (!request) return;
      const own = diagram.nodes.find(
        ({ id, shape }) =>
          shape === 'entity' &&
          (request.document === path ? id === request.element : diagram.documents.get(id) === request.document),
      );
      if (!own) return;
      setReveal((now) => (now?.at === request.at ? now : { id: own.id, at: request.at }));
      const part = request.element;
      const isPart = part !== undefined && part !== own.id && diagram.documents.has(part);
      const seen = selectionStore.getState().selection;
      if (seen?.document !== request.document || (isPart && !seen.elements.includes(part))) {
        select(diagram.documents.get(own.id) ?? path, isPart ? [part] : []);
      }
      setSelected(isPart ? [part] : [own.id]);
    };
    const at = openStore.getState().request?.at;
    if (at !== undefined && at !== reveal?.at) follow();
    return openStore.subscribe(follow);
  }, [diagram, path, reveal?.at]);

  return { selected, onSelect, reveal };
}
