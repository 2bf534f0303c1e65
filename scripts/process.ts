import { spawn } from 'node:child_process';
import { dirname } from 'node:path';

export const root: string = dirname(import.meta.dirname);

export type Outcome = { ok: boolean; output: string };

type RunOptions = { quiet?: boolean; env?: NodeJS.ProcessEnv };

/** Runs a script or program under this Node; its output is shown as it comes, unless quiet, and returned either way. */
export function runProgram(args: string[], options: RunOptions = {}): Promise<Outcome> {
  const { quiet = false, env = {} } = options;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (shown: NodeJS.WriteStream) => (chunk: string) => {
      output += chunk;
      if (!quiet) shown.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', collect(process.stdout));
    child.stderr.setEncoding('utf8').on('data', collect(process.stderr));
    child.on('error', (error) => resolve({ ok: false, output: `${output}${error.message}` }));
    child.on('close', (code, signal) =>
      resolve({ ok: code === 0, output: signal === null ? output : `${output}ended by ${signal}` }),
    );
  });
}
