import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { userFault } from '@skerry/shared/base/fault';
import { signerOf } from '@skerry/sync-service/releases/index';
import { releaseOfProject } from '../../host/publish/publish-project.ts';
import { sendRelease } from '../../host/publish/send-release.ts';
import type { ExitCode } from '../command.ts';
import { print, printJson } from '../output.ts';
import { openArgument, required } from '../project-argument.ts';

export const summary = 'publish a project to a sync service';

export const help = `Usage: skerry publish <project> --to <url> [options]

Builds and signs the bundles of all profiles, sends what the service does not have yet, and activates the release.
Devices fetch it at their next contact.

  --to <url>        address of the service
  --version <x.y.z> in place of the version in skerry.json
  --key <file>      signing key: 64 hex digits (an Ed25519 secret key)
  --data <folder>   a development service's data folder on this machine: its key and token are used
  --json            {version, parts, sentParts, warnings}

The publisher token comes from SKERRY_PUBLISHER_TOKEN, or from --data.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      version: { type: 'string' },
      key: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const url = addressOf(required(values.to, '--to', 'http://127.0.0.1:4400'));
  const keyFile = values.key ?? (values.data ? join(values.data, 'development-key.secret') : undefined);
  const signer = signerOf(
    await secretIn(required(keyFile, '--key', 'publisher.key')),
    values.key ? 'publisher' : 'development',
  );
  const publisherToken = await tokenOf(values.data);
  const project = await openArgument(positionals);
  const isDevelopment = values.data !== undefined;
  const release = await releaseOfProject(project, {
    signer,
    nowMs: Date.now(),
    isDevelopment,
    version: values.version,
  });
  const { sentParts, warnings } = await sendRelease(release, { url, publisherToken });
  const { version } = release.request;
  if (values.json) printJson({ version, parts: release.parts.size, sentParts, warnings });
  else
    print(
      `Published ${project.model.app.name} ${version}: ${sentParts} of ${release.parts.size} parts were new to the service.`,
    );
  if (!values.json) for (const { code, message } of warnings) print(`${code}: ${message}`);
  return 0;
}

function addressOf(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw userFault('cli/wrong-address', `"${text}" is no address, as in http://127.0.0.1:4400.`);
}

async function secretIn(file: string): Promise<Uint8Array> {
  const text = (await readText(file)).trim();
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw userFault('publish/unreadable-key', `${file} does not hold a key of 64 hex digits.`);
}

async function tokenOf(dataFolder: string | undefined): Promise<string> {
  const given = process.env.SKERRY_PUBLISHER_TOKEN;
  if (given) return given;
  if (dataFolder) return (await readText(join(dataFolder, 'publisher.secret'))).trim();
  throw userFault('publish/missing-token', 'Set SKERRY_PUBLISHER_TOKEN to the publisher token of the service.');
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw userFault('publish/no-file', `${file} cannot be read. Check the path.`);
  }
}
