import type { ElementId } from '@skerry/shared/base/ids';
import type { LinkTable } from '@skerry/shared/relational/plan';
import { quoted } from '../base/quoted.ts';
import type { Sql, SqlValue } from '../base/sql.ts';
import { beforeColumn, type LoggedTable } from './before-image.ts';

/** What stands in front of a query so that it sees the tables as they were; '' when nothing has changed since. */
export interface Overlay {
  readonly with: string;
  readonly parameters: readonly SqlValue[];
}

export const NO_OVERLAY: Overlay = { with: '', parameters: [] };

/** All tables whose past may be asked for. */
export interface LoggedTables {
  readonly entities: ReadonlyMap<string, LoggedTable>;
  readonly links: ReadonlyMap<string, LinkTable>;
}

/**
 * The state at `position`: today's rows with the first before-image after it laid over. Each changed table is shadowed
 * by a view of its own name, so that compiled constraints run on the past without knowing it.
 */
export async function overlayAt(sql: Sql, tables: LoggedTables, position: number): Promise<Overlay> {
  const changed = await changedSince(sql, position);
  const parts: string[] = [];
  const parameters: SqlValue[] = [];
  for (const id of changed.entities) {
    const table = tables.entities.get(id);
    if (!table) continue;
    parts.push(entityPart(table));
    parameters.push(id, position, id, position, id, position);
  }
  for (const id of changed.associations) {
    const table = tables.links.get(id);
    if (!table) continue;
    parts.push(linkPart(table));
    parameters.push(id, position, id, position, id, position);
  }
  return parts.length === 0 ? NO_OVERLAY : { with: `WITH ${parts.join(', ')} `, parameters };
}

async function changedSince(sql: Sql, position: number) {
  const rows = await sql.all('SELECT DISTINCT "entityId", "associationId" FROM "change_log" WHERE "position" > ?', [
    position,
  ]);
  return {
    entities: rows.flatMap((row) => (row.entityId === null ? [] : [row.entityId as ElementId])),
    associations: rows.flatMap((row) => (row.associationId === null ? [] : [row.associationId as ElementId])),
  };
}

function entityPart(table: LoggedTable): string {
  const name = quoted(table.name);
  const columns = table.columns.map((column) => `, t.${quoted(column.name)} AS ${quoted(column.name)}`).join('');
  const before = table.columns.map((column) => `, ${beforeColumn(column)} AS ${quoted(column.name)}`).join('');
  return `${name} AS (
    SELECT t."$id" AS "$id", t."$rev" AS "$rev"${columns} FROM main.${name} t
    WHERE NOT EXISTS (SELECT 1 FROM "change_log" l WHERE l."objectId" = t."$id" AND l."entityId" = ? AND l."position" > ?)
    UNION ALL
    SELECT l."objectId" AS "$id", l."beforeRev" AS "$rev"${before} FROM "change_log" l
    WHERE l."entityId" = ? AND l."position" > ? AND l."before" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "change_log" m WHERE m."objectId" = l."objectId" AND m."entityId" = ?
        AND m."position" > ? AND m."position" < l."position"))`;
}

/** Of a pair's entries the first decides: what is unlinked first was there, what is linked first was not. */
function linkPart(table: LinkTable): string {
  const name = quoted(table.name);
  return `${name} AS (
    SELECT t."$owner" AS "$owner", t."$target" AS "$target" FROM main.${name} t
    WHERE NOT EXISTS (SELECT 1 FROM "change_log" l WHERE l."objectId" = t."$owner" AND l."associationId" = ?
      AND l."targetId" = t."$target" AND l."position" > ?)
    UNION ALL
    SELECT l."objectId" AS "$owner", l."targetId" AS "$target" FROM "change_log" l
    WHERE l."associationId" = ? AND l."position" > ? AND l."kind" = 'unlink'
      AND NOT EXISTS (SELECT 1 FROM "change_log" m WHERE m."objectId" = l."objectId" AND m."targetId" = l."targetId"
        AND m."associationId" = ? AND m."position" > ? AND m."position" < l."position"))`;
}
