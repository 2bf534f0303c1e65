/**
 * For files named `*.pg.test.ts`: a database of one's own on the run's server.
 *
 *     describeOnPostgres('admission', () => {
 *       const database = useDatabase();
 *       it('…', async () => { … database().url … });
 *     });
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';

export type Database = { url: string; drop(): Promise<void> };

export async function createDatabase(serverUrl: string): Promise<Database> {
  const name = `skerry_${randomUUID().replaceAll('-', '')}`;
  await execute(serverUrl, `create database ${name} encoding 'UTF8' template template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(serverUrl, `drop database if exists ${name} with (force)`) };
}

/** A `describe` that is skipped when the run has no PostgreSQL; the run has then said so (and fails in CI). */
export function describeOnPostgres(name: string, body: () => void): void {
  describe.skipIf('missing' in inject('postgres'))(`${name} on PostgreSQL`, body);
}

/** One database for the surrounding describe; the returned function gives it inside tests and hooks. */
export function useDatabase(): () => Database {
  let database: Database | undefined;
  beforeAll(async () => {
    const server = inject('postgres');
    if ('missing' in server) throw new Error(server.missing);
    database = await createDatabase(server.url);
  });
  afterAll(() => database?.drop());
  return () => {
    if (database === undefined) throw new Error('the database is there inside tests and hooks only');
    return database;
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
