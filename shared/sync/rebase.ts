import type { Cells } from '../base/cell.ts';
import type { ElementId, ObjectId } from '../base/ids.ts';
import type { CreateOperation, DeleteOperation, Links, UpdateOperation } from './change.ts';

/**
 * What a device lays over the server's rows. Beside what is sent it keeps what only this device shows until the
 * covering checkpoint: values the server owns (`provisional`), and deletes that follow from others by delete behaviour
 * (`impliedDelete`), which every side computes for itself.
 */
export type PendingOperation =
  | (CreateOperation & { readonly provisional?: Cells })
  | (UpdateOperation & { readonly provisional?: Cells })
  | DeleteOperation
  | { readonly kind: 'impliedDelete'; readonly entityId: ElementId; readonly objectId: ObjectId };

/** An object as far as its own row and links go. */
export interface ObjectState {
  readonly cells: Cells;
  readonly links: Links;
}

/**
 * One object as its user sees it: the server's state with the pending operations over it, in their order. Total and
 * pure, so that laying over again after every checkpoint always gives the same. A later operation never brings a
 * deleted object back.
 *
 * @param base null when the server has no such object for this device
 * @param withheld members the user may not read: they stay empty whatever is pending
 */
export function overlay(
  base: ObjectState | null,
  pending: readonly PendingOperation[],
  withheld: (memberId: string) => boolean = () => false,
): ObjectState | null {
  let state = base;
  for (const operation of pending) {
    if (operation.kind === 'delete' || operation.kind === 'impliedDelete') return null;
    if (operation.kind === 'create') state ??= { cells: {}, links: {} };
    if (state === null) continue;
    state = {
      cells: { ...state.cells, ...readable(operation.set, withheld), ...readable(operation.provisional, withheld) },
      links: mergeLinks(state.links, operation.add, operation.kind === 'update' ? operation.remove : undefined),
    };
  }
  return state;
}

/** Sets with `add` put in and `remove` taken out; the order of what stays is kept. */
export function mergeLinks(links: Links, add: Links | undefined, remove: Links | undefined): Links {
  if (!add && !remove) return links;
  const merged: { [associationId: string]: readonly ObjectId[] } = { ...links };
  for (const [associationId, gone] of Object.entries(remove ?? {})) {
    merged[associationId] = (merged[associationId] ?? []).filter((id) => !gone.includes(id));
  }
  for (const [associationId, added] of Object.entries(add ?? {})) {
    const present = merged[associationId] ?? [];
    merged[associationId] = [...present, ...added.filter((id) => !present.includes(id))];
  }
  return merged;
}

/** What leads from one set of links to another. */
export function linkChanges(before: Links, after: Links): { readonly add?: Links; readonly remove?: Links } {
  const add: { [associationId: string]: readonly ObjectId[] } = {};
  const remove: { [associationId: string]: readonly ObjectId[] } = {};
  for (const associationId of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = before[associationId] ?? [];
    const now = after[associationId] ?? [];
    const added = now.filter((id) => !old.includes(id));
    const gone = old.filter((id) => !now.includes(id));
    if (added.length > 0) add[associationId] = added;
    if (gone.length > 0) remove[associationId] = gone;
  }
  return {
    ...(Object.keys(add).length > 0 ? { add } : {}),
    ...(Object.keys(remove).length > 0 ? { remove } : {}),
  };
}

function readable(cells: Cells | undefined, withheld: (memberId: string) => boolean): Cells {
  if (!cells) return {};
  return Object.fromEntries(Object.entries(cells).filter(([memberId]) => !withheld(memberId)));
}
