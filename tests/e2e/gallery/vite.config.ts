import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: here('../../../runtime/platform/web/public'),
  plugins: [react()],
  // Not below tests/: what is built there would be checked and linted as if somebody had written it.
  build: { outDir: here('../../../node_modules/.cache/gallery'), emptyOutDir: true, target: 'es2022' },
});
