import type { ObjectId } from '@skerry/shared/base/ids';
import type { Sql } from '../../base/sql.ts';
import { logHead, logTail, NO_OVERLAY } from '../../change-log/index.ts';
import type { DeviceScope } from '../../releases/index.ts';
import { heldEntities } from '../flow/hold-for-device.ts';
import type { Viewpoint } from '../viewpoint.ts';
import { readsOf } from './candidates.ts';
import { frameOf } from './frame.ts';
import { countInScope, type EntityScope, entityScope } from './scope-query.ts';
import type { Cursor, PageToken, Step } from './tokens.ts';

/** Below this a window is always followed entry by entry. */
const SMALL_WINDOW = 1000;

/** The entities a device downloads, under the rules of today. */
export async function entityScopes(
  sql: Sql,
  viewpoint: Viewpoint,
  scope: DeviceScope,
  deviceId: ObjectId,
): Promise<readonly EntityScope[]> {
  const held = await heldEntities(sql, deviceId);
  return scope.entities.flatMap((scoped) => entityScope(viewpoint, scoped, deviceId, held) ?? []);
}

export function framesOf(viewpoint: Viewpoint, scopes: readonly EntityScope[]): { [entityId: string]: string } {
  return Object.fromEntries(scopes.map((scope) => [scope.info.id as string, frameOf(viewpoint, scope)]));
}

/** Fixes what the pull shows (its snapshot) and how each entity gets there. */
export async function openPull(
  sql: Sql,
  viewpoint: Viewpoint,
  scopes: readonly EntityScope[],
  cursor: Cursor | null,
  coversSequence: number,
): Promise<PageToken> {
  const position = await logHead(sql);
  const frames = framesOf(viewpoint, scopes);
  const tail = await logTail(sql);
  const steps: Step[] = [];
  for (const scope of scopes) {
    const entityId = scope.info.id;
    if (!cursor) steps.push({ entityId, how: 'first', because: '' });
    else {
      const because = await whyReconcile(sql, scope, cursor, frames[entityId] ?? '', tail, position);
      steps.push(because === null ? { entityId, how: 'delta', because: '' } : { entityId, how: 'reconcile', because });
    }
  }
  const now = { viewpoint, overlay: NO_OVERLAY, position };
  let totalRows: number | null = null;
  for (const step of steps) {
    if (step.how === 'delta') continue;
    const scope = scopes.find((one) => one.info.id === step.entityId);
    if (scope) totalRows = (totalRows ?? 0) + (await countInScope(sql, scope, now));
  }
  return {
    kind: 'page',
    position,
    atMs: viewpoint.environment.session.now,
    coversSequence,
    from: cursor ? { position: cursor.position, atMs: cursor.atMs } : null,
    frames,
    steps,
    at: 0,
    after: '',
    totalRows,
  };
}

/** Null when the log can tell the difference; else, for people, why the entity is compared whole. */
async function whyReconcile(
  sql: Sql,
  scope: EntityScope,
  cursor: Cursor,
  frame: string,
  tail: number,
  head: number,
): Promise<string | null> {
  const known = cursor.frames[scope.info.id];
  if (known === undefined) return 'it is new on this device';
  if (known !== frame) return 'what decides over its rows has changed';
  if (cursor.position > head) return 'the service was set back to an earlier state';
  if (cursor.position < tail) return 'the device was away for longer than the change log reaches back';
  const [barrier] = await sql.all('SELECT "position" FROM "log_barrier" WHERE "entityId" = ? AND "position" > ?', [
    scope.info.id,
    cursor.position,
  ]);
  if (barrier) return 'a release changed how it is stored';
  const [beyond] = readsOf(scope).beyond;
  if (beyond !== undefined) return beyond;
  if (head - cursor.position <= SMALL_WINDOW) return null;
  const [row] = await sql.all(
    `SELECT (SELECT count(*) FROM "change_log" WHERE "entityId" = ? AND "position" > ?) AS "entries",
            (SELECT count(*) FROM "${scope.info.table}") AS "rows"`,
    [scope.info.id, cursor.position],
  );
  return Number(row?.entries) > Math.max(SMALL_WINDOW, Number(row?.rows)) ? 'more has changed than it has rows' : null;
}
