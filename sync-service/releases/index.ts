export { type ActiveModel, type ResolvedGrant, resolveConstraint } from './active-model.ts';
export type { DeviceScope, ScopedEntity } from './device-scope.ts';
export type { EntityInfo, OwnedSet } from './entity-info.ts';
export type { Event, Handler, Moment } from './handlers.ts';
export { microflowById, microflowProgram, type Program } from './programs.ts';
export { type PublisherKeys, publisherKeys, signerOf } from './publisher-keys.ts';
export { createReleases, type Releases } from './releases.ts';
export { seedObjects, seedUserRoles } from './seed.ts';
