export { authRoutes } from './auth.routes.ts';
export { hashDemoPasswords, seedDemoUsers } from './demo-users.ts';
export { type Authenticated, requireUser } from './require-user.ts';
export { createSessions, type Sessions } from './sessions.ts';
export { type Caller, createAccessTokens, createSealer, type Sealer } from './tokens.ts';
export { type ReadRights, readUser, type User } from './user-directory.ts';
