import { join } from 'node:path';
import { buildDesktop } from './build-pages.ts';
import { type RunningDesktop, startDesktop } from './desktop-host.ts';
import { electronBinary, rememberFailure, versionOf } from './electron-binary.ts';
import type { RunningStudio } from './start-studio.ts';

export interface DesktopOpening {
  /** The checkout. */
  readonly root: string;
  readonly state: string;
  readonly studio: RunningStudio;
  readonly tell: (line: string) => void;
}

/** The desktop window where there can be one; undefined: the browser it is. Nothing that fails here ends the studio. */
export async function openDesktop({ root, state, studio, tell }: DesktopOpening): Promise<RunningDesktop | undefined> {
  const packageFolder = join(root, 'node_modules/electron');
  try {
    const { env, platform } = process;
    const isRoot = process.getuid?.() === 0;
    const binary = await electronBinary({ packageFolder, state, env, platform, isRoot, tell });
    if (binary === undefined) return undefined;
    const main = await buildDesktop(root, tell);
    const desktop = await startDesktop({
      binary,
      args: [main],
      options: {
        pageFolder: join(root, 'studio/dist/workbench'),
        dataFolder: join(state, 'desktop'),
        frames: studio.frames,
      },
      host: studio.host,
      log: (message, error) => void process.stderr.write(`${message} ${String(error ?? '')}\n`),
    });
    if (desktop) return desktop;
    const version = await versionOf(packageFolder);
    if (version !== undefined) await rememberFailure(state, version);
    tell('The desktop window did not come up: the studio opens in the browser, now and at later starts.');
  } catch (error) {
    tell(`There is no desktop window: ${error instanceof Error ? error.message : String(error)}`);
  }
  return undefined;
}
