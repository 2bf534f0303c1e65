import { elementId, objectId, z } from './common.ts';

/** GET /api/hello: who is speaking, before anybody signs in. */
export const helloAnswer = z.object({
  protocolVersion: z.int(),
  protocolFloor: z.int(),
  /** Identity of the service's installation; a device's store remembers it. */
  instance: z.string(),
  /** Identity of the database's history; made anew by a restore. */
  history: z.string(),
  app: z.object({ id: elementId, name: z.string() }),
  /** Epoch milliseconds, by which devices correct their clocks. */
  nowMs: z.number(),
  /** Offered in development only. */
  demoUsers: z.array(
    z.object({ name: z.string(), password: z.string(), caption: z.string(), roles: z.array(z.string()) }),
  ),
});
export type HelloAnswer = z.infer<typeof helloAnswer>;

/** POST /api/session/sign-in. `deviceId` is made by the device's store, once. */
export const signInRequest = z.object({
  name: z.string(),
  password: z.string(),
  deviceId: objectId,
  profile: z.string(),
  platform: z.string(),
});
export type SignInRequest = z.infer<typeof signInRequest>;

export const sessionAnswer = z.object({
  accessToken: z.string(),
  accessExpiresMs: z.number(),
  refreshToken: z.string(),
  user: z.object({
    id: objectId,
    entityId: elementId,
    name: z.string(),
    fullName: z.nullable(z.string()),
    roles: z.array(z.object({ id: elementId, name: z.string() })),
    /** The user's own readable members, outside the plan: cells by member id. */
    members: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

/** POST /api/session/refresh: a refresh token is good once; using a spent one revokes its whole family. */
export const refreshRequest = z.object({ refreshToken: z.string(), deviceId: objectId });
export type RefreshRequest = z.infer<typeof refreshRequest>;
