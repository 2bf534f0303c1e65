import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { CHOOSE_FOLDER, MENU_ACTION, PORT_GIVEN, PORT_WANTED } from '@skerry/studio/bridge/edge-words';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDesktop } from '../../../studio/main/desktop.ts';
import type { FromDesktop, ToDesktop } from '../../../studio/main/desktop-options.ts';
import { type FakeContents, FakeElectron, type FakeWindow } from './fake-electron.ts';

const PREVIEW = 'http://127.0.0.1:4321';

let folder: string;
let electron: FakeElectron;
let host: ReturnType<typeof fakeHost>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skerry-desktop-'));
  await mkdir(join(folder, 'page'), { recursive: true });
  await writeFile(join(folder, 'page/index.html'), '<title>The page</title>');
  await writeFile(join(folder, 'secret.txt'), 'not of the page');
  electron = new FakeElectron();
  host = fakeHost();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function start(): Promise<FakeWindow> {
  const options = {
    pageFolder: join(folder, 'page'),
    dataFolder: join(folder, 'data'),
    frames: [PREVIEW, 'http://localhost:*'],
  };
  await startDesktop(electron.parts(), { ...options, preload: '/built/preload.cjs', isMac: false }, host.line);
  return electron.windows[0] as FakeWindow;
}

describe('the window', () => {
  test('runs its page in a sandbox, apart from Node and from the preload script', async () => {
    const window = await start();
    expect(window.options.webPreferences).toEqual({
      preload: '/built/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
    expect(electron.calls).toContain('enableSandbox');
    expect(electron.calls.indexOf('enableSandbox')).toBeLessThan(electron.calls.indexOf('whenReady'));
  });

  test('loads the workbench from its own protocol, and shows when it has something to show', async () => {
    const window = await start();
    expect(window.loaded).toEqual(['app://skerry/index.html']);
    expect(window.options.show).toBe(false);
    expect(window.isShown).toBe(false);
    window.emit('ready-to-show');
    expect(window.isShown).toBe(true);
    expect(host.posted).toEqual([{ kind: 'ready' }]);
  });

  test('is one: a second start brings it to the front, and the second process leaves', async () => {
    const window = await start();
    electron.app.emit('second-instance');
    expect(window.isFocused).toBe(true);
    const second = new FakeElectron();
    second.hasLock = false;
    await startDesktop(
      second.parts(),
      { pageFolder: folder, dataFolder: folder, frames: [], preload: '', isMac: false },
      fakeHost().line,
    );
    expect(second.calls).toContain('quit');
    expect(second.windows).toEqual([]);
  });

  test('locks on its own data folder', async () => {
    await start();
    expect(electron.calls[0]).toBe(`setPath userData ${join(folder, 'data')}`);
  });

  test.each(['the host goes', 'the last window closes'])('ends when %s', async (event) => {
    await start();
    expect(electron.calls).not.toContain('quit');
    if (event === 'the host goes') host.end();
    else electron.app.emit('window-all-closed');
    expect(electron.calls).toContain('quit');
  });
});

describe('the page cannot', () => {
  test('have any permission', async () => {
    await start();
    const answers: boolean[] = [];
    const { request, check, device } = electron.permissions;
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'fileSystem',
      'clipboard-read',
    ]) {
      request?.(...([{}, permission, (answer: boolean) => answers.push(answer)] as never[]));
      answers.push(check?.(...([{}, permission] as never[])) as boolean);
    }
    answers.push(device?.() as boolean);
    expect(answers).toHaveLength(13);
    expect(answers.every((answer) => answer === false)).toBe(true);
  });

  test('open another window', async () => {
    const { webContents } = await start();
    expect(webContents.openHandler?.({ url: 'app://skerry/index.html' })).toEqual({ action: 'deny' });
  });

  test('hold a webview', async () => {
    const { webContents } = await start();
    expect(isPrevented(webContents, 'will-attach-webview', {})).toBe(true);
  });

  test.each([
    ['app://skerry/index.html', true, false],
    ['app://other/index.html', true, true],
    ['https://example.org/', true, true],
    ['file:///etc/passwd', true, true],
    [`${PREVIEW}/`, true, true],
    ['http://127.0.0.1:4321.evil.example/', false, true],
    ['no address', false, true],
    [`${PREVIEW}/`, false, false],
    ['http://localhost:1234/page', false, false],
    ['http://localhost.evil.example:1234/', false, true],
    ['http://localhost/', false, true],
    ['http://127.0.0.1:4322/', false, true],
    ['https://example.org/', false, true],
    ['app://skerry/index.html', false, true],
  ])('go where it should not: %s, as the main frame %s, is stopped: %s', async (url, isMainFrame, isStopped) => {
    const { webContents } = await start();
    expect(isPrevented(webContents, 'will-frame-navigate', { url, isMainFrame })).toBe(isStopped);
    expect(isPrevented(webContents, 'will-redirect', { url, isMainFrame })).toBe(isStopped);
  });
});

