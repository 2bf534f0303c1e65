import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { phoneOf } from './phone.ts';
import { PREVIEW_LINE, WORKBENCH_LINE } from './preview-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = join(root, 'fixtures/apps/field-inspections');
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

test('`npm start` works twice in a row: the second is quick, at the same addresses, and keeps devices, data and edits', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const fixtureBefore = await hashOf(SAMPLE);
  const first = npmStart();
  const address = await first.preview();
  const workbench = await first.workbench();
  expect(first.output()).toMatch(/Published Field Inspections 1\.0\.0 with \d{4,} demo objects\./);
  const ports = await readFile(join(state, 'ports.json'), 'utf8');
  expect(first.output()).toContain(`Copied the sample to ${copy()}.`);
  expect(await git('log', '--format=%s')).toBe('Copy the sample\n');
  expect(await git('status', '--porcelain')).toBe('');

  await page.goto(address);
  const a = phoneOf(page, 'Phone A');
  await a.signIn('anna');
  await a.rows('No. 1001').first().click();
  await a.field('Notes').fill('Before the restart.');
  await a.button('Save notes').click();
  // The sign may still be that of before the change: only the service knows what has arrived.
  await expect.poll(notesAtService, { timeout: 60_000 }).toBe('Before the restart.');
  await a.expectUnsent(0);
  await first.end();
  await a.field('Notes').fill('While nothing runs.');
  await a.button('Save notes').click();
  await a.expectUnsent(1);
  const app = join(copy(), 'skerry.json');
  const edited = (await readFile(app, 'utf8')).replace('"Field Inspections"', '"My Inspections"');
  await writeFile(app, edited);

  const second = npmStart();
  expect(await second.preview()).toBe(address);
  expect(originOf(await second.workbench())).toBe(originOf(workbench));
  expect(await readFile(join(state, 'ports.json'), 'utf8')).toBe(ports);
  expect(second.output()).toContain('My Inspections 1.0.0 is published.');
  // What the first start paid for is not paid again.
  expect(second.output()).not.toContain('Building');
  expect(second.output()).not.toContain('demo objects');
  expect(second.output()).not.toContain('Copied');
  expect(await readFile(app, 'utf8')).toBe(edited);
  expect(await hashOf(SAMPLE)).toBe(fixtureBefore);
  await page.reload();
  await expect(a.app.getByText('Hello Anna Keller')).toBeVisible({ timeout: 60_000 });
  await a.expectUnsent(0);
  await a.rows('No. 1001').first().click();
  await expect(a.field('Notes')).toHaveValue('While nothing runs.');
});

test('the printed address opens the studio once; its window survives a reload and a restart, another one is refused', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const first = npmStart();
  const address = await first.workbench();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(address);
  await expect(page.getByRole('treeitem', { name: 'Field', exact: true })).toBeVisible({ timeout: 30_000 });
  expect(page.url()).not.toContain('token');
  await page.reload();
  await expect(page.getByRole('treeitem', { name: 'Field', exact: true })).toBeVisible({ timeout: 30_000 });

  const other = await context.newPage();
  const isRefused = other.waitForResponse((answer) => answer.url().endsWith('/session') && answer.status() === 401);
  await other.goto(address);
  await isRefused;
  await expect(other.getByRole('alert').getByText('npm start')).toBeVisible();
  await expect(other.getByRole('treeitem')).toHaveCount(0);

  // Started again while it runs: another window of the same process.
  const again = npmStart();
  expect(await again.ended).toBe(0);
  const nextAddress = await again.workbench();
  expect(originOf(nextAddress)).toBe(originOf(address));
  await other.goto('about:blank');
  await other.goto(nextAddress);
  await expect(other.getByRole('treeitem', { name: 'Field', exact: true })).toBeVisible({ timeout: 30_000 });
  await other.close();

  await first.end();
  await expect(page.getByRole('status').getByText(/connection/i)).toBeVisible();
  const second = npmStart();
  await second.workbench();
  await expect(page.getByRole('status').getByText(/connection/i)).toHaveCount(0, { timeout: 20_000 });
  await expect(page.getByRole('treeitem', { name: 'Field', exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a port that is in use is said with its purpose and what to do, and nothing else starts', async () => {
  test.setTimeout(240_000);
  const first = npmStart();
  await first.workbench();
  await first.end();
  const { preview } = JSON.parse(await readFile(join(state, 'ports.json'), 'utf8')) as { readonly preview: number };
  const occupant = createServer();
  await once(occupant.listen(preview, '127.0.0.1'), 'listening');
  try {
    const other = npmStart();
    expect(await other.ended).not.toBe(0);
    expect(other.output()).toContain(`Port ${preview} of preview is in use.`);
    expect(other.output()).toContain('preview/port-in-use');
    expect(other.output()).toContain(join(state, 'ports.json'));
    expect(other.output()).not.toMatch(/http:/);
  } finally {
    occupant.close();
  }
});

interface Started {
  readonly ended: Promise<number | null>;
  output(): string;
  preview(): Promise<string>;
  /** The line that is an address and nothing else. */
  workbench(): Promise<string>;
  end(): Promise<void>;
}

function npmStart(): Started {
  const child: ChildProcess = spawn('npm', ['start', '--', '--data', state], {
    cwd: root,
    env: { ...process.env, SKERRY_NO_OPEN: '1', SKERRY_HOME: join(state, 'home'), TZ: 'Europe/Berlin' },
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
  const found = (line: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`No address came:\n${text}`)), START_MS);
      const look = () => {
        const match = line.exec(text);
        if (!match) return;
        clearTimeout(limit);
        listeners.delete(look);
        resolve(match[1] ?? match[0]);
      };
      listeners.add(look);
      void ended.then((code) => reject(new Error(`npm start ended with ${code}:\n${text}`)));
      look();
    });
  const started: Started = {
    ended,
    output: () => text,
    preview: () => found(PREVIEW_LINE),
    workbench: () => found(WORKBENCH_LINE),
    async end() {
      running.delete(started);
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
  running.add(started);
  return started;
}

/** The user's copy of the sample. */
function copy(): string {
  return join(state, 'home/Field Inspections');
}

/** Straight from the service's database. */
function notesAtService(): unknown {
  const database = new Database(join(state, 'service/skerry.sqlite'), { readonly: true });
  try {
    return database.prepare('SELECT "Notes" FROM "Field$Inspection" WHERE "Number" = 1001').pluck().get();
  } finally {
    database.close();
  }
}

async function git(...args: string[]): Promise<string> {
  return (await promisify(execFile)('git', args, { cwd: copy() })).stdout;
}

function originOf(address: string): string {
  return new URL(address).origin;
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}
