import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Handlers } from '@skerry/studio/bridge/calls/index';
import { connectWindow } from '@skerry/studio/bridge/connect-window';
import type { Notify } from '@skerry/studio/bridge/notifications';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { webSocketChannel } from '../../../studio/renderer/host/web-socket-channel.ts';
import { openSessions } from '../../../studio/server/sessions.ts';
import { startWorkbenchServer, type WorkbenchServer } from '../../../studio/server/workbench-server.ts';

const PREVIEW = 'http://127.0.0.1:4321';
const ADDRESS_SECRET = 'the-secret-of-this-test';

let folder: string;
let server: WorkbenchServer;
const listeners = new Set<Notify>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skerry-workbench-'));
  await mkdir(join(folder, 'page/assets'), { recursive: true });
  await writeFile(join(folder, 'page/index.html'), '<!doctype html><title>The page itself</title>');
  await writeFile(join(folder, 'page/assets/main-1.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'not of the page');
  server = await serverOn(0);
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function serverOn(port: number): Promise<WorkbenchServer> {
  return startWorkbenchServer({
    port,
    pageFolder: join(folder, 'page'),
    frames: [PREVIEW],
    host: {
      handlers: {
        'document/text': ({ document }) => ({ text: `text of ${document}` }),
      } as Partial<Handlers> as Handlers,
      onNotify(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    sessions: await openSessions(join(folder, 'sessions.json'), randomBytes),
    addressSecret: ADDRESS_SECRET,
    log: () => {},
  });
}

describe('the page', () => {
  test('comes with a policy that lets it run its own code and show the preview, and nothing else', async () => {
    const answer = await fetch(server.origin);
    expect(await answer.text()).toContain('The page itself');
    const policy = new Map(
      (answer.headers.get('content-security-policy') ?? '').split('; ').map((one) => {
        const [name = '', ...words] = one.split(' ');
        return [name, words.join(' ')] as const;
      }),
    );
    expect(policy.get('default-src')).toBe("'self'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('worker-src')).toBe("'self' blob:");
    expect(policy.get('style-src')).toBe("'self' 'unsafe-inline'");
    expect(policy.get('connect-src')).toBe(`'self' ${server.origin.replace('http', 'ws')}`);
    expect(policy.get('frame-src')).toBe(PREVIEW);
    for (const name of ['object-src', 'frame-ancestors', 'base-uri', 'form-action']) {
      expect(policy.get(name), name).toBe("'none'");
    }
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  test('is asked for anew each time; what carries a hash in its name is kept', async () => {
    expect((await fetch(server.origin)).headers.get('cache-control')).toBe('no-cache');
    const asset = await fetch(`${server.origin}/assets/main-1.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
  });

  test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/no-such-file'])(
    'does not give out %s',
    async (path) => {
      const { status, body } = await rawGet(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body).not.toContain('not of the page');
      expect(body).not.toContain(folder);
    },
  );

  test.each(['evil.example', 'localhost:1', '127.0.0.1', '[::1]'])('is not served under the name %s', async (host) => {
    const { status, body } = await rawGet('/', { host });
    expect(status).toBe(421);
    expect(body).not.toContain('The page itself');
  });
});

describe('a token', () => {
  test('is exchanged once; the second time it is dead', async () => {
    const token = newToken();
    const first = await exchange(token);
    expect(first.status).toBe(200);
    expect(first.secret).toMatch(/^[\w-]{40,}$/);
    const second = await exchange(token);
    expect(second.status).toBe(401);
    expect(second.code).toBe('workbench/token-spent');
    expect(second.secret).toBeUndefined();
  });

  test('is exchanged once, also when it is sent twice at the same moment', async () => {
    const token = newToken();
    const answers = await Promise.all([exchange(token), exchange(token), exchange(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  test('is another for each window', async () => {
    const [one, other] = [await exchange(newToken()), await exchange(newToken())];
    expect(one.secret).not.toBe(other.secret);
    expect([one.status, other.status]).toEqual([200, 200]);
  });

  test.each(['http://evil.example', 'http://127.0.0.1:1', 'null', undefined])(
    'is neither taken nor spent from the origin %s',
    async (origin) => {
      const token = newToken();
      expect((await exchange(token, origin ?? null)).status).toBe(403);
      expect((await exchange(token)).status).toBe(200);
    },
  );

  test.each(['{"token":', '{"token":{"$gt":""}}', '[]', '{}', JSON.stringify({ token: 'x'.repeat(10_000) })])(
    'that is none is refused: %.20s',
    async (body) => {
      const answer = await fetch(`${server.origin}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.origin },
        body,
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    },
  );

  test('is printed anew for whoever may read the state folder, and for nobody else', async () => {
    const ask = (secret: string) =>
      fetch(`${server.origin}/address`, { method: 'POST', headers: { authorization: `Bearer ${secret}` } });
    expect((await ask('guessed')).status).toBe(401);
    const { address } = (await (await ask(ADDRESS_SECRET)).json()) as { readonly address: string };
    expect(address.startsWith(`${server.origin}/#token=`)).toBe(true);
    expect((await exchange(address.split('=')[1] as string)).status).toBe(200);
  });
});

describe('a session', () => {
  test('opens the bridge, and opens it again after a reload', async () => {
    const { secret } = await exchange(newToken());
    for (let load = 0; load < 2; load++) {
      const { ask, close } = connectWindow(webSocketChannel(await openSocket(secret as string)));
      expect(await ask('document/text', { document: 'skerry.json' })).toEqual({ text: 'text of skerry.json' });
      close();
    }
  });

  test('outlives the process; the tokens do not, and the file has no secret in it', async () => {
    const { secret } = await exchange(newToken());
    const token = newToken();
    const port = Number(new URL(server.origin).port);
    await server.stop();
    server = await serverOn(port);
    expect((await exchange(token)).status).toBe(401);
    const { ask, close } = connectWindow(webSocketChannel(await openSocket(secret as string)));
    expect(await ask('document/text', { document: 'a' })).toEqual({ text: 'text of a' });
    close();
    expect(await readFile(join(folder, 'sessions.json'), 'utf8')).not.toContain(secret);
    expect((await stat(join(folder, 'sessions.json'))).mode & 0o077).toBe(0);
  });

  test('is known or not, for a window that wonders why its socket does not open', async () => {
    const { secret } = await exchange(newToken());
    const ask = (value: string) =>
      fetch(`${server.origin}/session`, { headers: { authorization: `Bearer ${value}` } }).then(({ status }) => status);
    expect(await ask(secret as string)).toBe(200);
    expect(await ask('another')).toBe(401);
  });

  test('hears what the host tells, in every window', async () => {
    const windows = await Promise.all(
      [1, 2].map(async () => {
        const { secret } = await exchange(newToken());
        return connectWindow(webSocketChannel(await openSocket(secret as string)));
      }),
    );
    const heard = windows.map(
      ({ listen }) => new Promise((resolve) => listen('project/branch', ({ branch }) => resolve(branch))),
    );
    // An answer proves that the host has begun to tell that window.
    for (const { ask } of windows) await ask('document/text', { document: 'a' });
    for (const listener of listeners) listener('project/branch', { branch: 'main' });
    expect(await Promise.all(heard)).toEqual(['main', 'main']);
    for (const { close } of windows) close();
  });
});

describe('a socket is refused', () => {
  test.each([
    ['from a foreign origin', { origin: 'http://evil.example' }, 403],
    ['without an origin', { origin: undefined }, 403],
    ['under a foreign name', { host: 'evil.example' }, 421],
    ['elsewhere than at the bridge', { path: '/' }, 404],
    ['with a secret that nobody was given', { secret: 'guessed' }, 401],
    ['without a secret', { protocols: ['skerry-bridge'] }, 401],
    ['with another protocol', { protocols: ['other', 'guessed'] }, 401],
  ] as const)('%s', async (_, wrong, status) => {
    const { secret } = await exchange(newToken());
    expect(await refusal({ secret: secret as string, ...wrong })).toBe(status);
  });

  test('when a message is too large: it closes, and the server goes on', async () => {
    const { secret } = await exchange(newToken());
    const socket = await openSocket(secret as string);
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
    socket.send(JSON.stringify({ ask: 1, call: 'document/text', request: { document: 'x'.repeat(17 * 1024 * 1024) } }));
    expect(await closed).toBe(1009);
    const { ask, close } = connectWindow(webSocketChannel(await openSocket(secret as string)));
    expect(await ask('document/text', { document: 'a' })).toEqual({ text: 'text of a' });
    close();
  });
});

test('a server that stops leaves no window waiting', async () => {
  const { secret } = await exchange(newToken());
  const socket = await openSocket(secret as string);
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
  await server.stop();
  await closed;
  server = await serverOn(0);
});

function newToken(): string {
  return server.newAddress().split('#token=')[1] as string;
}

interface Exchanged {
  readonly status: number;
  readonly secret?: string | undefined;
  readonly code?: string | undefined;
}

/** @param origin null sends none */
async function exchange(token: string, origin: string | null = server.origin): Promise<Exchanged> {
  const answer = await fetch(`${server.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin !== null && { origin }) },
    body: JSON.stringify({ token }),
  });
  const body = (await answer.json()) as { secret?: string; error?: { code: string } };
  return { status: answer.status, secret: body.secret, code: body.error?.code };
}

/** As a browser opens it: with the page's origin. */
async function openSocket(secret: string): Promise<WebSocket> {
  const socket = new NodeSocket(`${server.origin.replace('http', 'ws')}/bridge`, ['skerry-bridge', secret], {
    origin: server.origin,
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket as unknown as WebSocket;
}

interface SocketRequest {
  readonly secret: string;
  readonly origin?: string | undefined;
  readonly host?: string;
  readonly path?: string;
  readonly protocols?: readonly string[];
}

/** The status a socket is refused with. */
function refusal(wrong: SocketRequest): Promise<number | undefined> {
  const { path = '/bridge', protocols = ['skerry-bridge', wrong.secret], host } = wrong;
  const origin = 'origin' in wrong ? wrong.origin : server.origin;
  const socket = new NodeSocket(`${server.origin.replace('http', 'ws')}${path}`, [...protocols], {
    ...(origin !== undefined && { origin }),
    headers: { ...(host !== undefined && { host }) },
  });
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode);
    });
    socket.once('open', () => reject(new Error('The socket opened.')));
    socket.on('error', () => {});
  });
}

/** fetch would tidy the path and set the host itself. */
function rawGet(path: string, headers: { readonly host?: string } = {}) {
  const { port } = new URL(server.origin);
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject).end();
  });
}
