import { Fault } from '@skerry/shared/base/fault';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Log } from './log.ts';

/** Codes whose answer is not 400: the one table from fault to status. A device repeats what says `retry`. */
const STATUS: { readonly [code: string]: number } = {
  'auth/missing-token': 401,
  'auth/invalid-token': 401,
  'auth/wrong-credentials': 401,
  'auth/refresh-refused': 401,
  'auth/refresh-reused': 401,
  'auth/not-a-publisher': 403,
  'auth/user-blocked': 403,
  'auth/profile-not-allowed': 403,
  'flow/not-allowed': 403,
  'request/not-found': 404,
  'bundle/unknown-profile': 404,
  'bundle/unknown-part': 404,
  'file/not-found': 404,
  'flow/unknown': 404,
  'flow/call-id-taken': 409,
  'sync/device-forked': 409,
  'sync/sequence-gap': 409,
  'sync/bundle-unknown': 409,
  'sync/cursor-refused': 409,
  'sync/page-token-refused': 409,
  'release/version-exists': 409,
  'release/older-version': 409,
  'request/too-large': 413,
  'flow/not-runnable': 422,
  'release/refused': 422,
  'request/too-many': 429,
  'service/no-release': 503,
  'service/stopping': 503,
};

/** Turns whatever was thrown into the one shape of error answers. Nothing of a defect leaves but that there was one. */
export function errorResponse(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const fault = faultFrom(error);
    if (fault) {
      const status = STATUS[fault.code] ?? (fault.family === 'operational' ? 503 : 400);
      log[status >= 500 ? 'warn' : 'info']({ code: fault.code, status, path: request.path }, fault.message);
      const details = Object.keys(fault.details).length > 0 ? { details: fault.details } : {};
      const retry = status >= 500 || status === 429;
      response.status(status).json({ error: { code: fault.code, message: fault.message, retry, ...details } });
      return;
    }
    log.error({ err: error, path: request.path }, 'defect');
    const message = 'The service failed to answer. The cause is in its log.';
    response.status(500).json({ error: { code: 'service/defect', message, retry: true } });
  };
}

export const notFound: RequestHandler = (request) => {
  throw new Fault('user', 'request/not-found', `Nothing answers ${request.method} ${request.path}.`);
};

function faultFrom(error: unknown): Fault | null {
  if (error instanceof Fault) return error;
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') {
    return new Fault('user', 'request/too-large', 'The request is larger than this service takes. Send less at once.');
  }
  if (type === 'entity.parse.failed' || type === 'encoding.unsupported' || type === 'request.aborted') {
    return new Fault(
      'user',
      'request/unreadable',
      'The request body is not readable JSON. Send UTF-8 JSON as application/json.',
    );
  }
  if (error instanceof URIError) return new Fault('user', 'request/unreadable', 'The address is not readable.');
  return null;
}
