import { operationalFault, userFault } from '@skerry/shared/base/fault';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { SessionAnswer, SignInRequest } from '@skerry/shared/protocol/session';
import type { Clock, RandomBytes } from '../base/clock.ts';
import type { Database, Sql, WriteUnit } from '../base/sql.ts';
import {
  credentialByName,
  credentialByUser,
  familyById,
  revokeFamily,
  saveCredential,
  saveFamily,
} from '../db/repositories/credentials.repository.ts';
import { deviceById, insertDevice, updateDevice } from '../db/repositories/devices.repository.ts';
import type { Releases } from '../releases/index.ts';
import { hashPassword, isPassword } from './password.ts';
import type { AccessTokens, Caller } from './tokens.ts';
import { tokenHash } from './tokens.ts';
import { ownMembers, type ReadRights, readUser, type User } from './user-directory.ts';

export interface Sessions {
  signIn(request: SignInRequest): Promise<SessionAnswer>;
  refresh(refreshToken: string, deviceId: ObjectId): Promise<SessionAnswer>;
  signOut(refreshToken: string): Promise<void>;
  /** Who presents the access token; their user object as it stands now. */
  authenticate(token: string): Promise<{ readonly caller: Caller; readonly user: User }>;
  setPassword(
    sql: WriteUnit,
    user: { id: ObjectId; entityId: ElementId; name: string },
    password: string,
  ): Promise<void>;
}

export interface SessionsPorts {
  readonly database: Database;
  readonly releases: Releases;
  readonly tokens: AccessTokens;
  readonly now: Clock;
  readonly random: RandomBytes;
  readonly refreshTokenMs: number;
  readonly readRights: ReadRights;
}

/** Compared with when a name is unknown, so that the answer takes as long as for a wrong password. */
const NOBODY = hashPassword('nobody has this password');

export function createSessions({
  database,
  releases,
  tokens,
  now,
  random,
  refreshTokenMs,
  readRights,
}: SessionsPorts): Sessions {
  const wrong = () =>
    userFault('auth/wrong-credentials', 'Name and password do not belong together. Check both and try again.');

  async function answer(sql: Sql, user: User, caller: Caller, refreshToken: string): Promise<SessionAnswer> {
    const { token, expiresMs } = await tokens.sign(caller, now());
    const { id, entityId, name, fullName, roles } = user;
    const members = await ownMembers(sql, releases.active(), user, readRights);
    return {
      accessToken: token,
      accessExpiresMs: expiresMs,
      refreshToken,
      user: { id, entityId, name, fullName, roles: roles.map((role) => ({ ...role })), members },
    };
  }

  async function openUser(sql: Sql, entityId: ElementId, id: ObjectId): Promise<User> {
    const user = await readUser(sql, releases.active(), entityId, id);
    if (!user?.isOpen) {
      throw userFault('auth/user-blocked', 'This user may not sign in at present. Ask whoever manages the users.');
    }
    return user;
  }

  return {
    async signIn({ name, password, deviceId, profile, platform }) {
      const credential = await database.read((sql) => credentialByName(sql, name));
      const isRight = await isPassword(password, credential?.passwordHash ?? (await NOBODY));
      if (!credential || !isRight) throw wrong();
      if (!releases.hasProfile(profile)) {
        throw userFault('bundle/unknown-profile', `The app has no profile ${profile}.`);
      }
      return database.write(async (unit) => {
        const user = await openUser(unit, credential.entityId as ElementId, credential.userId as ObjectId);
        await seeDevice(unit, { deviceId: deviceId as ObjectId, user: user.id, platform, profile }, now());
        const family = {
          id: hex(random(16)),
          userId: user.id,
          deviceId,
          expiresMs: now() + refreshTokenMs,
          revoked: 0,
        };
        const refreshToken = `${family.id}.${hex(random(32))}`;
        await saveFamily(unit, { ...family, tokenHash: tokenHash(refreshToken), spentHash: '', spentMs: 0 });
        const caller = { user: user.id, entityId: user.entityId, deviceId: deviceId as ObjectId, profile };
        return answer(unit, user, caller, refreshToken);
      });
    },

    async refresh(refreshToken, deviceId) {
      const refused = () =>
        userFault('auth/refresh-refused', 'This session has ended. Sign in again; unsent work stays on the device.');
      const outcome = await database.write(async (unit) => {
        const family = await familyById(unit, refreshToken.split('.')[0] ?? '');
        if (!family || family.revoked || family.expiresMs < now() || family.deviceId !== deviceId)
          return { kind: 'refused' } as const;
        const presented = tokenHash(refreshToken);
        // The token before may come again for as long as its successor has not been used: the answer may have been lost,
        // and a device that was out of reach for a day must not be thrown out for it. Any older one is reuse.
        const isRetry = family.spentHash === presented;
        if (family.tokenHash !== presented && !isRetry) {
          // Somebody holds a token that was spent: thief or victim, neither goes on.
          await revokeFamily(unit, family.id);
          return { kind: 'reused' } as const;
        }
        const device = await deviceById(unit, deviceId);
        const credential = await credentialByUser(unit, family.userId);
        if (!device || !credential) return { kind: 'refused' } as const;
        const user = await openUser(unit, credential.entityId as ElementId, credential.userId as ObjectId);
        const next = `${family.id}.${hex(random(32))}`;
        const spentMs = isRetry ? family.spentMs : now();
        await saveFamily(unit, {
          ...family,
          tokenHash: tokenHash(next),
          spentHash: presented,
          spentMs,
          expiresMs: now() + refreshTokenMs,
        });
        const caller = { user: user.id, entityId: user.entityId, deviceId, profile: device.profile };
        return { kind: 'good', session: await answer(unit, user, caller, next) } as const;
      });
      if (outcome.kind === 'good') return outcome.session;
      if (outcome.kind === 'reused') {
        throw userFault(
          'auth/refresh-reused',
          'This session was used from two places and has been ended. Sign in again.',
        );
      }
      throw refused();
    },

    async signOut(refreshToken) {
      await database.write(async (unit) => {
        const family = await familyById(unit, refreshToken.split('.')[0] ?? '');
        if (family && family.tokenHash === tokenHash(refreshToken)) await revokeFamily(unit, family.id);
      });
    },

    async authenticate(token) {
      const caller = await tokens.verify(token, now());
      if (!releases.hasActive())
        throw operationalFault('service/no-release', 'No app has been published to this service yet.');
      const user = await database.read((sql) => openUser(sql, caller.entityId, caller.user));
      return { caller, user };
    },

    async setPassword(unit, user, password) {
      const passwordHash = await hashPassword(password);
      await saveCredential(unit, { userId: user.id, entityId: user.entityId, name: user.name, passwordHash });
    },
  };
}

async function seeDevice(
  unit: WriteUnit,
  seen: { deviceId: ObjectId; user: ObjectId; platform: string; profile: string },
  nowMs: number,
): Promise<void> {
  const known = await deviceById(unit, seen.deviceId);
  const { platform, profile } = seen;
  if (known) {
    await updateDevice(unit, seen.deviceId, { userId: seen.user, platform, profile, lastSeenMs: nowMs });
    return;
  }
  await insertDevice(unit, {
    id: seen.deviceId,
    userId: seen.user,
    platform,
    profile,
    bundleVersion: null,
    firstSeenMs: nowMs,
    lastSeenMs: nowMs,
    highestSequence: 0,
    acknowledged: 0,
  });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
