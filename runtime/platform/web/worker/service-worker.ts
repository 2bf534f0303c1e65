/// <reference lib="webworker" />
/**
 * Keeps the shell (never data) so that the app starts without a network. The build puts the list in place of
 * SHELL_FILES; its hash in the cache's name makes every build a cache of its own.
 */
declare const self: ServiceWorkerGlobalScope;
declare const SHELL_FILES: readonly string[];
declare const SHELL_VERSION: string;

const CACHE = `shell-${SHELL_VERSION}`;
/** Small, and not part of the build: the last answer serves while the network is away. */
const REMEMBERED = ['/device-config.json'];

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll([...SHELL_FILES, ...REMEMBERED]);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith('shell-') && name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (REMEMBERED.includes(url.pathname)) event.respondWith(fromNetworkFirst(event.request));
  else if (event.request.mode === 'navigate') event.respondWith(fromShell('/index.html', event.request));
  else if (SHELL_FILES.includes(url.pathname)) event.respondWith(fromShell(url.pathname, event.request));
});

async function fromShell(path: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(path);
  return kept ?? fetch(request);
}

async function fromNetworkFirst(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw error;
  }
}
