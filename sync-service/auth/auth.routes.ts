import type { ObjectId } from '@skerry/shared/base/ids';
import { refreshRequest, signInRequest } from '@skerry/shared/protocol/session';
import { Router } from 'express';
import { parseRequest } from '../base/parse-request.ts';
import type { Sessions } from './sessions.ts';

export function authRoutes(sessions: Sessions): Router {
  const router = Router();
  router.post('/api/session/sign-in', async (request, response) => {
    response.json(await sessions.signIn(parseRequest(signInRequest, request.body)));
  });
  router.post('/api/session/refresh', async (request, response) => {
    const { refreshToken, deviceId } = parseRequest(refreshRequest, request.body);
    response.json(await sessions.refresh(refreshToken, deviceId as ObjectId));
  });
  router.post('/api/session/sign-out', async (request, response) => {
    const { refreshToken } = parseRequest(refreshRequest, request.body);
    await sessions.signOut(refreshToken);
    response.status(204).end();
  });
  return router;
}
