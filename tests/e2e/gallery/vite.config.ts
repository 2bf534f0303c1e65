import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: here('../../../runtime/platform/web/public'),
  plugins: [react()],
  build: { outDir: here('dist'), emptyOutDir: true, target: 'es2022' },
});
