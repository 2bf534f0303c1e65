import { useCallback, useState } from 'react';
import { showFault } from '../workbench/messages.ts';
import type { CanvasEdge, CanvasNode, Moved } from './content.ts';
import { type Box, boundsOf, type Point } from './geometry.ts';

export interface AutoLayoutInput {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  readonly direction: 'right' | 'down';
  readonly gap: number;
  readonly layerGap: number;
  /** One step of the history. */
  readonly onPlaced: (moved: Moved) => Promise<unknown>;
}

/** Lays a diagram out in a worker; `busy` gives up. Nothing moves until all of it is known. */
export function useAutoLayout(input: AutoLayoutInput): {
  layOut: () => void;
  busy: (() => void) | undefined;
} {
  const [busy, setBusy] = useState<() => void>();
  const { nodes, edges, direction, gap, layerGap, onPlaced } = input;
  const layOut = useCallback(() => {
    const start = async () => {
      const { layOut: begin } = await import('./layout-worker.ts');
      const top = nodes.filter(({ parent }) => parent === undefined);
      const bounds = boundsOf(top.map(({ box }) => box));
      const at: Point = { x: bounds?.x ?? 40, y: bounds?.y ?? 40 };
      const boxes = new Map<string, Box>(top.map(({ id, box }) => [id, box]));
      const pending = begin({ boxes, links: edges, direction, gap, layerGap, at });
      setBusy(() => pending.cancel);
      const places = await pending.places;
      if (!places) return;
      const moved = new Map(
        [...places].filter(([id, place]) => boxes.get(id)?.x !== place.x || boxes.get(id)?.y !== place.y),
      );
      if (moved.size > 0) await onPlaced(moved);
    };
    void start()
      .catch(showFault)
      .finally(() => setBusy(undefined));
  }, [nodes, edges, direction, gap, layerGap, onPlaced]);
  return { layOut, busy };
}
