import type { ComponentType } from 'react';
import type { Box, Point } from './geometry.ts';

/** A box on a canvas. */
export interface CanvasNode<D extends object = object> {
  readonly id: string;
  /** Key in the canvas's table of shapes. */
  readonly shape: string;
  /** Within the parent when there is one. */
  readonly box: Box;
  /** A node that holds this one. */
  readonly parent?: string | undefined;
  /** What it is, in words: for the outline and for screen readers. */
  readonly label: string;
  readonly data: D;
  /** Shown here, at home elsewhere: may be moved about, but not deleted. */
  readonly isForeign?: boolean | undefined;
}

export type EdgeEnd = 'none' | 'arrow' | 'triangle' | 'dot';

/** A line between two boxes. */
export interface CanvasEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly tone: 'plain' | 'error' | 'inheritance' | 'note';
  readonly isDashed?: boolean | undefined;
  readonly isDimmed?: boolean | undefined;
  readonly start?: EdgeEnd | undefined;
  readonly end?: EdgeEnd | undefined;
  /** Words on the line. */
  readonly label?: string | undefined;
  /** Where they stand: beside the first corner, or wherever there is room. */
  readonly labelAt?: 'start' | 'middle' | undefined;
  /** Multiplicities. */
  readonly startText?: string | undefined;
  readonly endText?: string | undefined;
  /** What it is, in words. */
  readonly title: string;
  /** Lines that are part of the picture and no elements of their own cannot be selected. */
  readonly isElement?: boolean | undefined;
}

export interface ShapeProps<D extends object = object> {
  readonly id: string;
  readonly data: D;
  readonly isSelected: boolean;
  readonly width: number;
  readonly height: number;
}

/** One component per shape of node; it fills the node's box. */
export type Shapes = { readonly [shape: string]: ComponentType<ShapeProps<never>> };

/** New places, relative to the parent where there is one. */
export type Moved = ReadonlyMap<string, Point>;

/** Boxes on the canvas itself, those inside parents shifted to where they show. */
export function absoluteBoxes(nodes: readonly CanvasNode[], moved?: Moved): ReadonlyMap<string, Box> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<string, Box>();
  const boxOf = (node: CanvasNode): Box => {
    const known = found.get(node.id);
    if (known) return known;
    const own = { ...node.box, ...moved?.get(node.id) };
    const parent = node.parent === undefined ? undefined : byId.get(node.parent);
    const outer = parent && boxOf(parent);
    const box = outer ? { ...own, x: own.x + outer.x, y: own.y + outer.y } : own;
    found.set(node.id, box);
    return box;
  };
  for (const node of nodes) boxOf(node);
  return found;
}
