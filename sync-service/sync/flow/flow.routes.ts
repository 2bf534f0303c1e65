import { flowCallRequest } from '@skerry/shared/protocol/flow-call';
import { Router } from 'express';
import { requireUser, type Sessions } from '../../auth/index.ts';
import { parseRequest } from '../../base/parse-request.ts';
import { checkProfile } from '../check-profile.ts';
import type { CallFlow } from './flow-calls.ts';

export interface FlowRoutePorts {
  readonly sessions: Sessions;
  readonly callFlow: CallFlow;
}

export function flowRoutes({ sessions, callFlow }: FlowRoutePorts): Router {
  const router = Router();
  router.post('/api/flows/call', async (request, response) => {
    const who = await requireUser(request, sessions);
    response.json(await callFlow(who, checkProfile(who.caller.profile, parseRequest(flowCallRequest, request.body))));
  });
  return router;
}
