import type { Cell } from '@skerry/shared/base/cell';
import { isObjectId, type ObjectId } from '@skerry/shared/base/ids';
import type { AssociationEnd } from '@skerry/shared/metamodel/domain-view';
import type { SqlReader } from '../store/sql-queue.ts';
import { whyNot } from './check-cell.ts';
import { defaultCells } from './default-values.ts';
import { refuse } from './failure.ts';
import { followObjects } from './follow.ts';
import { loadObjects } from './object-reader.ts';
import type { AssociationOfObject, Member } from './running-app.ts';
import { isFree, type LoadedObject, type ReaderContext } from './stored-object.ts';
import type { WorkingObject } from './working-set.ts';

/** Values by member name: a cell, or for a reference set its whole content. */
export type MemberValues = { readonly [member: string]: Cell | readonly ObjectId[] };

/** A new object in memory with its entity's defaults. */
export function createObject(context: ReaderContext, entityName: string, id: ObjectId, now: number): WorkingObject {
  const entity = context.app.entity(entityName);
  if (!entity) return refuse('object/unknown-entity', `The app has no entity ${entityName}.`);
  const object: WorkingObject = {
    id,
    entity: entityName,
    isNew: true,
    cells: defaultCells(context.app, entity, now),
    links: {},
  };
  context.working.put(object);
  return object;
}

/** Changes an object in memory. What the user may not write, or does not fit, is refused with the member named. */
export async function changeObject(
  reader: SqlReader,
  context: ReaderContext,
  id: ObjectId,
  values: MemberValues,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const object = await mustLoad(reader, context, id);
    const member = object.entity.members.get(name);
    if (member) setMember(context, object, member, value);
    else await setFromFarSide(reader, context, object, name, value);
  }
}

export async function mustLoad(reader: SqlReader, context: ReaderContext, id: ObjectId): Promise<LoadedObject> {
  const [object] = await loadObjects(reader, context, [id]);
  return object ?? refuse('object/gone', 'This object is not on this device any more.');
}

function setMember(context: ReaderContext, object: LoadedObject, member: Member, value: MemberValues[string]): void {
  const say = (message: string): never =>
    refuse('object/invalid-value', message, [{ object: object.id, member: member.name, message }]);
  if (member.owned) {
    const isCalculated = member.kind === 'attribute' && member.attribute?.calculatedBy !== undefined;
    say(`${member.name} is ${isCalculated ? 'calculated' : 'filled by the service'}.`);
  }
  if (!isFree(object) && !object.rights.write.some((id) => id === member.id)) {
    refuse('access/read-only', `You may not change ${member.name}.`, [
      { object: object.id, member: member.name, message: 'You may not change this.' },
    ]);
  }
  const working: WorkingObject = object.working ?? {
    id: object.id,
    entity: object.entity.name,
    isNew: false,
    cells: {},
    links: {},
  };
  if (member.kind === 'set' || member.kind === 'link') {
    const ids = idsOf(value);
    if (!ids || (member.kind === 'link' && ids.length > 1)) return say('Objects are expected.');
    context.working.put({ ...working, links: { ...working.links, [member.id]: ids } });
    return;
  }
  if (typeof value === 'object' && value !== null) return say('One value is expected.');
  const problem = whyNot(context.app, member, value);
  if (problem) say(problem);
  context.working.put({ ...working, cells: { ...working.cells, [member.id]: value } });
}

/** An association that both sides own is set from here, and stands at the other side. */
async function setFromFarSide(
  reader: SqlReader,
  context: ReaderContext,
  object: LoadedObject,
  name: string,
  value: MemberValues[string],
): Promise<void> {
  const end = context.app.view.step(object.entity.name, name, true);
  if (end?.owner !== 'both') return refuse('object/unknown-member', `${object.entity.name} has no member ${name}.`);
  const wanted = new Set(idsOf(value) ?? []);
  const present = (await followObjects(reader, context, [object.id], name, true)).get(object.id) ?? [];
  for (const owner of present) if (!wanted.has(owner.id)) setReference(context, owner, end, object.id, false);
  for (const id of wanted) setReference(context, await mustLoad(reader, context, id), end, object.id, true);
}

function setReference(
  context: ReaderContext,
  owner: LoadedObject,
  end: AssociationEnd,
  target: ObjectId,
  on: boolean,
): void {
  const member = owner.entity.membersById.get(end.id) as AssociationOfObject | undefined;
  if (!member) return;
  if (member.kind === 'reference') return setMember(context, owner, member, on ? target : null);
  const others = (owner.links[member.id] ?? []).filter((id) => id !== target && member.kind === 'set');
  setMember(context, owner, member, on ? [...others, target] : others);
}

function idsOf(value: MemberValues[string]): readonly ObjectId[] | null {
  if (value === null) return [];
  const ids = Array.isArray(value) ? (value as readonly string[]) : [value];
  return ids.every((id) => typeof id === 'string' && isObjectId(id)) ? (ids as readonly ObjectId[]) : null;
}
