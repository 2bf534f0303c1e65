import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Handlers } from '@skerry/studio/bridge/calls/index';
import type { ServedHost } from '@skerry/studio/bridge/serve-host';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDesktop } from '../../../studio/server/desktop-host.ts';

/** Node stands in for Electron's program: another process at the other end of the same kind of line. */
const SPEAK = `
  import { writeFileSync } from 'node:fs';
  const options = JSON.parse(process.env.SKERRY_DESKTOP_OPTIONS);
  process.on('message', (message) => {
    writeFileSync(options.dataFolder + '/heard-' + message.window, message.text);
    if (message.window === 2) process.exit(0);
  });
  for (const window of [1, 2]) {
    process.send({ kind: 'opened', window });
    const question = { ask: window, call: 'document/text', request: { document: options.pageFolder } };
    process.send({ kind: 'text', window, text: JSON.stringify(question) });
  }
  process.send({ kind: 'ready' });`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skerry-desktop-host-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('each window has a channel of its own to the host, which hears when the desktop ends', async () => {
  const listeners = new Set<unknown>();
  const desktop = await startAs(SPEAK, {}, listeners);
  await desktop?.ended;
  for (const window of [1, 2]) {
    expect(JSON.parse(await readFile(join(folder, `heard-${window}`), 'utf8'))).toEqual({
      answer: window,
      reply: { text: 'text of /page' },
    });
  }
  expect(listeners.size).toBe(0);
});

test.each([
  ['ends before it is ready', 'process.exit(1);'],
  ['is never ready', `setInterval(() => {}, 1000);`],
])('a desktop that %s is none, and leaves no process', async (_, script) => {
  const pidFile = join(folder, 'pid');
  const note = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`;
  expect(await startAs(note + script, { readyLimitMs: 2_000 })).toBeUndefined();
  const pid = Number(await readFile(pidFile, 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow();
});

test('a program that is not there is no desktop', async () => {
  expect(await startAs('', { binary: join(folder, 'nothing') })).toBeUndefined();
});

test('a desktop that is stopped ends', async () => {
  const desktop = await startAs(`process.send({ kind: 'ready' }); setInterval(() => {}, 1000);`);
  await desktop?.stop();
  await desktop?.ended;
  expect(desktop).toBeDefined();
});

async function startAs(
  script: string,
  changes: { readonly binary?: string; readonly readyLimitMs?: number } = {},
  listeners = new Set<unknown>(),
) {
  const file = join(folder, 'desktop.mjs');
  await writeFile(file, script);
  const host: ServedHost = {
    handlers: { 'document/text': ({ document }) => ({ text: `text of ${document}` }) } as Partial<Handlers> as Handlers,
    onNotify(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const options = { pageFolder: '/page', dataFolder: folder, frames: [] };
  return startDesktop({ binary: process.execPath, args: [file], options, host, log: () => {}, ...changes });
}

test('what Electron runs is built as it must be: a preload script that requires nothing else', async () => {
  const { build } = await import('vite');
  const at = (path: string) => fileURLToPath(new URL(`../../../studio/${path}`, import.meta.url));
  for (const configFile of [at('vite.desktop-main.config.ts'), at('vite.desktop-preload.config.ts')]) {
    await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: false } });
  }
  const preload = await readFile(join(folder, 'preload.cjs'), 'utf8');
  expect([...preload.matchAll(/require\(["'`](.*?)["'`]\)/g)].map(([, name]) => name)).toEqual(['electron']);
  expect(preload).not.toMatch(/^import /m);
  const main = await readFile(join(folder, 'main.mjs'), 'utf8');
  const imported = [...main.matchAll(/^import .*?["'](.*?)["'];?$/gm)].map(([, name]) => name);
  expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual(['electron']);
});
