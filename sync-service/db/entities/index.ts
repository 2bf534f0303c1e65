import { EntitySchema } from 'typeorm';

/*
 * The service's own tables as TypeORM sees them: values, not decorated classes, so that one process can open two
 * dialects side by side. Moments are epoch milliseconds; anything of the app's shape is JSON text by element id.
 */

export interface Setting {
  key: string;
  value: string;
}
export const settingEntity = new EntitySchema<Setting>({
  name: 'setting',
  columns: { key: { type: 'text', primary: true }, value: { type: 'text' } },
});

export interface Credential {
  userId: string;
  entityId: string;
  name: string;
  passwordHash: string;
}
export const credentialEntity = new EntitySchema<Credential>({
  name: 'credential',
  columns: {
    userId: { type: 'text', primary: true },
    entityId: { type: 'text' },
    name: { type: 'text' },
    passwordHash: { type: 'text' },
  },
});

/** A line of refresh tokens that began with one sign-in; only the hash of the newest is good. */
export interface RefreshFamily {
  id: string;
  userId: string;
  deviceId: string;
  tokenHash: string;
  /** The one before it, and when it was spent. */
  spentHash: string;
  spentMs: number;
  expiresMs: number;
  revoked: number;
}
export const refreshFamilyEntity = new EntitySchema<RefreshFamily>({
  name: 'refresh_family',
  columns: {
    id: { type: 'text', primary: true },
    userId: { type: 'text' },
    deviceId: { type: 'text' },
    tokenHash: { type: 'text' },
    spentHash: { type: 'text' },
    spentMs: { type: 'integer' },
    expiresMs: { type: 'integer' },
    revoked: { type: 'integer' },
  },
});

export interface Device {
  id: string;
  userId: string;
  platform: string;
  profile: string;
  bundleVersion: string | null;
  firstSeenMs: number;
  lastSeenMs: number;
  highestSequence: number;
  acknowledged: number;
}
export const deviceEntity = new EntitySchema<Device>({
  name: 'device',
  columns: {
    id: { type: 'text', primary: true },
    userId: { type: 'text' },
    platform: { type: 'text' },
    profile: { type: 'text' },
    bundleVersion: { type: 'text', nullable: true },
    firstSeenMs: { type: 'integer' },
    lastSeenMs: { type: 'integer' },
    highestSequence: { type: 'integer' },
    acknowledged: { type: 'integer' },
  },
});

export interface Release {
  version: string;
  modelPart: string;
  publishedMs: number;
  active: number;
  /** Relational plan of the service's tables after this release, dormant ones included. */
  plan: string;
}
export const releaseEntity = new EntitySchema<Release>({
  name: 'release',
  columns: {
    version: { type: 'text', primary: true },
    modelPart: { type: 'text' },
    publishedMs: { type: 'integer' },
    active: { type: 'integer' },
    plan: { type: 'text' },
  },
});

export interface ReleaseBundle {
  version: string;
  profile: string;
  manifest: string;
  signature: string;
}
export const releaseBundleEntity = new EntitySchema<ReleaseBundle>({
  name: 'release_bundle',
  columns: {
    version: { type: 'text', primary: true },
    profile: { type: 'text', primary: true },
    manifest: { type: 'text' },
    signature: { type: 'text' },
  },
});

export interface FileBody {
  hash: string;
  bytes: number;
  storedMs: number;
}
export const fileBodyEntity = new EntitySchema<FileBody>({
  name: 'file_body',
  columns: { hash: { type: 'text', primary: true }, bytes: { type: 'integer' }, storedMs: { type: 'integer' } },
});

export const entities = [
  settingEntity,
  credentialEntity,
  refreshFamilyEntity,
  deviceEntity,
  releaseEntity,
  releaseBundleEntity,
  fileBodyEntity,
];
