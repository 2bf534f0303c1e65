import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The workbench. Editors, Monaco and the layout's worker are chunks of their own, loaded when they are first shown;
 * workers are files, never inlined, as the page's policy has it.
 */
export default defineConfig({
  root: here('renderer'),
  publicDir: here('../runtime/platform/web/public'),
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: here('dist/workbench'),
    emptyOutDir: true,
    target: 'es2022',
    // Monaco is beyond any limit and loads late; tests/studio/server measures what loads first.
    chunkSizeWarningLimit: 8_000,
    assetsInlineLimit: 0,
    manifest: true,
  },
});
