import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { build, resolveConfig } from 'vite';
import type { GalleryBundle } from './gallery-bundle.ts';

const MEDIA_TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

export interface GalleryServer {
  /** Ends in '/'. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Builds a Vite project of the tests and serves it, with texts of its own at given paths (`/gallery.json`).
 * @param folder holds vite.config.ts
 */
export async function serveBuilt(folder: string, texts: ReadonlyMap<string, string>): Promise<GalleryServer> {
  const configFile = join(folder, 'vite.config.ts');
  const { build: options } = await resolveConfig({ configFile }, 'build');
  await build({ configFile, logLevel: 'warn' });
  const built = options.outDir;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gallery');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const text = texts.get(path);
    const body = text === undefined ? readFile(join(built, path)) : Promise.resolve(text);
    body.then(
      (found) => {
        response.setHeader('content-type', MEDIA_TYPES[extname(path)] ?? 'application/octet-stream');
        response.end(found);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The gallery with the bundles its pages ask for, by the name in `?app=`. */
export function serveGallery(bundles: ReadonlyMap<string, GalleryBundle>): Promise<GalleryServer> {
  const texts = new Map([...bundles].map(([name, bundle]) => [`/${name}.json`, JSON.stringify(bundle)]));
  return serveBuilt(new URL('../e2e/gallery', import.meta.url).pathname, texts);
}
