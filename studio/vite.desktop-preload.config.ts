import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One file of CommonJS that requires nothing but Electron: all that a sandboxed preload script may be. */
export default defineConfig({
  build: {
    ssr: here('preload/preload.ts'),
    outDir: here('dist/desktop'),
    emptyOutDir: false,
    rolldownOptions: { external: ['electron'], output: { entryFileNames: 'preload.cjs', format: 'cjs' } },
  },
  ssr: { noExternal: true },
});
