import { isWithin, type Slot, type Structure, type StructureNode } from './structure.ts';

/** Where something goes: into a slot, behind an element of it or in front of all. */
export interface Place {
  readonly slot: Slot;
  readonly after: string | null;
  /** How deep it will stand. */
  readonly depth: number;
}

/** What is put somewhere. */
export interface Load {
  readonly takes: Slot['takes'];
  /** Elements that move; none for new ones. */
  readonly moving: readonly string[];
  /** Kind of the widget whose parts these are: tabs and columns stay with their kind. */
  readonly partOf?: string | undefined;
}

export function placeAfter(node: StructureNode): Place {
  return { slot: node.slot, after: node.id, depth: node.depth };
}

export function placeBefore(node: StructureNode): Place {
  return { slot: node.slot, after: node.before ?? null, depth: node.depth };
}

/** @param atEnd behind what stands in it, else in front */
export function placeInside(node: StructureNode, takes: Slot['takes'], atEnd: boolean): Place | undefined {
  const slot = takes === 'widget' ? node.inner : node.parts;
  if (slot?.takes !== takes) return undefined;
  const last = atEnd ? node.children.at(-1) : undefined;
  return { slot, after: last?.id ?? null, depth: node.depth + 1 };
}

export function placeAtEnd(structure: Structure): Place {
  return { slot: structure.root, after: structure.nodes.at(-1)?.id ?? null, depth: 0 };
}

/** Whether a load may stand in a slot: kinds fit, nothing goes into itself. */
export function fits(structure: Structure, slot: Slot, load: Load): boolean {
  if (slot.takes !== load.takes) return false;
  const parent = slot.parent === undefined ? undefined : structure.byId.get(slot.parent);
  if (load.takes !== 'widget' && load.partOf !== undefined && parent?.kind !== load.partOf) return false;
  return !parent || !load.moving.some((id) => isWithin(parent, id));
}

/** A pointer over a row, from 0 at its top to 1 at its bottom, and as deep as it stands to the right. */
export interface Pointing {
  readonly node: StructureNode;
  readonly part: number;
  readonly depth: number;
  readonly isOpen: boolean;
}

/**
 * The place that a pointer means. The rims of a row lie between it and its neighbours, its middle means inside; behind
 * the last element of a list, the pointer's depth chooses how far out.
 */
export function pointedPlace(structure: Structure, pointing: Pointing, load: Load): Place | undefined {
  const { node, part, depth, isOpen } = pointing;
  const inside = placeInside(node, load.takes, !isOpen || node.children.length === 0);
  const rim = inside ? 0.28 : 0.5;
  const isShownOpen = isOpen && node.children.length > 0;
  const wanted: (Place | undefined)[] = [];
  if (part < rim) wanted.push(placeBefore(node));
  else if (inside && part <= 1 - rim) wanted.push(inside);
  else if (isShownOpen) wanted.push(placeInside(node, load.takes, false));
  else {
    let at = node;
    while (isLast(structure, at) && at.parent && depth < at.depth) at = at.parent;
    wanted.push(placeAfter(at));
  }
  // A tab over a widget in a tab means beside that tab.
  for (let at: StructureNode | undefined = node; at; at = at.parent) wanted.push(placeAfter(at));
  return wanted.find((place) => place !== undefined && fits(structure, place.slot, load));
}

function isLast(structure: Structure, node: StructureNode): boolean {
  const siblings = node.parent?.children ?? structure.nodes;
  return siblings.at(-1) === node;
}

/** Whether moving there would change nothing. */
export function isHere(structure: Structure, place: Place, moving: readonly string[]): boolean {
  const [only] = moving;
  if (moving.length !== 1 || only === undefined) return false;
  const node = structure.byId.get(only);
  const isSameSlot = node?.slot.parent === place.slot.parent && node?.slot.list.join() === place.slot.list.join();
  return isSameSlot && (place.after === only || place.after === (node?.before ?? null));
}
