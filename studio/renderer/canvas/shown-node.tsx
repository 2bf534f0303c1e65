import type { Node, NodeProps } from '@xyflow/react';
import { type ComponentType, memo } from 'react';
import type { CanvasNode, ShapeProps, Shapes } from './content.ts';
import type { Point } from './geometry.ts';

/** A node as the canvas library takes it. Sizes are known, so nothing waits for being measured. */
export type ShownNode = Node<{ node: CanvasNode }>;

export function shownNode(
  node: CanvasNode,
  at: Point,
  isSelected: boolean,
  isMovable: boolean,
  before: ShownNode | undefined,
): ShownNode {
  const isSame =
    before?.data.node === node &&
    before.selected === isSelected &&
    before.position.x === at.x &&
    before.position.y === at.y;
  if (isSame) return before;
  const { width, height } = node.box;
  return {
    id: node.id,
    type: node.shape,
    position: { x: at.x, y: at.y },
    data: before?.data.node === node ? before.data : { node },
    width,
    height,
    measured: { width, height },
    handles: [],
    selected: isSelected,
    draggable: isMovable,
    ...(node.parent === undefined ? {} : { parentId: node.parent, extent: 'parent' as const }),
  };
}

const adapted = new WeakMap<Shapes, Readonly<Record<string, ComponentType<NodeProps<ShownNode>>>>>();

/** The table of shapes as the canvas library takes it; one per table. */
export function flowNodeTypes(shapes: Shapes) {
  const known = adapted.get(shapes);
  if (known) return known;
  const made = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const Shape = shape as ComponentType<ShapeProps>;
      // biome-ignore lint/correctness/noComponentHookFactories: made once per table, which the WeakMap keeps
      const Adapter = memo(function Adapter({ id, data, selected }: NodeProps<ShownNode>) {
        const { node } = data;
        return (
          <Shape
            id={id}
            data={node.data}
            isSelected={selected ?? false}
            width={node.box.width}
            height={node.box.height}
          />
        );
      });
      return [name, Adapter];
    }),
  );
  adapted.set(shapes, made);
  return made;
}
