import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { phoneOf } from './phone.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 120_000;

test.use({ viewport: { width: 1440, height: 960 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });

let state: string;
const running = new Set<Started>();

test.beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'skerry-start-'));
});
test.afterEach(async () => {
  for (const started of [...running]) await started.end();
  await rm(state, { recursive: true, force: true });
});

test('`npm start` works twice in a row: the second is quick, at the same address, and keeps devices and data', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const first = npmStart();
  const address = await first.address();
  expect(first.output()).toMatch(/Published Field Inspections 1\.0\.0 with \d{4,} demo objects\./);
  const ports = await readFile(join(state, 'ports.json'), 'utf8');

  await page.goto(address);
  const a = phoneOf(page, 'Phone A');
  await a.signIn('anna');
  await a.rows('No. 1001').first().click();
  await a.field('Notes').fill('Before the restart.');
  await a.button('Save notes').click();
  await a.expectUnsent(0);
  await first.end();
  await a.field('Notes').fill('While nothing runs.');
  await a.button('Save notes').click();
  await a.expectUnsent(1);

  const second = npmStart();
  expect(await second.address()).toBe(address);
  expect(await readFile(join(state, 'ports.json'), 'utf8')).toBe(ports);
  expect(second.output()).toContain('Field Inspections 1.0.0 is published.');
  // What the first start paid for is not paid again.
  expect(second.output()).not.toContain('Building');
  expect(second.output()).not.toContain('demo objects');
  await page.reload();
  await expect(a.app.getByText('Hello Anna Keller')).toBeVisible({ timeout: 60_000 });
  await a.expectUnsent(0);
  await a.rows('No. 1001').first().click();
  await expect(a.field('Notes')).toHaveValue('While nothing runs.');
});

test('a port that is in use is said with its purpose and what to do, and nothing else starts', async () => {
  test.setTimeout(240_000);
  const first = npmStart();
  await first.address();
  const { preview } = JSON.parse(await readFile(join(state, 'ports.json'), 'utf8')) as { readonly preview: number };
  const other = npmStart();
  expect(await other.ended).not.toBe(0);
  expect(other.output()).toContain(`Port ${preview} of preview is in use.`);
  expect(other.output()).toContain('preview/port-in-use');
  expect(other.output()).toContain(join(state, 'ports.json'));
  expect(other.output()).not.toMatch(/^http:/m);
});

interface Started {
  readonly ended: Promise<number | null>;
  output(): string;
  /** The line that is an address and nothing else. */
  address(): Promise<string>;
  end(): Promise<void>;
}

function npmStart(): Started {
  const child: ChildProcess = spawn('npm', ['start', '--', '--data', state], {
    cwd: root,
    env: { ...process.env, SKERRY_NO_OPEN: '1', TZ: 'Europe/Berlin' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: npm does not hand every signal on.
    detached: true,
  });
  let text = '';
  const listeners = new Set<() => void>();
  const read = (chunk: Buffer) => {
    text += String(chunk);
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const started: Started = {
    ended,
    output: () => text,
    address: () =>
      new Promise((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error(`No address came:\n${text}`)), START_MS);
        const look = () => {
          const found = /^http:\/\/127\.0\.0\.1:\d+\/\S*$/m.exec(text)?.[0];
          if (found === undefined) return;
          clearTimeout(limit);
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        void ended.then((code) => reject(new Error(`npm start ended with ${code}:\n${text}`)));
        look();
      }),
    async end() {
      running.delete(started);
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
  running.add(started);
  return started;
}
