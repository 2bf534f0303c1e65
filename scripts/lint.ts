/** Format and general rules by Biome, rules that need types by oxlint. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Outcome, root, runProgram } from './process.ts';

const linters = [
  ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=50'],
  ['node_modules/oxlint/bin/oxlint', '--deny-warnings', '--format=unix'],
];

export async function lint(): Promise<Outcome> {
  const outcomes = await Promise.all(linters.map(([file = '', ...args]) => runQuietly([join(root, file), ...args])));
  return { ok: outcomes.every(({ ok }) => ok), output: outcomes.map(({ output }) => output).join('') };
}

/** What a linter says about nothing wrong is not worth a line. */
async function runQuietly(args: string[]): Promise<Outcome> {
  const outcome = await runProgram(args, { quiet: true });
  return outcome.ok ? { ok: true, output: '' } : outcome;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { ok, output } = await lint();
  if (output) console.log(output);
  process.exitCode = ok ? 0 : 1;
}
