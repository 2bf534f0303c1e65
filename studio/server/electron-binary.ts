import { spawn } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FETCH_LIMIT_MS = 20_000;

export interface ElectronSearch {
  /** The installed package, with or without its binary. */
  readonly packageFolder: string;
  /** Where a failure is remembered. */
  readonly state: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly platform: string;
  /** Whether this process is root, under whom Chromium has no sandbox. */
  readonly isRoot: boolean;
  readonly tell: (line: string) => void;
  readonly limitMs?: number;
}

/**
 * Electron's program, fetched once where it is not there yet. Undefined where there is no screen, where it is not wanted
 * (SKERRY_NO_ELECTRON=1, SKERRY_NO_OPEN=1), and where it could not be had: then the same version is not tried again.
 */
export async function electronBinary(search: ElectronSearch): Promise<string | undefined> {
  const { packageFolder, env, platform, isRoot, tell } = search;
  if (env.SKERRY_NO_OPEN === '1' || env.SKERRY_NO_ELECTRON === '1') return undefined;
  if (platform === 'linux' && (isRoot || !(env.DISPLAY || env.WAYLAND_DISPLAY))) return undefined;
  const version = await versionOf(packageFolder);
  if (version === undefined || (await failedVersion(search.state)) === version) return undefined;
  const present = await installed(packageFolder);
  if (present !== undefined) return present;
  tell(`Fetching Electron ${version} for the desktop window, once…`);
  await runInstaller(packageFolder, env, search.limitMs ?? FETCH_LIMIT_MS);
  const fetched = await installed(packageFolder);
  if (fetched === undefined) {
    await rememberFailure(search.state, version);
    tell('Electron cannot be had here: the studio opens in the browser, now and at later starts.');
  }
  return fetched;
}

/** Also for an Electron that is there and does not run. */
export async function rememberFailure(state: string, version: string): Promise<void> {
  await writeFile(fileIn(state), `${JSON.stringify({ failedVersion: version })}\n`);
}

export async function versionOf(packageFolder: string): Promise<string | undefined> {
  const { version } = (await readJson(join(packageFolder, 'package.json'))) as { version?: string };
  return version;
}

async function failedVersion(state: string): Promise<string | undefined> {
  return ((await readJson(fileIn(state))) as { failedVersion?: string }).failedVersion;
}

/** As the package's own index finds it, which would fetch without limit. */
async function installed(packageFolder: string): Promise<string | undefined> {
  const name = await readFile(join(packageFolder, 'path.txt'), 'utf8').catch(() => undefined);
  if (name === undefined) return undefined;
  const path = join(packageFolder, 'dist', name.trim());
  return (await stat(path).catch(() => undefined))?.isFile() ? path : undefined;
}

function runInstaller(packageFolder: string, env: ElectronSearch['env'], limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(packageFolder, 'install.js')], {
      stdio: 'ignore',
      env: { ...env },
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    installer.on('error', () => resolve());
    installer.on('exit', () => resolve());
  });
}

function fileIn(state: string): string {
  return join(state, 'electron.json');
}

async function readJson(file: string): Promise<object> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as object;
  } catch {
    return {};
  }
}
