import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SERVICE_WORKER = 'service-worker.js';
const PUBLIC_FILES = ['/icon.svg', '/app.webmanifest'];

/** Tells the service worker which files make the shell, once all of them have their names. */
function shellFiles(): Plugin {
  return {
    name: 'skerry-shell-files',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.keys(bundle)
        .filter((name) => name !== SERVICE_WORKER && !name.endsWith('.map'))
        .sort();
      const hash = createHash('sha256');
      for (const name of files) {
        const file = bundle[name];
        hash.update(name).update(file?.type === 'chunk' ? file.code : (file?.source ?? ''));
      }
      const worker = bundle[SERVICE_WORKER];
      if (worker?.type !== 'chunk') throw new Error('The build has no service worker.');
      const list = JSON.stringify([...files.map((name) => `/${name}`), ...PUBLIC_FILES]);
      worker.code = `const SHELL_FILES=${list},SHELL_VERSION="${hash.digest('hex').slice(0, 16)}";\n${worker.code}`;
    },
  };
}

/** The web runtime: one page, the engine's worker, SQLite's wasm, and a service worker that keeps them. */
export default defineConfig({
  root: here('platform/web'),
  publicDir: here('platform/web/public'),
  plugins: [react(), shellFiles()],
  worker: { format: 'es' },
  build: {
    outDir: here('dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { main: here('platform/web/index.html'), 'service-worker': here('platform/web/worker/service-worker.ts') },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'service-worker' ? SERVICE_WORKER : 'assets/[name]-[hash].js'),
      },
    },
  },
});
