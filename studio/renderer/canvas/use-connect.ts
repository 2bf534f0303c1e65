import { useReactFlow } from '@xyflow/react';
import { type PointerEvent as ReactPointerEvent, useCallback, useState } from 'react';
import { type Box, centerOf, type Point } from './geometry.ts';

/** A connection drawn from a node: to another, or to an empty place. */
export interface Drawn {
  readonly from: string;
  readonly to?: string | undefined;
  /** On the canvas. */
  readonly at: Point;
  /** On the screen. */
  readonly screen: Point;
}

export interface Drawing {
  readonly from: Point;
  readonly to: Point;
  readonly target: string | undefined;
}

/** Follows the pointer from a node's edge until it is let go; Escape gives up. */
export function useConnect(
  boxes: ReadonlyMap<string, Box>,
  onConnect: ((drawn: Drawn) => void) | undefined,
): { drawing: Drawing | undefined; startConnect: (node: string, event: ReactPointerEvent) => void } {
  const flow = useReactFlow();
  const [drawing, setDrawing] = useState<Drawing>();
  const startConnect = useCallback(
    (node: string, event: ReactPointerEvent) => {
      const box = boxes.get(node);
      if (!onConnect || !box || event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      const origin = { x: event.clientX, y: event.clientY };
      const start = flow.screenToFlowPosition(origin, { snapToGrid: false });
      const middle = centerOf(box);
      const from = start.x || start.y ? start : middle;
      const done = new AbortController();
      const end = () => {
        done.abort();
        setDrawing(undefined);
      };
      const options = { signal: done.signal, capture: true };
      window.addEventListener(
        'pointermove',
        (move) => {
          const to = flow.screenToFlowPosition({ x: move.clientX, y: move.clientY }, { snapToGrid: false });
          setDrawing({ from, to, target: nodeAt(move) });
        },
        options,
      );
      window.addEventListener(
        'pointerup',
        (up) => {
          const screen = { x: up.clientX, y: up.clientY };
          end();
          const to = nodeAt(up);
          // Let go where it began: a press, not a drawing.
          if (Math.hypot(screen.x - origin.x, screen.y - origin.y) < 12) return;
          onConnect({ from: node, to, at: flow.screenToFlowPosition(screen), screen });
        },
        options,
      );
      window.addEventListener('keydown', (key) => key.key === 'Escape' && end(), options);
      window.addEventListener('pointercancel', end, options);
    },
    [boxes, flow, onConnect],
  );
  return { drawing, startConnect };
}

function nodeAt(event: PointerEvent): string | undefined {
  const found = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('.react-flow__node');
  return found?.dataset.id;
}
