import type { ObjectId } from '@skerry/shared/base/ids';
import type { SqlReader } from '../store/sql-queue.ts';
import { loadObjects } from './object-reader.ts';
import { reach } from './reach.ts';
import { type LoadedObject, loadStored, type ReaderContext } from './stored-object.ts';

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
  const starts = await loadStored(reader, context, ids);
  const reached = new Map<ObjectId, readonly ObjectId[]>();
  for (const [name, own] of Map.groupBy(starts, (start) => start.entity.name)) {
    const end = context.app.view.step(name, association, reversed);
    if (!end) continue;
    for (const [id, found] of await reach(reader, context, own, end)) reached.set(id, found);
  }
  const far = await loadObjects(reader, context, [...new Set([...reached.values()].flat())]);
  const byId = new Map(far.map((object) => [object.id, object]));
  return new Map(ids.map((id) => [id, (reached.get(id) ?? []).flatMap((target) => byId.get(target) ?? [])]));
}
