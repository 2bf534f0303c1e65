import { defineConfig } from 'vitest/config';

const e2e = 'tests/e2e/**';
const onPostgres = 'tests/**/*.pg.test.ts';

export default defineConfig({
  test: {
    // Bounded, so that a test that hangs is a failure and not a stuck run.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'tests', include: ['tests/**/*.test.{ts,tsx}'], exclude: [e2e, onPostgres] } },
      {
        extends: true,
        test: { name: 'postgres', include: [onPostgres], globalSetup: 'tests/support/postgres-setup.ts' },
      },
    ],
  },
});
