import { MIGRATIONS, migrateProject } from '@skerry/shared/metamodel/migrations/index';
import { eachDocument, type Migration } from '@skerry/shared/metamodel/migrations/migration';
import type { Documents } from '@skerry/shared/metamodel/model';
import { PROJECT_FORMAT } from '@skerry/shared/metamodel/schema';
import { describe, expect, it } from 'vitest';

const renameHint: Migration = {
  to: 2,
  summary: 'The hint of a page is called its title.',
  migrate: eachDocument('page', ({ hint, ...rest }) => ({ ...rest, title: hint })),
};
const splitSecurity: Migration = {
  to: 3,
  summary: 'Demo users stand in a file of their own.',
  migrate: (documents) => new Map([...documents, ['demo-users.json', { format: 3, kind: 'demoUsers' }]]),
};
const old: Documents = new Map([
  ['modules/M/pages/A.json', { format: 1, kind: 'page', hint: 'Home' }],
  ['security.json', { format: 2, kind: 'security' }],
]);

describe('migrations of the file format', () => {
  it('run in order from the oldest document on and set the format', () => {
    const { documents, from, applied } = migrateProject(old, [renameHint, splitSecurity], 3);
    expect(from).toBe(1);
    expect(applied.map((migration) => migration.to)).toEqual([2, 3]);
    expect([...documents.values()]).toEqual([
      { format: 3, kind: 'page', title: 'Home' },
      { format: 3, kind: 'security' },
      { format: 3, kind: 'demoUsers' },
    ]);
    expect(old.get('modules/M/pages/A.json')).toEqual({ format: 1, kind: 'page', hint: 'Home' });
  });

  it('skip steps that the whole project has behind it', () => {
    const documents: Documents = new Map([['security.json', { format: 2, kind: 'security' }]]);
    expect(migrateProject(documents, [renameHint, splitSecurity], 3).applied).toEqual([splitSecurity]);
  });

  it('leave a project of the present format untouched, and a newer one to the reader', () => {
    const present: Documents = new Map([
      ['skerry.json', { format: PROJECT_FORMAT, kind: 'app' }],
      ['x.json', { format: 99 }],
    ]);
    expect(migrateProject(present)).toEqual({ documents: present, from: PROJECT_FORMAT, applied: [] });
    expect(migrateProject(present).documents).toBe(present);
  });

  it('form an unbroken sequence up to the present format', () => {
    expect(MIGRATIONS.map(({ to }) => to)).toEqual(Array.from({ length: PROJECT_FORMAT - 1 }, (_, i) => i + 2));
    expect(() => migrateProject(old, [splitSecurity], 2)).toThrow('unbroken');
  });
});
