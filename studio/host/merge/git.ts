import { execFile } from 'node:child_process';
import { operationalFault, userFault } from '@skerry/shared/base/fault';

export interface GitOutcome {
  readonly code: number;
  readonly output: Buffer;
  readonly errors: string;
}

/**
 * Runs git in a folder and gives what it printed, whatever its exit code.
 * @throws Fault `git/missing` when there is no git
 */
export async function runGit(folder: string, args: readonly string[], input?: string): Promise<GitOutcome> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, encoding: 'buffer' as const, maxBuffer: 1024 * 1024 * 1024 };
    const child = execFile('git', [...args], options, (error, output, errors) => {
      if (error && typeof error.code !== 'number') {
        const message = error.code === 'ENOENT' ? 'Git is not installed, or not on the path.' : `git: ${error.message}`;
        reject(operationalFault('git/missing', message));
        return;
      }
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, errors: errors.toString('utf8') });
    });
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** What git printed, trimmed. @throws Fault `git/failed` with git's own words */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const { code, output, errors } = await runGit(folder, args);
  if (code !== 0) {
    const said = errors.trim() || output.toString('utf8').trim();
    throw userFault('git/failed', `git ${args[0]} in ${folder}: ${said || `exit code ${code}`}`);
  }
  return output.toString('utf8').trim();
}
