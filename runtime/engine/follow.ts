import type { ObjectId } from '@skerry/shared/base/ids';
import type { AssociationEnd } from '@skerry/shared/metamodel/domain-view';
import type { SqlReader } from '../store/sql-queue.ts';
import { cellOf, isFree, type LoadedObject, loadObjects, type ReaderContext } from './object-reader.ts';
import type { WorkingObject } from './working-set.ts';

/**
 * Objects reached from each of `ids` over one association, changes in memory laid over. Absent objects and references
 * that may not be read lead nowhere.
 *
 * @param reversed for an association from an entity to itself: from target to owner
 */
export async function followObjects(
  reader: SqlReader,
  context: ReaderContext,
  ids: readonly ObjectId[],
  association: string,
  reversed = false,
): Promise<ReadonlyMap<ObjectId, readonly LoadedObject[]>> {
  const starts = await loadObjects(reader, context, ids);
  const reached = new Map<ObjectId, readonly ObjectId[]>();
  for (const [name, own] of Map.groupBy(starts, (start) => start.entity.name)) {
    const end = context.app.view.step(name, association, reversed);
    if (!end) continue;
    if (end.direction === 'forward') for (const start of own) reached.set(start.id, targetsOf(start, end));
    else {
      const owners = await ownersOf(
        reader,
        context,
        end,
        own.map((start) => start.id),
      );
      for (const [id, found] of owners) reached.set(id, found);
    }
  }
  const far = await loadObjects(reader, context, [...new Set([...reached.values()].flat())]);
  const byId = new Map(far.map((object) => [object.id, object]));
  return new Map(ids.map((id) => [id, (reached.get(id) ?? []).flatMap((target) => byId.get(target) ?? [])]));
}

function targetsOf(start: LoadedObject, end: AssociationEnd): readonly ObjectId[] {
  const member = start.entity.membersById.get(end.id);
  if (!member || member.kind === 'attribute') return [];
  if (!isFree(start) && !start.rights.read.some((id) => id === member.id)) return [];
  if (member.kind === 'set') return start.links[member.id] ?? [];
  const cell = cellOf(start, member);
  return cell === null ? [] : [cell as ObjectId];
}

/** Backwards: stored owners whose reference was not changed in memory, and those in memory. */
async function ownersOf(
  reader: SqlReader,
  context: ReaderContext,
  end: AssociationEnd,
  targets: readonly ObjectId[],
): Promise<ReadonlyMap<ObjectId, readonly ObjectId[]>> {
  const found = new Map<ObjectId, ObjectId[]>(targets.map((target) => [target, []]));
  const planned = context.app.tables.association(end.id);
  const stored = planned ? await context.app.tables.owners(reader, planned, targets) : [];
  for (const { owner, target } of stored) {
    const working = context.working.get(owner);
    if (!working || !changesReference(working, end)) found.get(target)?.push(owner);
  }
  for (const working of context.working.all()) {
    if (!changesReference(working, end)) continue;
    const referred = [working.cells[end.id], ...(working.links[end.id] ?? [])];
    for (const target of targets) if (referred.includes(target)) found.get(target)?.push(working.id);
  }
  return found;
}

function changesReference(working: WorkingObject, end: AssociationEnd): boolean {
  return Object.hasOwn(working.cells, end.id) || Object.hasOwn(working.links, end.id);
}
