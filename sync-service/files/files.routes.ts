import { createHash } from 'node:crypto';
import { userFault } from '@skerry/shared/base/fault';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { objectId, sha256 } from '@skerry/shared/protocol/common';
import { Router, raw } from 'express';
import { type Authenticated, requireUser, type Sessions } from '../auth/index.ts';
import type { Clock } from '../base/clock.ts';
import type { ContentFolder } from '../base/content-folder.ts';
import { parseRequest } from '../base/parse-request.ts';
import { quoted } from '../base/quoted.ts';
import type { Database, Sql, WriteUnit } from '../base/sql.ts';
import { addFileBody, hasFileBody, hasUploaded, isClaimGood } from '../db/repositories/files.repository.ts';
import type { ActiveModel, Releases } from '../releases/index.ts';
import { holdingGrants, NO_PLACE, updateObject, viewpointOf } from '../sync/index.ts';

export interface FilesPorts {
  readonly database: Database;
  readonly releases: Releases;
  readonly sessions: Sessions;
  readonly bodies: ContentFolder;
  readonly now: Clock;
  readonly maxBodyBytes: number;
  readonly onChanged: (entities: ReadonlySet<ElementId>, by: ObjectId | null) => void;
}

/**
 * Bodies by their SHA-256. PUT /api/files/:hash stores one; GET /api/files/:entity/:object answers with the body that
 * the row names, where the caller may read the member that names it: a hash alone gives nothing.
 */
export function fileRoutes(ports: FilesPorts): Router {
  const { database, sessions, bodies, now, maxBodyBytes } = ports;
  const router = Router();

  router.head('/api/files/:hash', async (request, response) => {
    const { user } = await requireUser(request, sessions);
    const hash = parseRequest(sha256, request.params.hash);
    // Known only to whoever sent it: others would learn that somebody has such a file.
    const known = await database.read((sql) => hasUploaded(sql, hash, user.id));
    response.status(known ? 204 : 404).end();
  });

  router.put('/api/files/:hash', raw({ type: () => true, limit: maxBodyBytes }), async (request, response) => {
    const { user } = await requireUser(request, sessions);
    const hash = parseRequest(sha256, request.params.hash);
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const found = createHash('sha256').update(body).digest('hex');
    if (found !== hash) throw userFault('file/other-hash', 'The body is not the one that was named. Send it again.');
    await bodies.write(hash, body);
    await database.write(async (unit) => {
      const isNews = !(await hasFileBody(unit, hash));
      await addFileBody(unit, { hash, bytes: body.length, storedMs: now() }, user.id);
      const touched = isNews ? await touchRows(unit, ports.releases.active(), hash, now()) : new Set<ElementId>();
      unit.afterCommit(() => ports.onChanged(touched, null));
    });
    response.status(204).end();
  });

  router.get('/api/files/:entity/:object', async (request, response) => {
    const who = await requireUser(request, sessions);
    const id = parseRequest(objectId, request.params.object);
    const found = await database.read((sql) => readableFile(sql, ports, who, String(request.params.entity), id));
    if (!found || !bodies.has(found.hash))
      throw userFault('file/not-found', 'There is no such file, or you may not read it.');
    response.set({
      etag: `"${found.hash}"`,
      'content-type': 'application/octet-stream',
      'cache-control': 'private, no-cache',
      'x-skerry-media-type': encodeURIComponent(found.mediaType),
    });
    response.end(Buffer.from(await bodies.read(found.hash)));
  });
  return router;
}

/**
 * Rows go up before their bodies: whoever asked in between found nothing. Raising the revision of the rows that name
 * the body sends them once more, and devices ask again.
 */
async function touchRows(
  unit: WriteUnit,
  model: ActiveModel,
  hash: string,
  atMs: number,
): Promise<ReadonlySet<ElementId>> {
  const author = { transactionId: null, deviceId: null, sequence: null, userId: null, atMs };
  const touched = new Set<ElementId>();
  for (const info of model.entities.values()) {
    const member = model.view.isA(info.name, 'System.FileDocument')
      ? model.view.attributes(info.name).get('Hash')
      : undefined;
    const column = member && info.columnOf.get(member.id);
    if (!column) continue;
    const rows = await unit.all(`SELECT "$id" AS "id" FROM ${quoted(info.table)} WHERE ${quoted(column.name)} = ?`, [
      hash,
    ]);
    for (const row of rows) await updateObject(unit, info, row.id as ObjectId, {}, [], author);
    if (rows.length > 0) touched.add(info.id);
  }
  return touched;
}

async function readableFile(
  sql: Sql,
  { releases, now }: FilesPorts,
  { user }: Authenticated,
  entity: string,
  id: string,
) {
  const model = releases.active();
  const info = model.entities.get(entity);
  const attributes = info ? model.view.attributes(info.name) : null;
  const hash = attributes?.get('Hash');
  const mediaType = attributes?.get('MediaType');
  if (!info || !hash || !mediaType || !model.view.isA(info.name, 'System.FileDocument')) return null;
  const viewpoint = await viewpointOf(sql, model, user, NO_PLACE, now());
  const grants = await holdingGrants(sql, viewpoint, info, id as Parameters<typeof holdingGrants>[3]);
  if (!grants.some(({ grant }) => grant.read.includes(hash.id))) return null;
  const [hashColumn, mediaColumn] = [info.columnOf.get(hash.id), info.columnOf.get(mediaType.id)];
  const [row] = await sql.all(
    `SELECT ${quoted(hashColumn?.name ?? '')} AS "hash", ${quoted(mediaColumn?.name ?? '')} AS "mediaType" FROM ${quoted(info.table)} WHERE "$id" = ?`,
    [id],
  );
  if (!row || typeof row.hash !== 'string' || !(await hasFileBody(sql, row.hash))) return null;
  if (!(await isClaimGood(sql, id, row.hash))) return null;
  return { hash: row.hash, mediaType: String(row.mediaType ?? 'application/octet-stream') };
}
