import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { userFault } from '@skerry/shared/base/fault';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { jwtVerify, SignJWT } from 'jose';

/** Who asks: a user at one device. Roles are looked up at each request, so that a change holds at once. */
export interface Caller {
  readonly user: ObjectId;
  readonly entityId: ElementId;
  readonly deviceId: ObjectId;
  readonly profile: string;
}

export interface AccessTokens {
  sign(caller: Caller, nowMs: number): Promise<{ token: string; expiresMs: number }>;
  /** @throws Fault `auth/invalid-token` */
  verify(token: string, nowMs: number): Promise<Caller>;
}

export function createAccessTokens(secret: Uint8Array, lifetimeMs: number): AccessTokens {
  const key = derive(secret, 'access');
  return {
    async sign(caller, nowMs) {
      const expiresMs = nowMs + lifetimeMs;
      const token = await new SignJWT({ device: caller.deviceId, entity: caller.entityId, profile: caller.profile })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(caller.user)
        .setIssuedAt(Math.floor(nowMs / 1000))
        .setExpirationTime(Math.ceil(expiresMs / 1000))
        .sign(key);
      return { token, expiresMs };
    },
    async verify(token, nowMs) {
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], currentDate: new Date(nowMs) });
        return {
          user: payload.sub as ObjectId,
          entityId: payload.entity as ElementId,
          deviceId: payload.device as ObjectId,
          profile: String(payload.profile),
        };
      } catch {
        throw userFault(
          'auth/invalid-token',
          'The access token is not valid or has expired. Refresh it or sign in again.',
        );
      }
    },
  };
}

/** Opaque texts that only this service can make: cursors and page tokens. The owner is part of what is authenticated. */
export interface Sealer {
  seal(value: object, owner: string): string;
  /** Null when it was altered, or sealed for another owner. */
  open(text: string, owner: string): unknown;
}

export function createSealer(secret: Uint8Array): Sealer {
  const key = derive(secret, 'cursor');
  const tagOf = (body: string, owner: string) => createHmac('sha256', key).update(`${owner}\n${body}`).digest();
  return {
    seal(value, owner) {
      const body = Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${body}.${tagOf(body, owner).toString('base64url')}`;
    },
    open(text, owner) {
      const [body = '', tag = ''] = text.split('.');
      const given = Buffer.from(tag, 'base64url');
      const expected = tagOf(body, owner);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    },
  };
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function derive(secret: Uint8Array, purpose: string): Uint8Array {
  return createHmac('sha256', secret).update(purpose).digest();
}
