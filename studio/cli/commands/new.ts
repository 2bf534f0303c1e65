import { randomFillSync } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { userFault } from '@skerry/shared/base/fault';
import { newProject } from '../../host/project/new-project.ts';
import type { ExitCode } from '../command.ts';
import { print } from '../output.ts';

export const summary = 'make a new project';

export const help = `Usage: skerry new <folder> [--name <name>]

Makes a project in a new or empty folder: one module, one role, an offline profile with a home page.

  --name <name>   the app's name; default: the folder's`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { name: { type: 'string' } },
  });
  const [given] = positionals;
  if (given === undefined)
    throw userFault('cli/missing-folder', 'Name the folder of the new project, as in skerry new my-app.');
  const folder = resolve(given);
  const documents = await newProject(folder, values.name ?? basename(folder), (count) =>
    randomFillSync(new Uint8Array(count)),
  );
  print(`Made ${folder} with ${documents.size} documents. Next: skerry check ${given}`);
  return 0;
}
