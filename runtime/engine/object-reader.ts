import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { SqlReader } from '../store/sql-queue.ts';
import { calculate } from './calculation.ts';
import type { ObjectSnapshot } from './device-face.ts';
import { cellOf, isChanged, isFree, type LoadedObject, loadStored, type ReaderContext } from './stored-object.ts';

/** Loads objects by id, in the order asked for, calculated attributes among their cells; those that are gone are left out. */
export async function loadObjects(
  reader: SqlReader,
  context: ReaderContext,
  ids: readonly ObjectId[],
): Promise<readonly LoadedObject[]> {
  return calculate(reader, context, await loadStored(reader, context, ids));
}

export function snapshot(object: LoadedObject): ObjectSnapshot {
  const values: { [member: string]: Cell } = {};
  const sets: { [association: string]: readonly ObjectId[] } = {};
  const { entity, rights } = object;
  const readable = new Set(rights.read);
  const writable: string[] = [];
  const allowed = new Set(rights.write);
  for (const member of entity.members.values()) {
    if (!isFree(object) && !readable.has(member.id)) continue;
    if (member.kind === 'set') sets[member.name] = object.links[member.id] ?? [];
    else values[member.name] = cellOf(object, member);
    if (!member.owned && (isFree(object) || allowed.has(member.id))) writable.push(member.name);
  }
  return {
    id: object.id,
    entity: entity.name,
    values,
    sets,
    writable,
    canDelete: isFree(object) || object.working?.isNew === true || rights.delete,
    isNew: object.working?.isNew ?? false,
    isChanged: isChanged(object),
    isPending: object.isPending,
    inInbox: object.inInbox,
  };
}
