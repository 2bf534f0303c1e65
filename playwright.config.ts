import { defineConfig } from '@playwright/test';
import { chromiumArgs, chromiumExecutable } from './tests/support/chromium.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  // A service, two devices and a browser share the machine: one test at a time, and a flaky test is a broken one.
  workers: 1,
  retries: 0,
  timeout: 120_000,
  forbidOnly: process.env.CI === 'true',
  use: {
    // A control that cannot be used for ten seconds is broken; waiting longer only hides which one.
    actionTimeout: 10_000,
    launchOptions: { executablePath: chromiumExecutable(), args: [...chromiumArgs] },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
