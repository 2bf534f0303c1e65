import type { Json, JsonObject } from '@skerry/shared/base/json';
import { isJsonObject } from '../../properties/locate.ts';

/** From the parent element to one of its lists, as commands name it. */
export type ListPath = readonly string[];

/** A place for elements: a list of widgets, of tabs or of columns. */
export interface Slot {
  /** Absent: the document's own list. */
  readonly parent: string | undefined;
  readonly list: ListPath;
  readonly takes: 'widget' | 'tab' | 'column';
}

/** A row of the structure. */
export interface StructureNode {
  readonly id: string;
  readonly type: 'widget' | 'tab' | 'column';
  /** Of a widget. */
  readonly kind: string;
  readonly value: JsonObject;
  /** From the document's root; indexes in lists. */
  readonly path: readonly (string | number)[];
  readonly depth: number;
  readonly parent: StructureNode | undefined;
  /** Where it stands, and the element in front of it there. */
  readonly slot: Slot;
  readonly before: string | undefined;
  readonly index: number;
  /** Where widgets may be put inside; a widget with tabs or columns has none of its own. */
  readonly inner: Slot | undefined;
  /** Where its tabs or columns stand. */
  readonly parts: Slot | undefined;
  readonly children: readonly StructureNode[];
}

export interface Structure {
  readonly root: Slot;
  readonly nodes: readonly StructureNode[];
  readonly byId: ReadonlyMap<string, StructureNode>;
  /** Names that widgets and tabs have, in lower case. */
  readonly names: ReadonlySet<string>;
}

/** Kinds whose own `widgets` hold widgets, and those that hold parts. The metamodel's widget.ts says the same. */
const WITH_WIDGETS: ReadonlySet<string> = new Set(['container', 'groupBox', 'dataView', 'listView', 'gallery']);
const WITH_PARTS: ReadonlyMap<string, { readonly key: 'tabs' | 'columns'; readonly type: 'tab' | 'column' }> = new Map([
  ['tabs', { key: 'tabs', type: 'tab' }],
  ['columns', { key: 'columns', type: 'column' }],
  ['dataGrid', { key: 'columns', type: 'column' }],
] as const);

const ROOT: Slot = { parent: undefined, list: ['widgets'], takes: 'widget' };

/** The tree of a page, snippet or layout. */
export function structureOf(content: JsonObject): Structure {
  const byId = new Map<string, StructureNode>();
  const names = new Set<string>();
  const nodes = nodesOf(content.widgets, ROOT, undefined, ['widgets'], 0);
  return { root: ROOT, nodes, byId, names };

  function nodesOf(
    list: Json | undefined,
    slot: Slot,
    parent: StructureNode | undefined,
    path: readonly (string | number)[],
    depth: number,
  ): readonly StructureNode[] {
    const items = Array.isArray(list) ? list : [];
    let before: string | undefined;
    return items.flatMap((value: Json, index): StructureNode[] => {
      if (!isJsonObject(value) || typeof value.id !== 'string') return [];
      const node = nodeOf(value, { slot, parent, path: [...path, index], depth, index, before });
      before = node.id;
      return [node];
    });
  }

  function nodeOf(
    value: JsonObject,
    at: Pick<StructureNode, 'slot' | 'parent' | 'path' | 'depth' | 'index' | 'before'>,
  ): StructureNode {
    const id = String(value.id);
    const type = at.slot.takes;
    const kind = type === 'widget' ? String(value.kind) : type;
    const parts = type === 'widget' ? WITH_PARTS.get(kind) : undefined;
    const holdsWidgets = type === 'widget' ? WITH_WIDGETS.has(kind) : at.parent?.kind !== 'dataGrid';
    const inner: Slot | undefined = holdsWidgets ? { parent: id, list: ['widgets'], takes: 'widget' } : undefined;
    const partSlot: Slot | undefined = parts && { parent: id, list: [parts.key], takes: parts.type };
    const node = { id, type, kind, value, ...at, inner, parts: partSlot, children: [] as readonly StructureNode[] };
    if (typeof value.name === 'string') names.add(value.name.toLowerCase());
    byId.set(id, node);
    if (inner) node.children = nodesOf(value.widgets, inner, node, [...at.path, 'widgets'], at.depth + 1);
    else if (partSlot && parts)
      node.children = nodesOf(value[parts.key], partSlot, node, [...at.path, parts.key], at.depth + 1);
    else if (kind === 'custom') node.children = customChildren(value, node);
    return node;
  }

  function customChildren(value: JsonObject, node: StructureNode): readonly StructureNode[] {
    const properties = isJsonObject(value.properties) ? value.properties : {};
    return Object.entries(properties).flatMap(([key, property]) => {
      if (!isJsonObject(property) || property.kind !== 'widgets') return [];
      const list = ['properties', key, 'widgets'];
      const slot: Slot = { parent: node.id, list, takes: 'widget' };
      return nodesOf(property.widgets, slot, node, [...node.path, ...list], node.depth + 1);
    });
  }
}

/** Rows from top to bottom, without those in closed ones. */
export function visibleRows(structure: Structure, closed: ReadonlySet<string>): readonly StructureNode[] {
  const rows: StructureNode[] = [];
  const visit = (nodes: readonly StructureNode[]) => {
    for (const node of nodes) {
      rows.push(node);
      if (!closed.has(node.id)) visit(node.children);
    }
  };
  visit(structure.nodes);
  return rows;
}

export function canHold(node: StructureNode): boolean {
  return node.inner !== undefined || node.parts !== undefined;
}

/** Whether `id` is `node` or stands below it. */
export function isWithin(node: StructureNode, id: string): boolean {
  for (let at: StructureNode | undefined = node; at; at = at.parent) if (at.id === id) return true;
  return false;
}

/** Of the nodes, those that no other of them holds; from top to bottom. */
export function topmost(structure: Structure, ids: readonly string[]): readonly StructureNode[] {
  const wanted = new Set(ids);
  return visibleRows(structure, new Set()).filter(
    (node) => wanted.has(node.id) && !(node.parent && ids.some((id) => node.parent && isWithin(node.parent, id))),
  );
}
