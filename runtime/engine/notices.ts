import { readNotices } from '../store/notice-table.ts';
import type { SqlReader } from '../store/sql-queue.ts';
import type { ReplacedNotice } from './device-face.ts';
import { isWithheld } from './inbox.ts';
import { loadObjects } from './object-reader.ts';
import type { ReaderContext } from './stored-object.ts';

/** Notices in the running bundle's words. One of an entity or member that the app has no more speaks of nothing. */
export async function describeNotices(reader: SqlReader, context: ReaderContext): Promise<readonly ReplacedNotice[]> {
  const records = await readNotices(reader);
  const objects = await loadObjects(
    reader,
    context,
    records.map(({ objectId }) => objectId),
  );
  const present = new Map(objects.map((object) => [object.id, object]));
  return records.flatMap(({ id, atMs, entityId, objectId, memberId, mine }) => {
    const entity = context.app.entityById(entityId);
    const member = memberId === null ? null : entity?.membersById.get(memberId);
    if (!entity || member === undefined) return [];
    const object = present.get(objectId);
    const theirs = member === null || isWithheld(object, member) ? null : (object?.row?.cells[member.id] ?? null);
    return [{ id, atMs, object: objectId, entity: entity.name, member: member?.name ?? null, mine, theirs }];
  });
}
