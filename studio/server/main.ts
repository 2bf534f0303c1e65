import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Fault, userFault } from '@skerry/shared/base/fault';
import { createService, type Service } from '@skerry/sync-service/app';
import { type OpenProject, openProject } from '../host/project/open-project.ts';
import { buildOnce } from './build-once.ts';
import { demoDataOfToday } from './demo-data-of-today.ts';
import { publishFirst } from './first-release.ts';
import { openBrowser } from './open-browser.ts';
import { type PreviewListener, previewApp } from './preview-app.ts';
import { rememberedPorts } from './remembered-ports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = join(root, 'fixtures/apps/field-inspections');
const DEVICES = [
  { id: 'a', name: 'Phone A' },
  { id: 'b', name: 'Phone B' },
] as const;

const HELP = `Usage: npm start [-- options]

Starts a sync service on this machine with an app, and a page that shows two devices running it side by side.

  --project <folder>   the app (default: the sample, Field Inspections)
  --data <folder>      database, keys and ports (default: .skerry in the checkout)

SKERRY_NO_OPEN=1 opens no browser. Ends with Ctrl+C; the next start goes on where this one ended.`;

const tell = (line: string) => process.stdout.write(`${line}\n`);

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: { project: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    tell(HELP);
    return;
  }
  const folder = resolve(values.project ?? SAMPLE);
  const state = resolve(values.data ?? join(root, '.skerry'));
  await mkdir(state, { recursive: true });
  const ports = await rememberedPorts(state, ['preview', 'service', ...DEVICES.map(({ id }) => `device-${id}`)]);
  await buildPages();
  const project = await openProject(folder);
  const profile = offlineProfile(project);
  const service = await createService({
    config: { mode: 'development', dataFolder: join(state, 'service'), port: ports.service, logLevel: 'warn' },
  });
  stopOnSignals(service);
  try {
    const data = folder === SAMPLE ? await demoDataOfToday(root, state) : join(folder, 'data');
    tell(await publishFirst(service, project, data));
    await openPreview(service, project, profile, ports);
  } catch (error) {
    // What listens already would keep the process, half started, for ever.
    await service.stop();
    throw error;
  }
}

async function openPreview(
  service: Service,
  project: OpenProject,
  profile: string,
  ports: Awaited<ReturnType<typeof rememberedPorts>>,
): Promise<void> {
  const { url: serviceUrl } = await service.start();
  const devices: PreviewListener[] = [];
  for (const { id, name } of DEVICES) {
    const port = ports[`device-${id}`] as number;
    const listener = await service.openDeviceListener({
      port,
      staticFolder: join(root, 'runtime/dist/web'),
      deviceConfig: { profile, name: `${name} · ${project.model.app.name}` },
    });
    devices.push({ id, name, listener, offline: false });
  }
  const preview = previewApp({ service, serviceUrl, devices, profile, pageFolder: join(root, 'studio/dist/preview') });
  const server = createServer(preview);
  await once(server.listen(ports.preview, '127.0.0.1'), 'listening');
  const address = `http://127.0.0.1:${ports.preview}/`;
  tell('Two devices side by side, each with its own data:');
  tell(address);
  openBrowser(address);
}

async function buildPages(): Promise<void> {
  const shared = [join(root, 'shared')];
  await buildOnce(
    {
      name: 'the web runtime',
      config: join(root, 'runtime/vite.config.ts'),
      output: join(root, 'runtime/dist/web'),
      sources: [join(root, 'runtime'), ...shared],
    },
    tell,
  );
  await buildOnce(
    {
      name: 'the preview page',
      config: join(root, 'studio/vite.preview.config.ts'),
      output: join(root, 'studio/dist/preview'),
      sources: [join(root, 'studio/preview')],
    },
    tell,
  );
}

function offlineProfile(project: OpenProject): string {
  const profiles = [...project.model.all('navigationProfile').values()];
  const found =
    profiles.find(({ content }) => content.profile === 'offlineWeb') ??
    profiles.find(({ content }) => content.profile !== 'online');
  if (!found)
    throw userFault(
      'preview/no-offline-profile',
      `${project.folder} has no offline navigation profile. Add one under navigation/.`,
    );
  return found.content.name;
}

function stopOnSignals(service: Service): void {
  const stop = () => void service.stop().finally(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

try {
  await start();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message} (${error.code})\n`);
  process.exitCode = 1;
}
