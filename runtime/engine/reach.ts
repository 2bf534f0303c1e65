import type { ObjectId } from '@skerry/shared/base/ids';
import type { AssociationEnd } from '@skerry/shared/metamodel/domain-view';
import type { SqlReader } from '../store/sql-queue.ts';
import { cellOf, isReadable, type LoadedObject, type ReaderContext } from './stored-object.ts';
import type { WorkingObject } from './working-set.ts';

/** Ids over one end from objects at its near side, changes in memory laid over. References that may not be read lead nowhere. */
export async function reach(
  reader: SqlReader,
  context: ReaderContext,
  starts: readonly LoadedObject[],
  end: AssociationEnd,
): Promise<ReadonlyMap<ObjectId, readonly ObjectId[]>> {
  if (end.direction === 'forward') return new Map(starts.map((start) => [start.id, targetsOf(start, end)]));
  const ids = starts.map((start) => start.id);
  return ownersOf(reader, context, end, ids);
}

export function targetsOf(start: LoadedObject, end: AssociationEnd): readonly ObjectId[] {
  const member = start.entity.membersById.get(end.id);
  if (!member || member.kind === 'attribute') return [];
  if (!isReadable(start, member.id)) return [];
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
