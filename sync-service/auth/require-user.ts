import { userFault } from '@skerry/shared/base/fault';
import type { Request } from 'express';
import type { Sessions } from './sessions.ts';
import type { Caller } from './tokens.ts';
import type { User } from './user-directory.ts';

export interface Authenticated {
  readonly caller: Caller;
  readonly user: User;
}

/** @throws Fault `auth/missing-token`, `auth/invalid-token`, `auth/user-blocked` */
export async function requireUser(request: Request, sessions: Sessions): Promise<Authenticated> {
  return sessions.authenticate(bearer(request));
}

/** Tokens travel in this header alone: cookies are shared between the ports of a machine. */
export function bearer(request: Request): string {
  const [scheme, token] = (request.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) {
    throw userFault(
      'auth/missing-token',
      'This request needs a signed-in user. Send the access token as Authorization: Bearer.',
    );
  }
  return token;
}
