/** The tests in Chromium; installs one when the machine has none. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureChromium } from './install-chromium.ts';
import { type Outcome, root, runProgram } from './process.ts';

export async function runE2e(options: { reportFile?: string; args?: string[] } = {}): Promise<Outcome> {
  try {
    ensureChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { ok: false, output: '' };
  }
  const { reportFile, args = [] } = options;
  const reporter = reportFile === undefined ? 'list' : 'list,json';
  const env = reportFile === undefined ? {} : { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile };
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  return runProgram([cli, 'test', `--reporter=${reporter}`, ...args], { env });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { ok } = await runE2e({ args: process.argv.slice(2) });
  process.exitCode = ok ? 0 : 1;
}
