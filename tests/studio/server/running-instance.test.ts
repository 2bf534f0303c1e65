import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressOfRunning, rememberInstance } from '../../../studio/server/running-instance.ts';

let state: string;
let server: Server;
let origin: string;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'skerry-running-'));
  server = createServer((request, answer) => {
    const isKnown = request.headers.authorization === 'Bearer right' && request.url === '/address';
    answer.statusCode = isKnown ? 200 : 401;
    answer.end(JSON.stringify(isKnown ? { address: `${origin}/#token=new` } : {}));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await rm(state, { recursive: true, force: true });
});

test('a studio that runs gives the next start another address', async () => {
  const forget = await rememberInstance(state, { origin, secret: 'right', project: '/app' });
  expect(await addressOfRunning(state)).toEqual({ address: `${origin}/#token=new`, project: '/app' });
  expect((await stat(join(state, 'running.json'))).mode & 0o077).toBe(0);
  await forget();
  expect(await addressOfRunning(state)).toBeUndefined();
  expect(await readdir(state)).toEqual([]);
});

test('what a crash left behind is nobody: the port is free, or somebody else has it', async () => {
  await rememberInstance(state, { origin, secret: 'of before', project: '/app' });
  expect(await addressOfRunning(state)).toBeUndefined();
  await rememberInstance(state, { origin: 'http://127.0.0.1:1', secret: 'right', project: '/app' });
  expect(await addressOfRunning(state)).toBeUndefined();
  await writeFile(join(state, 'running.json'), '{"half');
  expect(await addressOfRunning(state)).toBeUndefined();
});
