import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: false,
  worker: { format: 'es' },
  build: {
    outDir: here('../../../node_modules/.cache/wasm-store'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rollupOptions: { input: [here('index.html'), here('engine.html')] },
  },
});
