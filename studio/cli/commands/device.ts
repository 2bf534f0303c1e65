import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { userFault } from '@skerry/shared/base/fault';
import type { ExitCode } from '../command.ts';
import { readScenario, scenarioFault } from '../device-run/read-scenario.ts';
import { reportText, stepText } from '../device-run/report-text.ts';
import { runScenario } from '../device-run/run-scenario.ts';
import { print, printJson } from '../output.ts';

export const summary = 'play a scenario with headless devices and compare them with the service';

export const help = `Usage: skerry device run <scenario.json> [options]

Plays the scenario's steps on devices that run each in a process of its own, with its store in a folder. At the end all
devices synchronise until nothing moves any more, and each is compared with the service, object by object.
docs/scenarios.md tells how scenarios are written.

  --url <url>      a service that runs already, with the scenario's project; without it the scenario starts its own
                   service on a free port, with the project published and its demo data loaded
  --keep <folder>  keeps the stores of service and devices there (an empty folder, or one that is not there yet)
  --json           {ok, service, steps, devices, unrest, agreement, ms}

Exit code 0 when all agree and every expectation holds, 1 when not, 2 when the scenario cannot be run.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { url: { type: 'string' }, keep: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (path === undefined)
    throw userFault(
      'cli/missing-argument',
      'Name a scenario, as in skerry device run fixtures/scenarios/two-inspectors.json.',
    );
  const file = resolve(path);
  const read = readScenario(await textOf(file));
  if (!read.ok) throw scenarioFault(path, read.error);
  const url = values.url === undefined ? undefined : addressOf(values.url);
  const folder = values.keep === undefined ? await mkdtemp(join(tmpdir(), 'skerry-device-run-')) : resolve(values.keep);
  try {
    const report = await runScenario({
      scenario: read.value,
      scenarioFolder: dirname(file),
      project: resolve(dirname(file), read.value.project),
      folder,
      ...(url === undefined ? {} : { url }),
      ...(values.json ? {} : { onStep: (step) => print(stepText(step)) }),
    });
    if (values.json) printJson(report);
    else print(`\n${reportText(report)}`);
    return report.ok ? 0 : 1;
  } finally {
    if (values.keep === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw userFault('scenario/no-file', `${file} cannot be read. Check the path.`);
  }
}

function addressOf(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text).origin;
  throw userFault('cli/wrong-address', `"${text}" is no address, as in http://127.0.0.1:4400.`);
}
