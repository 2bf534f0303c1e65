import type { Widget } from '@skerry/shared/metamodel/widget';
import type { LiveBox } from '@skerry/studio/bridge/live-messages';
import type { FragmentInstance, RefCallback } from 'react';

/** A widget in a list is drawn once a row; more than these are not outlined. */
const MOST_OUTLINED = 40;

/** What each widget has drawn, for finding widgets by place and places by widget. */
export interface Drawn {
  /** For DrawnContext. */
  readonly refOf: (widget: Widget) => RefCallback<FragmentInstance>;
  /** Ids of the widgets that have drawn `node` or something around it; in no order. */
  around(node: Node): readonly string[];
  boxes(widget: string): readonly LiveBox[];
}

export function createDrawn(): Drawn {
  const instances = new Map<string, Set<FragmentInstance>>();
  const refs = new Map<string, RefCallback<FragmentInstance>>();
  const register = (id: string): RefCallback<FragmentInstance> => {
    return (instance) => {
      if (!instance) return undefined;
      const own = instances.get(id) ?? new Set();
      own.add(instance);
      instances.set(id, own);
      return () => {
        own.delete(instance);
        if (own.size === 0 && instances.get(id) === own) instances.delete(id);
      };
    };
  };
  return {
    refOf({ id }) {
      const known = refs.get(id);
      if (known) return known;
      const made = register(id);
      refs.set(id, made);
      return made;
    },
    around: (node) =>
      [...instances].flatMap(([id, own]) => ([...own].some((instance) => contains(instance, node)) ? [id] : [])),
    boxes: (widget) =>
      [...(instances.get(widget) ?? [])].slice(0, MOST_OUTLINED).flatMap((instance) => boxOf(instance) ?? []),
  };
}

/** React gives it; its types do not say so. */
type Placed = FragmentInstance & Pick<Node, 'compareDocumentPosition'>;

function contains(instance: FragmentInstance, node: Node): boolean {
  return ((instance as Placed).compareDocumentPosition(node) & Node.DOCUMENT_POSITION_CONTAINED_BY) !== 0;
}

/** Around all that was drawn; undefined when none of it takes room. */
function boxOf(instance: FragmentInstance): LiveBox | undefined {
  const boxes = instance.getClientRects().filter(({ width, height }) => width > 0 || height > 0);
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map(({ left }) => left));
  const y = Math.min(...boxes.map(({ top }) => top));
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return { x, y, width: right - x, height: bottom - y };
}
