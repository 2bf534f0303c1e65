import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { PlannedAssociation } from '@skerry/shared/relational/plan';
import { quoted } from '../../base/quoted.ts';
import type { Sql } from '../../base/sql.ts';
import type { Author } from '../../change-log/index.ts';
import type { ActiveModel, EntityInfo } from '../../releases/index.ts';
import { deleteObject, ownersOf, removeLink, targetsOf, updateObject } from '../object-rows.ts';

/** An object and the entity whose table it stands in. */
export interface Found {
  readonly info: EntityInfo;
  readonly id: ObjectId;
}

export type Cascade =
  | { readonly kind: 'doomed'; readonly doomed: ReadonlyMap<ObjectId, Found> }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * What goes with an object by its delete behaviours, itself first, over all objects and without anybody's rights
 * (design 6.4 Deletes). A refusal names the rule, never the objects that stand in the way.
 */
export async function cascadeOf(sql: Sql, model: ActiveModel, root: Found): Promise<Cascade> {
  const doomed = new Map<ObjectId, Found>([[root.id, root]]);
  // The map grows while it is walked: what comes later is visited too.
  for (const found of doomed.values()) {
    for (const { association, side, others } of await touching(sql, model, found)) {
      if (association.deleteBehavior[side] !== 'deleteOther') continue;
      for (const other of others) doomed.set(other.id, other);
    }
  }
  for (const found of doomed.values()) {
    for (const { association, side, others } of await touching(sql, model, found)) {
      const stands = others.some((other) => !doomed.has(other.id));
      if (association.deleteBehavior[side] === 'deleteIfNoReferences' && stands) {
        return { kind: 'refused', message: refusalWords(model, association) };
      }
    }
  }
  return { kind: 'doomed', doomed };
}

/** @returns entities whose objects went or lost a reference */
export async function deleteDoomed(
  sql: Sql,
  model: ActiveModel,
  doomed: ReadonlyMap<ObjectId, Found>,
  author: Author,
): Promise<ReadonlySet<ElementId>> {
  const entities = new Set<ElementId>();
  for (const found of doomed.values()) {
    for (const { others } of await touching(sql, model, found)) for (const other of others) entities.add(other.info.id);
    await unlink(sql, model, found, doomed, author);
  }
  for (const { info, id } of doomed.values()) {
    entities.add(info.id);
    await deleteObject(sql, info, id, author);
  }
  return entities;
}

interface Touching {
  readonly association: PlannedAssociation;
  /** The end that the object has. */
  readonly side: 'from' | 'to';
  readonly others: readonly Found[];
}

async function touching(sql: Sql, model: ActiveModel, { info, id }: Found): Promise<readonly Touching[]> {
  const result: Touching[] = [];
  for (const association of model.plan.associations) {
    if (info.lineage.includes(association.to)) {
      result.push({ association, side: 'to', others: await owners(sql, model, association, id) });
    }
    if (info.lineage.includes(association.from)) {
      result.push({ association, side: 'from', others: await targets(sql, model, association, info, id) });
    }
  }
  return result;
}

/** Objects that refer to `id` by the association. */
export async function owners(
  sql: Sql,
  model: ActiveModel,
  association: PlannedAssociation,
  id: ObjectId,
): Promise<readonly Found[]> {
  if (association.storage.kind === 'table') {
    return locate(sql, model, association.from, await ownersOf(sql, association.storage.table, id));
  }
  const found: Found[] = [];
  for (const info of concrete(model, association.from)) {
    const column = info.columnOf.get(association.id);
    if (!column) continue;
    const rows = await sql.all(`SELECT "$id" AS "id" FROM ${quoted(info.table)} WHERE ${quoted(column.name)} = ?`, [
      id,
    ]);
    for (const row of rows) found.push({ info, id: row.id as ObjectId });
  }
  return found;
}

async function targets(sql: Sql, model: ActiveModel, association: PlannedAssociation, info: EntityInfo, id: ObjectId) {
  if (association.storage.kind === 'table') {
    return locate(sql, model, association.to, await targetsOf(sql, association.storage.table, id));
  }
  const column = info.columnOf.get(association.id);
  if (!column) return [];
  const rows = await sql.all(`SELECT ${quoted(column.name)} AS "id" FROM ${quoted(info.table)} WHERE "$id" = ?`, [id]);
  return locate(
    sql,
    model,
    association.to,
    rows.flatMap((row) => (row.id === null ? [] : [row.id as ObjectId])),
  );
}

/** In which table each object stands; those that stand in none are left out. */
export async function locate(
  sql: Sql,
  model: ActiveModel,
  entity: ElementId,
  ids: readonly ObjectId[],
): Promise<readonly Found[]> {
  const found: Found[] = [];
  if (ids.length === 0) return found;
  for (const info of concrete(model, entity)) {
    const rows = await sql.all(
      `SELECT "$id" AS "id" FROM ${quoted(info.table)} WHERE "$id" IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids)],
    );
    for (const row of rows) found.push({ info, id: row.id as ObjectId });
  }
  return found;
}

export function concrete(model: ActiveModel, entity: ElementId): readonly EntityInfo[] {
  return [...model.entities.values()].filter((info) => info.lineage.includes(entity));
}

/** Takes away what points at or from an object that goes, and touches what stays as a change of its own. */
async function unlink(
  sql: Sql,
  model: ActiveModel,
  found: Found,
  doomed: ReadonlyMap<ObjectId, Found>,
  author: Author,
): Promise<void> {
  for (const { association, side, others } of await touching(sql, model, found)) {
    if (association.storage.kind === 'column') {
      if (side === 'from') continue;
      for (const other of others) {
        if (doomed.has(other.id)) continue;
        await updateObject(sql, other.info, other.id, { [association.id]: null }, [], author);
      }
      continue;
    }
    for (const other of others) {
      const [owner, target] = side === 'to' ? [other, found] : [found, other];
      // The owner's set is part of its content: its revision moves, before the link goes.
      if (!doomed.has(owner.id)) await updateObject(sql, owner.info, owner.id, {}, [association.id], author);
      const { table } = association.storage;
      await removeLink(sql, { associationId: association.id, table, owner: owner.id, target: target.id }, author);
    }
  }
}

function refusalWords(model: ActiveModel, association: PlannedAssociation): string {
  const text = model.view.association(association.name)?.association?.deleteBehavior.message;
  const own = text?.[model.model.app.defaultLanguage] ?? Object.values(text ?? {})[0];
  return own ?? 'It cannot be deleted while others refer to it.';
}
