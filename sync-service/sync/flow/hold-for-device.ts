import type { ObjectId } from '@skerry/shared/base/ids';
import type { ObjectValue } from '@skerry/shared/expression/value';
import type { Sql } from '../../base/sql.ts';
import { type Author, logHold } from '../../change-log/index.ts';
import type { ActiveModel } from '../../releases/index.ts';

/** Objects handed over are part of the device's scope while its user may read them (design 6.5 Holdings). */
export async function holdForDevice(
  sql: Sql,
  model: ActiveModel,
  objects: readonly ObjectValue[],
  author: Author,
): Promise<void> {
  const { deviceId } = author;
  for (const { entity, id } of objects) {
    const entityId = model.view.entity(entity)?.id;
    if (deviceId === null || !entityId || !model.entities.has(entityId)) continue;
    const held = await sql.all('SELECT 1 AS "held" FROM "holding" WHERE "deviceId" = ? AND "objectId" = ?', [
      deviceId,
      id,
    ]);
    if (held.length > 0) continue;
    await sql.run('INSERT INTO "holding" ("deviceId", "entityId", "objectId", "position") VALUES (?, ?, ?, ?)', [
      deviceId,
      entityId,
      id,
      await logHold(sql, id, author),
    ]);
  }
}

/** Entities of which the device holds something. */
export async function heldEntities(sql: Sql, deviceId: ObjectId): Promise<ReadonlySet<string>> {
  const rows = await sql.all('SELECT DISTINCT "entityId" FROM "holding" WHERE "deviceId" = ?', [deviceId]);
  return new Set(rows.map((row) => String(row.entityId)));
}
