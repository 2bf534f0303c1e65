import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START_LIMIT_MS = 120_000;

export const PREVIEW_LINE = /^preview: (http:\/\/127\.0\.0\.1:\d+\/)$/m;
export const WORKBENCH_LINE = /^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+$/m;

/** What `npm start` runs, on a state folder of its own. */
export interface PreviewServer {
  /** Of the page with the devices. */
  readonly url: string;
  /** Opens the studio in one window, once. */
  readonly workbench: string;
  readonly state: string;
  /** Ends the process; the state folder stays unless `stop` is the last. */
  end(): Promise<void>;
  stop(): Promise<void>;
  /** As a crash: nothing is written, nothing said. */
  kill(): Promise<void>;
}

export async function startPreview(
  options: { readonly state?: string; readonly project?: string } = {},
): Promise<PreviewServer> {
  const state = options.state ?? (await mkdtemp(join(tmpdir(), 'skerry-preview-')));
  const args = ['studio/server/main.ts', '--data', state, ...(options.project ? ['--project', options.project] : [])];
  const server = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, SKERRY_NO_OPEN: '1', SKERRY_HOME: join(state, 'home'), TZ: 'Europe/Berlin' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { url, workbench } = await addressesOf(server);
  const endWith = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await gone;
  };
  const end = () => endWith('SIGTERM');
  return {
    url,
    workbench,
    state,
    end,
    kill: () => endWith('SIGKILL'),
    async stop() {
      await end();
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** The line that names the preview, and the later one that is an address and nothing else. */
function addressesOf(server: ChildProcess): Promise<{ readonly url: string; readonly workbench: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    const limit = setTimeout(() => reject(new Error(`The preview did not start:\n${output}`)), START_LIMIT_MS);
    const settle = (act: () => void) => {
      clearTimeout(limit);
      act();
    };
    const read = (chunk: Buffer) => {
      output += String(chunk);
      const url = PREVIEW_LINE.exec(output)?.[1];
      const workbench = WORKBENCH_LINE.exec(output)?.[0];
      if (url !== undefined && workbench !== undefined) settle(() => resolve({ url, workbench }));
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', (chunk: Buffer) => {
      output += String(chunk);
    });
    server.once('exit', (code) => settle(() => reject(new Error(`The preview ended with ${code}:\n${output}`))));
  });
}
