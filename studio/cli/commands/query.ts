import { parseArgs } from 'node:util';
import { userFault } from '@skerry/shared/base/fault';
import { demoObjects } from '@skerry/shared/scope/demo-objects';
import { demoSettings } from '../../host/demo-data/demo-surroundings.ts';
import { readProjectDemoData } from '../../host/demo-data/read-project-demo-data.ts';
import { prepareQuery, queryInMemory } from '../../host/query/query-demo-data.ts';
import type { ExitCode } from '../command.ts';
import { print, printError, printJson } from '../output.ts';
import { momentOption, openArgument, required } from '../project-argument.ts';

export const summary = 'ask the demo data which objects match a constraint';

export const help = `Usage: skerry query <project> --entity <Module.Entity> --constraint '[…]' [options]

  --entity <name>       the entity, specialisations included
  --constraint <text>   without one all objects match
  --as <user>           with the session and access of a demo user
  --engine <engine>     memory (default) or sqlite
  --now <moment>        the present moment; default: the last one in the demo data
  --json                {ids: […]}, or {diagnostics: […]} for a constraint that is wrong

Exit code 1 when the constraint is wrong.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      entity: { type: 'string' },
      constraint: { type: 'string', default: '' },
      as: { type: 'string' },
      engine: { type: 'string', default: 'memory' },
      now: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const entity = required(values.entity, '--entity', 'Field.Inspection');
  if (values.engine !== 'memory' && values.engine !== 'sqlite') {
    throw userFault('cli/unknown-engine', `There is no engine "${values.engine}". Choose memory or sqlite.`);
  }
  const now = momentOption(values.now);
  const project = await openArgument(positionals);
  const demo = await readProjectDemoData(project);
  const query = {
    model: project.model,
    objects: demoObjects(project.model, demo.objects),
    entity,
    constraint: values.constraint,
    as: values.as,
    settings: demoSettings(demo.objects, now),
  };
  const prepared = prepareQuery(query);
  if (!prepared.ok) {
    if (values.json) printJson({ diagnostics: prepared.error });
    else
      for (const { code, message, span } of prepared.error)
        printError(`${code}${span ? ` at ${span.start}` : ''}: ${message}`);
    return 1;
  }
  const ids =
    values.engine === 'sqlite'
      ? (await import('../query-on-sqlite.ts')).queryOnSqlite(query, prepared.value)
      : queryInMemory(query, prepared.value);
  if (values.json) printJson({ ids });
  else print([...ids, `${ids.length} objects`].join('\n'));
  return 0;
}
