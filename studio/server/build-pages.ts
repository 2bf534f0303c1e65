import { join } from 'node:path';
import { type Build, buildOnce } from './build-once.ts';

/** The desktop's two scripts, which Electron runs as they are built. */
export async function buildDesktop(root: string, tell: (line: string) => void): Promise<string> {
  const at = (path: string) => join(root, path);
  const output = at('studio/dist/desktop');
  const sources = [at('studio/main'), at('studio/preload'), at('studio/bridge'), at('studio/renderer/words')];
  const hash = { output, sources: [...sources, at('studio/server/workbench-policy.ts')] };
  await buildOnce({ name: 'the desktop window', config: at('studio/vite.desktop-main.config.ts'), ...hash }, tell);
  const preload = { config: at('studio/vite.desktop-preload.config.ts'), stamp: '.preload-built-from' };
  await buildOnce({ name: "the desktop window's preload script", ...preload, ...hash }, tell);
  return join(output, 'main.mjs');
}

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
      name: 'the live page',
      config: at('runtime/vite.live.config.ts'),
      output: at('runtime/dist/live'),
      sources: [at('runtime'), at('shared'), at('studio/bridge')],
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
