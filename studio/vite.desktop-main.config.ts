import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Electron's own process. */
export default defineConfig({
  build: {
    ssr: here('main/main.ts'),
    outDir: here('dist/desktop'),
    emptyOutDir: true,
    rolldownOptions: { external: ['electron'], output: { entryFileNames: 'main.mjs' } },
  },
  ssr: { noExternal: true },
});
