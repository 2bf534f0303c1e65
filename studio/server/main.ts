import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Fault } from '@skerry/shared/base/fault';
import type { RunningDesktop } from './desktop-host.ts';
import { openBrowser } from './open-browser.ts';
import { openDesktop } from './open-desktop.ts';
import { ownSample } from './own-sample.ts';
import { addressOfRunning } from './running-instance.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = join(root, 'fixtures/apps/field-inspections');

const HELP = `Usage: npm start [-- options]

Opens the studio, with a sync service on this machine and two devices that run the app.

  --project <folder>   the app (default: your copy of the sample, made at the first start in ~/Skerry)
  --data <folder>      database, keys, ports and unsaved work (default: .skerry in the checkout)

SKERRY_HOME=<folder> keeps your copy of the sample elsewhere. SKERRY_NO_OPEN=1 opens no window,
SKERRY_NO_ELECTRON=1 opens it in the browser.
Ends with Ctrl+C; the next start goes on where this one ended. While the studio runs, another start opens another window.`;

const tell = (line: string) => process.stdout.write(`${line}\n`);

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: { project: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    tell(HELP);
    return;
  }
  const state = resolve(values.data ?? join(root, '.skerry'));
  const running = await addressOfRunning(state);
  if (running) {
    tell(`The studio runs already, with ${running.project}. Another window of it:`);
    tell(running.address);
    openBrowser(running.address);
    return;
  }
  const own = join(resolve(process.env.SKERRY_HOME ?? join(homedir(), 'Skerry')), 'Field Inspections');
  const project = resolve(values.project ?? own);
  if (project === own) await ownSample({ sample: SAMPLE, folder: own, tell });
  const { startStudio } = await import('./start-studio.ts');
  const studio = await startStudio({ root, state, project, sample: SAMPLE, own, tell });
  let desktop: RunningDesktop | undefined;
  const stop = async () => {
    await desktop?.stop();
    await studio.stop();
  };
  stopOnSignals(stop);
  if (studio.previewAddress !== undefined) tell(`preview: ${studio.previewAddress}`);
  tell(`The studio, with ${project}:`);
  const address = studio.newAddress();
  tell(address);
  desktop = await openDesktop({ root, state, studio, tell });
  if (desktop) void desktop.ended.then(() => studio.stop()).finally(() => process.exit(0));
  else openBrowser(address);
}

function stopOnSignals(stop: () => Promise<void>): void {
  const end = () => void stop().finally(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

try {
  await start();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message} (${error.code})\n`);
  process.exitCode = 1;
}
