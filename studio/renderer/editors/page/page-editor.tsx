import { useEffect, useState } from 'react';
import { Splitter } from '../../design/splitter.tsx';
import { openStore } from '../../workbench/open.ts';
import { select, selectionStore, useSelectedElements } from '../../workbench/selection.ts';
import type { EditorProps } from '../editor.ts';
import { LivePane } from './live-pane.tsx';
import { Palettes } from './palettes.tsx';
import { StructureTree } from './structure-tree.tsx';
import { usePage } from './use-page.ts';

/** Pages, snippets and layouts: what to put in, the structure, and the page as it runs. */
export function PageEditor({ path, isActive }: EditorProps) {
  const page = usePage(path);
  const selected = useSelectedElements(path);
  const lead = page.structure.byId.get(selected.at(-1) ?? '');
  const [hovered, setHovered] = useState<string>();
  const revealed = useOpenRequest(path);

  useEffect(() => {
    // Opened without a wish: the page's own settings show.
    if (isActive && selectionStore.getState().selection?.document !== path) select(path);
  }, [isActive, path]);

  return (
    <Splitter direction="horizontal" initial={184} min={150} storageKey="skerry.page.palettes">
      <Palettes page={page} lead={lead} />
      <Splitter direction="horizontal" initial={360} min={220} storageKey="skerry.page.live" sized="second">
        <StructureTree page={page} onHover={setHovered} revealed={revealed} />
        <LivePane page={page} isActive={isActive} selected={selected} hovered={hovered} />
      </Splitter>
    </Splitter>
  );
}

/** Selects what the workbench was asked to show in this document. */
function useOpenRequest(path: string): { readonly id: string; readonly at: number } | undefined {
  const [revealed, setRevealed] = useState<{ readonly id: string; readonly at: number }>();
  useEffect(() => {
    const follow = () => {
      const { request } = openStore.getState();
      if (request?.document !== path || request.element === undefined) return;
      select(path, [request.element]);
      setRevealed({ id: request.element, at: request.at });
    };
    follow();
    return openStore.subscribe(follow);
  }, [path]);
  return revealed;
}
