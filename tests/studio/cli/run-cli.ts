import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
export const SAMPLE = join(ROOT, 'fixtures/apps/field-inspections');

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as users start it, in a process of its own. */
export function skerry(...args: readonly string[]): Finished {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'studio/cli/main.ts'), ...args], {
    encoding: 'utf8',
    cwd: ROOT,
    timeout: 60_000,
    maxBuffer: 64_000_000,
  });
  return { code: status, out: stdout, err: stderr };
}
