import type { Sql } from '../../base/sql.ts';
import { type Release, type ReleaseBundle, releaseBundleEntity, releaseEntity } from '../entities/index.ts';

export type { Release, ReleaseBundle } from '../entities/index.ts';

export async function activeRelease(sql: Sql): Promise<Release | null> {
  return sql.manager.getRepository(releaseEntity).findOneBy({ active: 1 });
}

export async function allReleases(sql: Sql): Promise<readonly Release[]> {
  return sql.manager.getRepository(releaseEntity).find({ order: { publishedMs: 'ASC' } });
}

export async function bundlesOf(sql: Sql, version: string): Promise<readonly ReleaseBundle[]> {
  return sql.manager.getRepository(releaseBundleEntity).findBy({ version });
}

/** Stores a release and makes it the active one. */
export async function insertRelease(sql: Sql, release: Release, bundles: readonly ReleaseBundle[]): Promise<void> {
  await sql.manager.getRepository(releaseEntity).update({ active: 1 }, { active: 0 });
  await sql.manager.getRepository(releaseEntity).insert(release);
  for (const bundle of bundles) await sql.manager.getRepository(releaseBundleEntity).insert(bundle);
}
