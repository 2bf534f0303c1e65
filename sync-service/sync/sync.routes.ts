import type { ElementId } from '@skerry/shared/base/ids';
import { digestRequest, downloadRequest } from '@skerry/shared/protocol/download';
import { uploadRequest } from '@skerry/shared/protocol/upload';
import { Router } from 'express';
import { requireUser, type Sessions } from '../auth/index.ts';
import { answerJson } from '../base/json-answer.ts';
import { parseRequest } from '../base/parse-request.ts';
import { checkProfile } from './check-profile.ts';
import type { Download } from './download/download.service.ts';
import type { Pings } from './pings.ts';
import type { Upload } from './upload/upload.service.ts';

export interface SyncPorts {
  readonly sessions: Sessions;
  readonly upload: Upload;
  readonly download: Download;
  readonly pings: Pings;
}

export function syncRoutes({ sessions, upload, download, pings }: SyncPorts): Router {
  const router = Router();
  router.post('/api/sync/upload', async (request, response) => {
    const who = await requireUser(request, sessions);
    const asked = checkProfile(who.caller.profile, parseRequest(uploadRequest, request.body));
    await answerJson(request, response, await upload(who, asked));
  });
  router.post('/api/sync/download', async (request, response) => {
    const who = await requireUser(request, sessions);
    const asked = checkProfile(who.caller.profile, parseRequest(downloadRequest, request.body));
    await answerJson(request, response, await download.pull(who, asked));
  });
  router.post('/api/sync/digest', async (request, response) => {
    const who = await requireUser(request, sessions);
    const asked = checkProfile(who.caller.profile, parseRequest(digestRequest, request.body));
    await answerJson(request, response, await download.digest(who, asked));
  });
  router.get('/api/sync/pings', async (request, response) => {
    const { caller } = await requireUser(request, sessions);
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    response.flushHeaders();
    response.write(': open\n\n');
    const close = pings.open(caller.deviceId, (entities: readonly ElementId[]) => {
      response.write(`data: ${JSON.stringify({ entities })}\n\n`);
    });
    response.on('close', close);
  });
  return router;
}
