import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { userFault } from '@skerry/shared/base/fault';
import type { JsonObject } from '@skerry/shared/base/json';
import { demoObjects } from '@skerry/shared/scope/demo-objects';
import { demoSettings } from '../../host/demo-data/demo-surroundings.ts';
import { readProjectDemoData } from '../../host/demo-data/read-project-demo-data.ts';
import { evaluateText } from '../../host/query/evaluate-expression.ts';
import type { ExitCode } from '../command.ts';
import { print, printError, printJson } from '../output.ts';
import { momentOption, openArgument } from '../project-argument.ts';

export const summary = 'evaluate an expression';

export const help = `Usage: skerry eval <project> '<expression>' [options]

  --vars <file.json>   variables by name: plain values, or {"type": "Decimal", "value": "1.5"},
                       {"type": "Field.Inspection", "value": "<id of a demo object>"}
  --as <user>          with the session of a demo user
  --now <moment>       the present moment; default: the last one in the demo data
  --json               {type, value}, {type, error} or {diagnostics}

Exit code 1 when the expression is wrong or its value is an error.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      vars: { type: 'string' },
      as: { type: 'string' },
      now: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const text = positionals[1];
  if (text === undefined)
    throw userFault('cli/missing-expression', "Give a project and an expression, as in skerry eval . '1 + 1'.");
  const settings = momentOption(values.now);
  const variables = values.vars === undefined ? {} : await readVariables(values.vars);
  const project = await openArgument(positionals);
  const { objects } = await readProjectDemoData(project);
  const { model } = project;
  const found = evaluateText({
    model,
    objects: demoObjects(model, objects),
    text,
    variables,
    as: values.as,
    settings: demoSettings(objects, settings),
  });
  if (values.json) printJson(found);
  else if ('value' in found) print(`${JSON.stringify(found.value)}  (${found.type})`);
  else if ('error' in found) printError(`${found.error.code}: ${found.error.message}`);
  else
    for (const { code, message, span } of found.diagnostics)
      printError(`${code}${span ? ` at ${span.start}` : ''}: ${message}`);
  return 'value' in found ? 0 : 1;
}

async function readVariables(path: string): Promise<JsonObject> {
  try {
    const json: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (json !== null && typeof json === 'object' && !Array.isArray(json)) return json as JsonObject;
  } catch (error) {
    throw userFault(
      'cli/wrong-variables',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  throw userFault('cli/wrong-variables', `${path} holds no JSON object of variables by name.`);
}
