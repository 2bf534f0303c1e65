import { timingSafeEqual } from 'node:crypto';
import { userFault } from '@skerry/shared/base/fault';
import { publishRequest } from '@skerry/shared/protocol/bundle';
import { sha256 } from '@skerry/shared/protocol/common';
import { type Request, Router, raw } from 'express';
import type { ContentFolder } from '../base/content-folder.ts';
import { parseRequest } from '../base/parse-request.ts';
import type { Releases } from '../releases/index.ts';

export interface BundlesPorts {
  readonly releases: Releases;
  readonly parts: ContentFolder;
  readonly publisherToken: string;
  readonly maxBodyBytes: number;
}

export function bundleRoutes({ releases, parts, publisherToken, maxBodyBytes }: BundlesPorts): Router {
  const router = Router();
  const requirePublisher = (request: Request) => {
    const [, token = ''] = (request.get('authorization') ?? '').split(' ');
    const given = Buffer.from(token);
    const expected = Buffer.from(publisherToken);
    if (given.length === expected.length && timingSafeEqual(given, expected)) return;
    throw userFault('auth/not-a-publisher', 'Publishing needs the publisher token as Authorization: Bearer.');
  };

  router.get('/api/bundles/parts/:hash', async (request, response) => {
    const hash = parseRequest(sha256, request.params.hash);
    if (!parts.has(hash))
      throw userFault('bundle/unknown-part', `This service has no part ${hash}. Fetch the manifest again.`);
    const etag = `"${hash}"`;
    response.set({
      etag,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/octet-stream',
    });
    // Not request.fresh: a part never changes, so that asking past caches means nothing.
    if (request.get('if-none-match') === etag) return void response.status(304).end();
    response.end(Buffer.from(await parts.read(hash)));
  });
  router.get('/api/bundles/:profile', (request, response) => {
    response.set('cache-control', 'no-cache');
    // Express answers 304 by itself where the ETag of the body is still the same.
    response.json(releases.bundle(request.params.profile));
  });
  router.put('/api/bundles/parts/:hash', raw({ type: () => true, limit: maxBodyBytes }), async (request, response) => {
    requirePublisher(request);
    const hash = parseRequest(sha256, request.params.hash);
    await parts.write(hash, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    response.status(204).end();
  });
  router.post('/api/releases', async (request, response) => {
    requirePublisher(request);
    response.json(await releases.publish(parseRequest(publishRequest, request.body)));
  });
  return router;
}
