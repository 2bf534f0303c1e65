import type { JsonObject } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import type { CommandArguments } from '@skerry/studio/bridge/commands/index';

/** An item of a menu with its place in the tree. */
export interface MenuRow {
  readonly id: string;
  readonly item: JsonObject;
  /** From 1. */
  readonly level: number;
  /** Absent: at the root. */
  readonly parent: string | undefined;
  /** Among its siblings. */
  readonly index: number;
  readonly siblings: readonly string[];
}

/** All items, each behind the one it stands in. */
export function menuRows(menu: unknown): readonly MenuRow[] {
  return below(menu, undefined, 1);
}

function below(list: unknown, parent: string | undefined, level: number): MenuRow[] {
  const items = itemsOf(list);
  const siblings = items.map(({ id }) => id);
  return items.flatMap(({ id, item }, index) => [
    { id, item, level, parent, index, siblings },
    ...below(item.items, id, level + 1),
  ]);
}

function itemsOf(list: unknown): { readonly id: string; readonly item: JsonObject }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) =>
    isObject(item) && typeof item.id === 'string' ? [{ id: item.id, item }] : [],
  );
}

export type MenuMove = 'up' | 'down' | 'indent' | 'outdent';

/** Where an item goes: into whom, and behind whom; `after` null: first. */
export interface MenuPlace {
  readonly parent: string | undefined;
  readonly after: string | null;
}

/** Where a key moves an item; undefined when there is nowhere to go. */
export function placeAfterMove(rows: readonly MenuRow[], id: string, move: MenuMove): MenuPlace | undefined {
  const row = rows.find((one) => one.id === id);
  if (!row) return undefined;
  const { parent, index, siblings } = row;
  switch (move) {
    case 'up':
      return index === 0 ? undefined : { parent, after: siblings[index - 2] ?? null };
    case 'down':
      return index === siblings.length - 1 ? undefined : { parent, after: siblings[index + 1] ?? null };
    case 'indent': {
      const above = siblings[index - 1];
      if (above === undefined) return undefined;
      const inside = rows.filter((one) => one.parent === above);
      return { parent: above, after: inside.at(-1)?.id ?? null };
    }
    case 'outdent': {
      if (parent === undefined) return undefined;
      return { parent: rows.find((one) => one.id === parent)?.parent, after: parent };
    }
  }
}

export type DropSide = 'before' | 'inside' | 'after';

/** Where a dropped item goes; undefined when it would stand in itself, or where it stands already. */
export function placeAfterDrop(
  rows: readonly MenuRow[],
  id: string,
  on: string,
  side: DropSide,
): MenuPlace | undefined {
  const target = rows.find((one) => one.id === on);
  if (!target || on === id || isWithin(rows, on, id)) return undefined;
  if (side === 'inside')
    return { parent: on, after: rows.findLast((one) => one.parent === on && one.id !== id)?.id ?? null };
  const others = target.siblings.filter((one) => one !== id);
  const at = others.indexOf(on);
  return { parent: target.parent, after: (side === 'after' ? on : others[at - 1]) ?? null };
}

function isWithin(rows: readonly MenuRow[], id: string, around: string): boolean {
  const parent = rows.find((one) => one.id === id)?.parent;
  return parent !== undefined && (parent === around || isWithin(rows, parent, around));
}

export function moveArguments(
  document: string,
  id: string,
  { parent, after }: MenuPlace,
): CommandArguments<'element.move'> {
  return {
    document,
    elements: [id],
    ...(parent === undefined ? { list: ['menu'] } : { parent, list: ['items'] }),
    after,
  };
}
