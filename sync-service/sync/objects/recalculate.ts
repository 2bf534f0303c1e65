import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import { bound } from '../../base/column.ts';
import { quoted } from '../../base/quoted.ts';
import type { Sql } from '../../base/sql.ts';
import type { ActiveModel, EntityInfo } from '../../releases/index.ts';
import { readObject } from '../object-rows.ts';
import { NO_PLACE, type Viewpoint, viewpointOf } from '../viewpoint.ts';
import { calculate } from './calculate.ts';

/**
 * Fills calculated attributes that are new, or calculated otherwise than before; `previous` null: all. Not logged, and
 * no revision moves: the frames of devices change with the expressions, so that they compare such an entity whole.
 */
export async function recalculate(
  sql: Sql,
  model: ActiveModel,
  previous: ActiveModel | null,
  nowMs: number,
): Promise<void> {
  for (const info of model.entities.values()) {
    const before = previous?.entities.get(info.id);
    if (info.calculated.length === 0 || (before && textsOf(before) === textsOf(info))) continue;
    const viewpoint = await nobody(sql, model, nowMs);
    const rows = await sql.all(`SELECT "$id" AS "id" FROM ${quoted(info.table)}`);
    for (const row of rows) await recalculateObject(sql, viewpoint, info, row.id as ObjectId);
  }
}

async function recalculateObject(sql: Sql, viewpoint: Viewpoint, info: EntityInfo, id: ObjectId): Promise<void> {
  const object = must(await readObject(sql, info, id), 'a row that was listed in this unit');
  const cells = await calculate(sql, viewpoint, info, object);
  const columns = info.columns.filter(({ memberId }) => Object.hasOwn(cells, memberId));
  await sql.run(
    `UPDATE ${quoted(info.table)} SET ${columns.map(({ name }) => `${quoted(name)} = ?`).join(', ')} WHERE "$id" = ?`,
    [...columns.map((column) => bound(cells[column.memberId] ?? null, column)), id],
  );
}

function textsOf(info: EntityInfo): string {
  return JSON.stringify(info.calculated.map(({ id, text }) => [id, text]));
}

/** Nobody is signed in while a release is prepared: what asks for the user finds nothing. */
function nobody(sql: Sql, model: ActiveModel, nowMs: number): Promise<Viewpoint> {
  const user = {
    id: '00000000-0000-7000-8000-000000000000' as ObjectId,
    entityId: must(model.view.entity('System.User'), 'every model has users').id as ElementId,
    entity: 'System.User',
    name: '',
    fullName: null,
    isOpen: false,
    roles: [],
  };
  return viewpointOf(sql, model, user, NO_PLACE, nowMs);
}
