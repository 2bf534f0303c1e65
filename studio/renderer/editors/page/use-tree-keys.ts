import type { KeyboardEvent } from 'react';
import { viewsStore } from '../../workbench/views-store.ts';
import { fits, type Place, placeAfter, placeInside } from './places.ts';
import { canHold, type StructureNode } from './structure.ts';
import type { PageEditing } from './use-page.ts';

export interface TreeKeys {
  readonly page: PageEditing;
  readonly rows: readonly StructureNode[];
  readonly lead: StructureNode | undefined;
  readonly selected: readonly string[];
  readonly closed: ReadonlySet<string>;
  readonly toggle: (id: string, isOpen: boolean) => void;
  readonly select: (ids: readonly string[]) => void;
  readonly openQuickInsert: () => void;
}

/** The structure by keyboard alone. */
export function handleTreeKey(event: KeyboardEvent, keys: TreeKeys): void {
  const command = event.ctrlKey || event.metaKey;
  const done = event.altKey ? moveByKey(event, keys) : command ? commandKey(event, keys) : plainKey(event, keys);
  if (!done) return;
  event.preventDefault();
  event.stopPropagation();
}

function plainKey(event: KeyboardEvent, { page, rows, lead, selected, closed, ...keys }: TreeKeys): boolean {
  const at = lead ? rows.indexOf(lead) : -1;
  const go = (node: StructureNode | undefined) => {
    if (node) keys.select(event.shiftKey ? extended(selected, node.id) : [node.id]);
  };
  switch (event.key) {
    case 'ArrowDown':
      go(rows[at + 1]);
      return true;
    case 'ArrowUp':
      go(at < 0 ? rows.at(-1) : rows[at - 1]);
      return true;
    case 'Home':
      go(rows[0]);
      return true;
    case 'End':
      go(rows.at(-1));
      return true;
    case 'ArrowRight':
      if (lead && closed.has(lead.id)) keys.toggle(lead.id, true);
      else go(lead?.children[0]);
      return true;
    case 'ArrowLeft':
      if (lead && lead.children.length > 0 && !closed.has(lead.id)) keys.toggle(lead.id, false);
      else go(lead?.parent);
      return true;
    case '/':
    case ' ':
    case 'Insert':
      keys.openQuickInsert();
      return true;
    case 'Delete':
    case 'Backspace':
      page.remove(selected);
      return true;
    case 'Escape':
      keys.select([]);
      return true;
    case 'Enter':
      focusProperties();
      return true;
    default:
      return false;
  }
}

function commandKey(event: KeyboardEvent, { page, lead, selected, rows, ...keys }: TreeKeys): boolean {
  switch (event.key.toLowerCase()) {
    case 'd':
      if (lead) page.duplicate(lead.id);
      return true;
    case 'c':
      void page.copy(selected);
      return true;
    case 'x':
      void page.copy(selected).then((isCopied) => isCopied && page.remove(selected));
      return true;
    case 'v':
      page.paste(lead);
      return true;
    case 'a':
      keys.select((lead?.parent?.children ?? page.structure.nodes).map(({ id }) => id));
      return rows.length > 0;
    default:
      return false;
  }
}

function moveByKey({ key }: KeyboardEvent, { page, lead, selected }: TreeKeys): boolean {
  if (!['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(key)) return false;
  const place = lead && stepPlace(page, lead, key);
  if (place) page.move(selected, place);
  return true;
}

/** Where one step takes an element: past its neighbour, out behind its holder, or into the neighbour before it. */
export function stepPlace({ structure }: PageEditing, node: StructureNode, key: string): Place | undefined {
  const siblings = node.parent?.children ?? structure.nodes;
  const at = siblings.indexOf(node);
  const before = siblings[at - 1];
  const load = { takes: node.slot.takes, moving: [node.id], partOf: node.parent?.kind };
  switch (key) {
    case 'ArrowUp':
      return before && { slot: node.slot, after: siblings[at - 2]?.id ?? null, depth: node.depth };
    case 'ArrowDown': {
      const next = siblings[at + 1];
      return next && placeAfter(next);
    }
    case 'ArrowRight': {
      const inside = before && canHold(before) ? placeInside(before, node.slot.takes, true) : undefined;
      return inside && fits(structure, inside.slot, load) ? inside : undefined;
    }
    default:
      for (let around = node.parent; around; around = around.parent)
        if (fits(structure, around.slot, load)) return placeAfter(around);
      return undefined;
  }
}

function extended(selected: readonly string[], id: string): readonly string[] {
  return [...selected.filter((one) => one !== id), id];
}

/** To the first field of what is selected. */
export function focusProperties(): void {
  viewsStore.setState({ isPropertiesOpen: true });
  requestAnimationFrame(() => {
    const fields = '[aria-label="Properties"] :is(input, textarea, select, [role="combobox"]):not([type="search"])';
    document.querySelector<HTMLElement>(fields)?.focus();
  });
}
