import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';

/** What the web runtime stands on, asked of the browser that was found, before anything else has to explain it. */
let server: Server;
let address = '';

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const isScript = request.url === '/worker.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? opfsWorker : '<!doctype html><title>page</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

test.afterAll(() => {
  server.close();
});

const opfsWorker = `
  const folder = await navigator.storage.getDirectory();
  const file = await folder.getFileHandle('x', { create: true });
  const access = await file.createSyncAccessHandle();
  access.write(new TextEncoder().encode('kept'));
  access.flush();
  postMessage(access.getSize());
`;

test('Chromium on a loopback address has service workers, locks and synchronous files', async ({ page }) => {
  await page.goto(address);
  const bytes = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker('/worker.js', { type: 'module' });
        worker.onmessage = (event) => resolve(event.data);
        worker.onerror = (event) => reject(new Error(event.message));
      }),
  );
  const has = await page.evaluate(() => ({
    secure: isSecureContext,
    serviceWorker: 'serviceWorker' in navigator,
    locks: 'locks' in navigator,
  }));
  expect({ bytes, ...has }).toEqual({ bytes: 4, secure: true, serviceWorker: true, locks: true });
});

test('an offline context is really cut off', async ({ page, context }) => {
  await page.goto(address);
  await context.setOffline(true);
  const fetched = await page.evaluate(() =>
    fetch('/', { cache: 'no-store' }).then(
      () => 'answered',
      () => 'cut off',
    ),
  );
  expect({ fetched, onLine: await page.evaluate(() => navigator.onLine) }).toEqual({
    fetched: 'cut off',
    onLine: false,
  });
});
