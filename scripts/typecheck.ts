/** Checks every project of the solution, a few at a time, and prints all their errors. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readJsonc } from './jsonc.ts';
import { type Outcome, root, runProgram } from './process.ts';

/** A room that is still empty is no mistake. */
const noInputs = 'error TS18003';

export function projects(): string[] {
  const solution = readJsonc(join(root, 'tsconfig.json')) as { references: { path: string }[] };
  return solution.references.map((reference) => reference.path);
}

export async function typecheck(): Promise<Outcome> {
  const waiting = projects();
  const outputs: string[] = [];
  const work = async () => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      outputs.push(await errorsOf(project));
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  const output = [...new Set(outputs.flatMap((text) => text.split('\n')))].join('\n').trim();
  return { ok: output === '', output };
}

async function errorsOf(project: string): Promise<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { ok, output } = await runProgram([tsc, '--project', join(root, project), '--pretty', 'false'], {
    quiet: true,
  });
  if (ok || output.includes(noInputs)) return '';
  return output.trim() || `${project}: the compiler ended without a word`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { ok, output } = await typecheck();
  if (output) console.log(output);
  process.exitCode = ok ? 0 : 1;
}
