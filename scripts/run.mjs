/**
 * `node scripts/run.mjs <task> [arguments]`: sets up what is missing, then runs the task under the project's Node.
 * One process does both, instead of npm's pre-scripts, since a shell that has already looked up `node` would go on with
 * the old one.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { becomeNode } from './project-node.mjs';
import { setUp } from './set-up.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Task → what the project's Node runs, as paths in the checkout and further arguments. @type {Record<string, string[]>} */
const tasks = {
  start: ['studio/server/main.ts'],
  skerry: ['studio/cli/main.ts'],
  test: ['scripts/test.ts'],
  'test:unit': ['node_modules/vitest/vitest.mjs', 'run'],
  'test:e2e': ['scripts/e2e.ts'],
  typecheck: ['scripts/typecheck.ts'],
  lint: ['scripts/lint.ts'],
  format: ['node_modules/@biomejs/biome/bin/biome', 'check', '--write'],
  bench: ['tests/bench/main.ts'],
  simulate: ['tests/convergence/main.ts'],
};

/** @param {string} name @param {string[]} args */
export async function runTask(name, args) {
  const [file, ...first] = tasks[name] ?? [];
  if (file === undefined) {
    console.error(`There is no task '${name}'. Tasks: ${Object.keys(tasks).join(', ')}.`);
    process.exit(2);
  }
  try {
    // Paths given to the command line are relative to where it was called; everything else works on the checkout.
    const cwd = name === 'skerry' ? process.cwd() : root;
    becomeNode(await setUp(root), root, [join(root, file), ...first, ...args], cwd);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name = '', ...args] = process.argv.slice(2);
  await runTask(name, args);
}
