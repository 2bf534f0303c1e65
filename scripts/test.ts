/**
 * `npm test`: types, lint, everything that vitest runs, then Chromium. It goes on after a failure, so that one run tells
 * everything, and ends with one line alone: `N passed, N failed`.
 */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runE2e } from './e2e.ts';
import { lint } from './lint.ts';
import { type Outcome, root, runProgram } from './process.ts';
import {
  countPlaywright,
  countVitest,
  type PlaywrightReport,
  problemsOf,
  summary,
  type Tally,
  type VitestReport,
} from './tally.ts';
import { typecheck } from './typecheck.ts';

const folder = mkdtempSync(join(tmpdir(), 'skerry-test-'));
const tallies: Tally[] = [];

tallies.push(await check('typecheck', typecheck));
tallies.push(await check('lint', lint));

heading('vitest');
const vitestFile = join(folder, 'vitest.json');
const vitest = await runProgram([
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestFile}`,
]);
tallies.push(countVitest(root, vitest.ok, readReport<VitestReport>(vitestFile)));

heading('Chromium');
const e2eFile = join(folder, 'e2e.json');
const e2e = await runE2e({ reportFile: e2eFile });
tallies.push(countPlaywright(root, e2e.ok, readReport<PlaywrightReport>(e2eFile)));

rmSync(folder, { recursive: true, force: true });

const testFiles = globSync('tests/**/*.test.{ts,tsx}', { cwd: root });
const problems = problemsOf(tallies, testFiles);
heading('result');
for (const title of tallies.flatMap(({ skipped }) => skipped)) console.log(`skipped: ${title}`);
for (const problem of problems) console.log(`FAILED: ${problem}`);
const { line, ok } = summary(tallies, problems);
console.log(line);
process.exitCode = ok ? 0 : 1;

async function check(name: string, run: () => Promise<Outcome>): Promise<Tally> {
  heading(name);
  const { ok, output } = await run();
  console.log(ok ? 'ok' : output);
  return { name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [], filesRun: [] };
}

function heading(text: string): void {
  console.log(`\n— ${text} —`);
}

/** Nothing when the runner ended before it could write one. */
function readReport<T>(path: string): T | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
}
