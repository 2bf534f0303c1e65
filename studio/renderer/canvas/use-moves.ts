import { type NodeChange, useReactFlow } from '@xyflow/react';
import { useCallback, useRef, useState } from 'react';
import type { CanvasNode, Moved } from './content.ts';
import type { Box, Point } from './geometry.ts';
import { guided, type HelperLine } from './helper-lines.ts';

const NO_MOVES: Moved = new Map();
const NO_LINES: readonly HelperLine[] = [];

export interface Moves {
  /** Places that only show as yet. */
  readonly moved: Moved;
  readonly lines: readonly HelperLine[];
  readonly onChanges: (changes: readonly NodeChange[]) => void;
  /** The drop: one step of the history. */
  readonly commit: () => void;
}

/** Moving shows at once and is told once, when it ends. */
export function useMoves(
  nodes: readonly CanvasNode[],
  boxes: ReadonlyMap<string, Box>,
  onMove: ((moved: Moved) => Promise<unknown>) | undefined,
): Moves {
  const flow = useReactFlow();
  const [moved, setMoved] = useState<Moved>(NO_MOVES);
  const [lines, setLines] = useState(NO_LINES);
  const pending = useRef<Map<string, Point>>(new Map());

  const onChanges = useCallback(
    (changes: readonly NodeChange[]) => {
      const positions = changes.flatMap((change) =>
        change.type === 'position' && change.position ? [{ id: change.id, at: change.position }] : [],
      );
      if (positions.length === 0) return;
      const byId = new Map(nodes.map((node) => [node.id, node]));
      const [only] = positions;
      let shown = NO_LINES;
      if (only && positions.length === 1) {
        const node = byId.get(only.id);
        if (node) {
          const others = nodes.flatMap((other) => {
            const isBeside = other.id !== node.id && other.parent === node.parent;
            return isBeside ? [other.box] : [];
          });
          const reach = 6 / flow.getZoom();
          const guide = guided({ ...node.box, ...only.at }, others, Math.min(reach, 12));
          only.at = guide.at;
          const outer = node.parent === undefined ? undefined : boxes.get(node.parent);
          shown = outer ? guide.lines.map((line) => shifted(line, outer)) : guide.lines;
        }
      }
      for (const { id, at } of positions) {
        if (byId.has(id)) pending.current.set(id, { x: Math.round(at.x), y: Math.round(at.y) });
      }
      setMoved(new Map(pending.current));
      setLines(shown);
    },
    [nodes, boxes, flow],
  );

  const commit = useCallback(() => {
    setLines(NO_LINES);
    const byId = new Map(nodes.map((node) => [node.id, node.box]));
    const told = new Map(
      [...pending.current].filter(([id, at]) => byId.get(id)?.x !== at.x || byId.get(id)?.y !== at.y),
    );
    pending.current = new Map();
    if (told.size === 0 || !onMove) setMoved(NO_MOVES);
    else void onMove(told).finally(() => setMoved((now) => (pending.current.size === 0 ? NO_MOVES : now)));
  }, [nodes, onMove]);

  return { moved, lines, onChanges, commit };
}

function shifted(line: HelperLine, by: Point): HelperLine {
  const [along, across] = line.axis === 'x' ? [by.y, by.x] : [by.x, by.y];
  return { axis: line.axis, at: line.at + across, from: line.from + along, to: line.to + along };
}
