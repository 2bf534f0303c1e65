import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { userFault } from '@skerry/shared/base/fault';
import { createService } from '@skerry/sync-service/app';
import { publishFirst } from '../../server/first-release.ts';
import type { ExitCode } from '../command.ts';
import { print } from '../output.ts';
import { openArgument } from '../project-argument.ts';

export const summary = 'run a sync service for a project, for development';

export const help = `Usage: skerry serve <project> [options]

Starts a sync service on this machine. When it holds no release yet, the project is published to it as the version in
skerry.json, with its demo data and demo users. Later starts keep everything; publish new versions with skerry publish.

  --port <number>   port to listen on (default 4400; 0 takes a free one)
  --data <folder>   database, files and keys (default <project>/.skerry/service)
  --quiet           no log

Ends with Ctrl+C.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '4400' },
      data: { type: 'string' },
      quiet: { type: 'boolean', default: false },
    },
  });
  const project = await openArgument(positionals);
  const dataFolder = values.data ?? join(project.folder, '.skerry', 'service');
  const service = await createService({
    config: { mode: 'development', dataFolder, port: portOf(values.port), logLevel: values.quiet ? 'silent' : 'info' },
  });
  try {
    print(await publishFirst(service, project, join(project.folder, 'data')));
    const { url } = await service.start();
    print(`Development mode: demo users, and a signing key of its own in ${dataFolder}.`);
    print(url);
    await stopSignal();
  } finally {
    await service.stop();
  }
  return 0;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw userFault('cli/wrong-port', `"${text}" is no port. Give a number from 0 to 65535.`);
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
