import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useCallback, useRef } from 'react';
import type { CanvasEdge, CanvasNode, Moved } from './content.ts';
import { type Box, boundsOf, type Point } from './geometry.ts';
import { type Direction, nextInDirection, readingOrder } from './spatial.ts';

export interface CanvasKeyCommands {
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onOpen?: ((id: string) => void) | undefined;
  readonly onRename?: ((id: string) => void) | undefined;
  readonly onDelete?: ((ids: readonly string[]) => void) | undefined;
  readonly onMove?: ((moved: Moved, merge?: string) => Promise<unknown>) | undefined;
  /** Keys of the editor itself, by their name with modifiers: `Mod+d`, `Insert`. True when it was one. */
  readonly onKey?: ((key: string) => boolean) | undefined;
}

export interface CanvasKeysInput extends CanvasKeyCommands {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  readonly boxes: ReadonlyMap<string, Box>;
  readonly selected: readonly string[];
}

const ARROWS: { readonly [key: string]: Direction } = {
  ArrowUp: 'up',
  ArrowRight: 'right',
  ArrowDown: 'down',
  ArrowLeft: 'left',
};
const STEPS: { readonly [D in Direction]: Point } = {
  up: { x: 0, y: -1 },
  right: { x: 1, y: 0 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
};

/** Every gesture's twin on the keyboard. */
export function useCanvasKeys(input: CanvasKeysInput): (event: KeyboardEvent) => void {
  const flow = useReactFlow();
  /** Escape lets Tab leave the canvas. */
  const isLeaving = useRef(false);

  return useCallback(
    (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]')) return;
      const { nodes, edges, boxes, selected, onSelect } = input;
      const isInside = target !== event.currentTarget;
      const key = keyName(event);
      const last = selected.at(-1);
      const handled = () => {
        event.preventDefault();
        event.stopPropagation();
      };
      const reveal = (id: string) => {
        const box = boxes.get(id);
        if (box) showBox(box);
      };
      const showBox = (box: Box) => {
        const view = document.querySelector('.react-flow__viewport')?.closest('.react-flow')?.getBoundingClientRect();
        const place = flow.flowToScreenPosition({ x: box.x, y: box.y });
        const zoom = flow.getZoom();
        const isSeen =
          view &&
          place.x >= view.left &&
          place.y >= view.top + 40 &&
          place.x + box.width * zoom <= view.right &&
          place.y + box.height * zoom <= view.bottom;
        if (!isSeen) void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: 120 });
      };
      const go = (id: string | undefined) => {
        if (id === undefined) return;
        onSelect([id]);
        reveal(id);
      };

      if (event.key !== 'Tab' && event.key !== 'Shift') isLeaving.current = false;
      if (input.onKey?.(key)) return handled();
      // Buttons inside shapes keep Enter, Space and Tab for themselves.
      if (isInside && (event.key === 'Enter' || event.key === ' ' || event.key === 'Tab')) return;
      switch (key) {
        case 'Mod+0':
          void flow.zoomTo(1, { duration: 120 });
          return handled();
        case 'Shift+!':
        case 'Shift+1':
          void flow.fitView({ padding: 0.12, maxZoom: 1, duration: 200 });
          return handled();
        case 'Shift+@':
        case 'Shift+2': {
          const around = boundsOf(selected.flatMap((id) => boxes.get(id) ?? []));
          if (around) void flow.fitBounds(around, { padding: 0.4, duration: 200 });
          return handled();
        }
        case 'Mod+=':
        case 'Mod++':
          void flow.zoomIn({ duration: 120 });
          return handled();
        case 'Mod+-':
          void flow.zoomOut({ duration: 120 });
          return handled();
        case 'Mod+a':
          onSelect(nodes.filter(({ isForeign }) => !isForeign).map(({ id }) => id));
          return handled();
        case 'Escape':
          isLeaving.current = true;
          if (selected.length > 0) onSelect([]);
          return handled();
        case 'Home':
          go(readingOrder(boxes)[0]);
          return handled();
        case 'End':
          go(readingOrder(boxes).at(-1));
          return handled();
        case 'Tab':
        case 'Shift+Tab': {
          if (isLeaving.current) return;
          const order = readingOrder(boxes);
          const at = last === undefined ? -1 : order.indexOf(last);
          const next = key === 'Tab' ? order[at + 1] : at < 0 ? undefined : order[at - 1];
          if (next === undefined) return;
          go(next);
          return handled();
        }
        case 'Enter':
          if (last !== undefined && input.onOpen) {
            input.onOpen(last);
            return handled();
          }
          return;
        case 'F2':
          if (last !== undefined && input.onRename) {
            input.onRename(last);
            return handled();
          }
          return;
        case 'Delete':
        case 'Backspace':
          if (selected.length > 0 && input.onDelete) {
            input.onDelete(selected);
            return handled();
          }
          return;
        case 'e':
          // From a node along its edges, and on to the next one.
          go(nextEdge(edges, last));
          return handled();
      }
      const direction = ARROWS[event.key];
      if (!direction) return;
      handled();
      if (event.altKey) {
        if (!input.onMove) return;
        const step = STEPS[direction];
        const by = event.shiftKey ? 64 : 8;
        const moved = new Map(
          nodes
            .filter(({ id }) => selected.includes(id))
            .map(({ id, box }) => [id, { x: box.x + step.x * by, y: box.y + step.y * by }]),
        );
        if (moved.size > 0) void input.onMove(moved, `nudge:${[...moved.keys()].join()}`);
        return;
      }
      const edge = edges.find(({ id }) => id === last);
      if (edge) return go(direction === 'left' || direction === 'up' ? edge.from : edge.to);
      if (last === undefined || !boxes.has(last)) return go(readingOrder(boxes)[0]);
      const next = nextInDirection(boxes, last, direction);
      if (next === undefined) return;
      if (event.shiftKey) onSelect([...selected.filter((id) => id !== next), next]);
      else onSelect([next]);
      reveal(next);
    },
    [input, flow],
  );
}

/** The first edge at a node; after an edge the next one at the node it begins at. */
function nextEdge(edges: readonly CanvasEdge[], id: string | undefined): string | undefined {
  const choosable = edges.filter(({ isElement }) => isElement !== false);
  const present = choosable.find((edge) => edge.id === id);
  const node = present?.from ?? id;
  const around = choosable.filter(({ from, to }) => from === node || to === node);
  return around[((present ? around.indexOf(present) : -1) + 1) % Math.max(around.length, 1)]?.id;
}

/** `Mod` is Ctrl, on a Mac Cmd. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const parts = [
    (event.ctrlKey || event.metaKey) && 'Mod',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
    event.key.length === 1 ? event.key.toLowerCase() : event.key,
  ];
  return parts.filter(Boolean).join('+');
}