describe('the protocol', () => {
  test('is secure and standard, so that workers and storage work', async () => {
    await start();
    expect(electron.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    expect(electron.calls.indexOf('registerSchemesAsPrivileged')).toBeLessThan(electron.calls.indexOf('whenReady'));
  });

  test('gives out the page under its policy', async () => {
    const answer = await load('app://skerry/index.html');
    expect(await answer.text()).toBe('<title>The page</title>');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = answer.headers.get('content-security-policy') ?? '';
    for (const words of [
      "default-src 'self'",
      "script-src 'self'",
      "worker-src 'self' blob:",
      "connect-src 'self'",
      `frame-src ${PREVIEW} http://localhost:*`,
      "frame-ancestors 'none'",
    ]) {
      expect(policy.split('; ')).toContain(words);
    }
  });

  test.each([
    'app://skerry/../secret.txt',
    'app://skerry/%2e%2e/secret.txt',
    'app://skerry/..%2fsecret.txt',
    'app://skerry/%00',
    'app://skerry/%E0%A4%A',
    'app://skerry/nothing.js',
    'app://other/index.html',
  ])('does not give out %s', async (url) => {
    const answer = await load(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  async function load(url: string): Promise<Response> {
    await start();
    return (await electron.handled.get('app')?.({ url })) as Response;
  }
});

describe('the bridge', () => {
  test('gives a page that asks a port, and carries what it says to the host and back', async () => {
    const window = await start();
    const port = wantPort(window.webContents);
    port.postMessage('{"ask":1}');
    await host.until(({ length }) => length === 3);
    expect(host.posted.slice(1)).toEqual([
      { kind: 'opened', window: 1 },
      { kind: 'text', window: 1, text: '{"ask":1}' },
    ]);
    const answered = new Promise((resolve) => port.once('message', resolve));
    host.say({ kind: 'text', window: 1, text: '{"answer":1}' });
    expect(await answered).toBe('{"answer":1}');
    port.close();
    await host.until((posted) => posted.at(-1)?.kind === 'closed');
  });

  test('gives a page that loads again a port of its own', async () => {
    const { webContents } = await start();
    const [first, second] = [wantPort(webContents), wantPort(webContents)];
    second.postMessage('from the second');
    await host.until((posted) => posted.some(({ kind }) => kind === 'text'));
    expect(host.posted.at(-1)).toEqual({ kind: 'text', window: 2, text: 'from the second' });
    const [atFirst, atSecond] = [first, second].map((port) => new Promise((resolve) => port.once('message', resolve)));
    host.say({ kind: 'text', window: 2, text: 'to the second' });
    host.say({ kind: 'text', window: 1, text: 'to the first' });
    expect([await atFirst, await atSecond]).toEqual(['to the first', 'to the second']);
    host.say({ kind: 'text', window: 9, text: 'to nobody' });
    first.close();
    second.close();
  });

  test('closes the port when the host closes its channel', async () => {
    const { webContents } = await start();
    const port = wantPort(webContents);
    const closed = new Promise((resolve) => port.once('close', resolve));
    host.say({ kind: 'closed', window: 1 });
    await closed;
  });

  test.each([
    ['a frame inside', { url: 'app://skerry/index.html', parent: {} }],
    ['a page from elsewhere', { url: 'https://example.org/', parent: null }],
    ['a device of the preview', { url: `${PREVIEW}/`, parent: null }],
    ['a frame that is gone', null],
  ])('gives nothing to %s', async (_, senderFrame) => {
    const { webContents } = await start();
    electron.ipc.emit(PORT_WANTED, { sender: webContents, senderFrame });
    expect(webContents.ports).toEqual([]);
    electron.chosen = { canceled: false, filePaths: ['/somewhere'] };
    expect(await chooseFolder(webContents, senderFrame)).toBeUndefined();
    expect(host.posted).toEqual([{ kind: 'ready' }]);
  });
});

describe('the desktop gives', () => {
  test('the folder that was chosen, or nothing', async () => {
    const { webContents } = await start();
    expect(await chooseFolder(webContents)).toBeUndefined();
    electron.chosen = { canceled: false, filePaths: ['/projects/app'] };
    expect(await chooseFolder(webContents)).toBe('/projects/app');
  });

  test('menus whose items run actions of the workbench in the window', async () => {
    const { webContents } = await start();
    const items = (electron.menu as { submenu?: { id?: string; label?: string; click?: () => void }[] }[]).flatMap(
      ({ submenu = [] }) => submenu,
    );
    const actions = items.filter(({ id }) => id !== undefined);
    expect(actions.map(({ id }) => id)).toContain('file.save');
    expect(actions.every(({ label }) => label !== undefined && label !== '')).toBe(true);
    for (const { click } of actions) click?.();
    expect(webContents.sent).toEqual(actions.map(({ id }) => [MENU_ACTION, id]));
  });
});

const OURS = { url: 'app://skerry/index.html', parent: null };

function wantPort(webContents: FakeContents): MessagePort {
  electron.ipc.emit(PORT_WANTED, { sender: webContents, senderFrame: OURS });
  expect(webContents.sent.at(-1)).toEqual([PORT_GIVEN]);
  return webContents.ports.at(-1) as MessagePort;
}

async function chooseFolder(sender: FakeContents, senderFrame: object | null = OURS): Promise<unknown> {
  return electron.invocations.get(CHOOSE_FOLDER)?.(...([{ sender, senderFrame }] as never[]));
}

function isPrevented(contents: FakeContents, name: string, event: object): boolean {
  let prevented = false;
  contents.emit(name, {
    ...event,
    preventDefault() {
      prevented = true;
    },
  });
  return prevented;
}

function fakeHost() {
  const posted: FromDesktop[] = [];
  let listener: (message: ToDesktop) => void = () => {};
  let end = () => {};
  const watchers = new Set<() => void>();
  return {
    posted,
    say: (message: ToDesktop) => listener(message),
    end: () => end(),
    until: (condition: (posted: readonly FromDesktop[]) => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!condition(posted)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    line: {
      post(message: FromDesktop) {
        posted.push(message);
        for (const look of [...watchers]) look();
      },
      onMessage(heard: (message: ToDesktop) => void) {
        listener = heard;
      },
      onEnd(ended: () => void) {
        end = ended;
      },
    },
  };
}
