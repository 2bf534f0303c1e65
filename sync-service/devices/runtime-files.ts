import { join } from 'node:path';
import express, { Router } from 'express';

/**
 * Nothing from elsewhere runs in a device's page. Compiled actions come from the bundle as blobs; SQLite is WebAssembly.
 * Only pages of this machine may show a device in a frame.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval' blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self' http://127.0.0.1:* http://localhost:* app://skerry",
].join('; ');

/** The web runtime's build and the device's configuration, with the headers they need. */
export function runtimeFiles(folder: string, deviceConfig: object): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    next();
  });
  router.get('/device-config.json', (_request, response) => {
    response.set('cache-control', 'no-cache').json(deviceConfig);
  });
  router.use(
    express.static(folder, {
      index: 'index.html',
      setHeaders(response, path) {
        // Files under assets carry their hash in their name; the page and the service worker are asked for each time.
        const isHashed = path.startsWith(join(folder, 'assets'));
        response.setHeader('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        if (path.endsWith('service-worker.js')) response.setHeader('service-worker-allowed', '/');
      },
    }),
  );
  return router;
}
