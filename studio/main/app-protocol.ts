import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://skerry';

/** What the page is made of; anything else is given out as bytes. */
const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Answers `app://skerry/…` with the files of one folder, each under the page's policy. */
export function appProtocol(folder: string, policy: string): (request: { readonly url: string }) => Promise<Response> {
  const root = resolve(folder);
  const refused = (status: number) => new Response(null, { status, headers: { 'content-security-policy': policy } });
  return async ({ url }) => {
    const { protocol, host, pathname } = new URL(url);
    if (`${protocol}//${host}` !== APP_ORIGIN) return refused(404);
    const path = pathIn(root, pathname);
    if (path === undefined) return refused(404);
    const body = await readFile(path).catch(() => undefined);
    if (!body) return refused(404);
    return new Response(new Uint8Array(body), {
      headers: {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
      },
    });
  };
}

function pathIn(root: string, pathname: string): string | undefined {
  try {
    const decoded = decodeURIComponent(pathname);
    const path = resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`);
    return path.startsWith(root + sep) && !decoded.includes('\0') ? path : undefined;
  } catch {
    return undefined;
  }
}
