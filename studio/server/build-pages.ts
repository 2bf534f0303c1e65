import { join } from 'node:path';
import { type Build, buildOnce } from './build-once.ts';

/** Builds what browsers load, as far as its sources changed. */
export async function buildPages(root: string, tell: (line: string) => void): Promise<void> {
  const at = (path: string) => join(root, path);
  const builds: readonly Build[] = [
    {
      name: 'the web runtime',
      config: at('runtime/vite.config.ts'),
      output: at('runtime/dist/web'),
      sources: [at('runtime'), at('shared')],
    },
    {
      name: 'the preview page',
      config: at('studio/vite.preview.config.ts'),
      output: at('studio/dist/preview'),
      sources: [at('studio/preview')],
    },
    {
      name: 'the workbench',
      config: at('studio/vite.workbench.config.ts'),
      output: at('studio/dist/workbench'),
      sources: [at('studio/renderer'), at('studio/bridge'), at('shared')],
    },
  ];
  for (const build of builds) await buildOnce(build, tell);
}
