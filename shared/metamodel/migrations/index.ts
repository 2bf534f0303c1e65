import { assert } from '../../base/invariant.ts';
import type { Documents } from '../model.ts';
import { PROJECT_FORMAT } from '../schema.ts';
import type { Migration } from './migration.ts';

/** Every step since format 1, in order. */
export const MIGRATIONS: readonly Migration[] = [];

export interface MigratedProject {
  readonly documents: Documents;
  /** Oldest format found; PROJECT_FORMAT when nothing had to be done. */
  readonly from: number;
  readonly applied: readonly Migration[];
}

/**
 * Brings documents to the present format in memory. A project is migrated as a whole from its oldest document on; each
 * step sets the format of the documents older than it. Newer documents and those without a format stay as they are:
 * reading the model reports them.
 */
export function migrateProject(
  documents: Documents,
  migrations: readonly Migration[] = MIGRATIONS,
  present: number = PROJECT_FORMAT,
): MigratedProject {
  migrations.forEach((migration, i) => {
    assert(migration.to === present - migrations.length + i + 1, 'migrations form an unbroken sequence');
  });
  let from = present;
  for (const { format } of documents.values()) {
    if (typeof format === 'number' && Number.isInteger(format) && format >= 1) from = Math.min(from, format);
  }
  const applied = migrations.filter(({ to }) => to > from);
  let migrated = documents;
  for (const { to, migrate } of applied) {
    const after = migrate(migrated);
    migrated = new Map(
      [...after].map(([path, content]) => [
        path,
        typeof content.format === 'number' && content.format < to ? { ...content, format: to } : content,
      ]),
    );
  }
  return { documents: migrated, from, applied };
}
