import { parseArgs } from 'node:util';
import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { compareCodePoints } from '@skerry/shared/base/json';
import { validate } from '@skerry/shared/validation/run';
import { readProjectDemoData } from '../../host/demo-data/read-project-demo-data.ts';
import type { ExitCode } from '../command.ts';
import { print, printJson, WIDTH, wrap } from '../output.ts';
import { openArgument } from '../project-argument.ts';

export const summary = 'find what is wrong with a project';

export const help = `Usage: skerry check <project> [options]

Reads the whole project and says what is wrong, where, and what to do. docs/checks.md lists every check.

  --information   also what costs or is unusual but not wrong
  --json          {problems: [{code, severity, message, document, element, …}]}

Exit code 1 when there are errors.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { information: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const project = await openArgument(positionals);
  const demo = await readProjectDemoData(project);
  const found = [...project.diagnostics, ...validate(project.model), ...demo.diagnostics];
  const problems = unique(found).sort(byPlace);
  if (values.json) printJson({ problems });
  else print(readable(problems, values.information));
  return problems.some((problem) => problem.severity === 'error') ? 1 : 0;
}

/** Two ways to the same place say the same thing once. */
function unique(problems: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const key = ({ document, code, element, path, span, message }: Diagnostic) =>
    JSON.stringify([document ?? '', code, element ?? '', path ?? [], span?.start ?? 0, message]);
  return compareCodePoints(a.document ?? '', b.document ?? '') || compareCodePoints(key(a), key(b));
}

function readable(problems: readonly Diagnostic[], withInformation: boolean): string {
  const shown = problems.filter((problem) => withInformation || problem.severity !== 'information');
  const lines: string[] = [];
  let document: string | undefined;
  for (const problem of shown) {
    if (problem.document !== document || lines.length === 0) {
      document = problem.document;
      lines.push(...(lines.length > 0 ? [''] : []), document ?? '(project)');
    }
    const at = problem.path && problem.path.length > 0 ? ` at ${problem.path.join('/')}` : '';
    lines.push(`  ${problem.severity} ${problem.code}${at}`);
    lines.push(...wrap(problem.message, WIDTH - 4).map((line) => `    ${line}`));
  }
  const count = (severity: Diagnostic['severity']) =>
    problems.filter((problem) => problem.severity === severity).length;
  const hint = !withInformation && count('information') > 0 ? ' (--information shows them)' : '';
  const total = `${count('error')} errors, ${count('warning')} warnings, ${count('information')} for information${hint}`;
  return [...lines, ...(lines.length > 0 ? [''] : []), total].join('\n');
}
