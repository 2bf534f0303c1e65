/** Vitest's global set-up of the `postgres` project: one cluster for the whole run, started only if such tests run. */
import type { TestProject } from 'vitest/node';
import { type Missing, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { url: string } | Missing;
  }
}

export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const server = await startPostgres();
  if ('missing' in server) {
    if (process.env.CI) throw new Error(`Tests on PostgreSQL must run in CI: ${server.missing}.`);
    console.warn(`\n  SKIPPED: every test on PostgreSQL (${server.missing}). Set PG_URL or install PostgreSQL.\n`);
    project.provide('postgres', server);
    return undefined;
  }
  project.provide('postgres', { url: server.url });
  return () => server.stop();
}
