import { userFault } from '@skerry/shared/base/fault';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { flowCallRequest } from '@skerry/shared/protocol/flow-call';
import { Router } from 'express';
import { requireUser, type Sessions } from '../../auth/index.ts';
import type { Clock } from '../../base/clock.ts';
import { parseRequest } from '../../base/parse-request.ts';
import type { Database } from '../../base/sql.ts';
import type { Releases } from '../../releases/index.ts';

export interface FlowsPorts {
  readonly database: Database;
  readonly releases: Releases;
  readonly sessions: Sessions;
  readonly now: Clock;
  readonly onChanged: (entities: ReadonlySet<ElementId>, by: ObjectId | null) => void;
}

export function flowRoutes({ sessions }: FlowsPorts): Router {
  const router = Router();
  router.post('/api/flows/call', async (request, response) => {
    await requireUser(request, sessions);
    parseRequest(flowCallRequest, request.body);
    response.status(501);
    throw userFault('flow/not-on-service', 'This service does not run microflows yet.');
  });
  return router;
}
