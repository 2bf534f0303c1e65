import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The frame in which the page editor shows a page as it runs. Files are addressed from wherever the page stands. */
export default defineConfig({
  root: here('platform/live'),
  base: './',
  publicDir: false,
  plugins: [react()],
  worker: { format: 'es' },
  build: { outDir: here('dist/live'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
});
