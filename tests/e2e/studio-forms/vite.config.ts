import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: here('../../../runtime/platform/web/public'),
  plugins: [react()],
  worker: { format: 'es' },
  // Not below tests/: what is built there would be checked and linted as if somebody had written it.
  build: {
    outDir: here('../../../node_modules/.cache/studio-forms'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8_000,
  },
});
