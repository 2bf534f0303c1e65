import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page that shows devices side by side. */
export default defineConfig({
  root: here('preview'),
  publicDir: here('../runtime/platform/web/public'),
  plugins: [react()],
  build: { outDir: here('dist/preview'), emptyOutDir: true, target: 'es2022' },
});
