import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@skerry/shared/base/fault';
import type { ServedHost } from '@skerry/studio/bridge/serve-host';
import { type AnalysisRoom, analysisRoom } from '../host/analysis/room.ts';
import { createHost, type Host } from '../host/host.ts';
import { openProject } from '../host/project/open-project.ts';
import { buildPages } from './build-pages.ts';
import { demoDataOfToday } from './demo-data-of-today.ts';
import { DEVICES, type Preview, startPreview } from './preview.ts';
import { rememberedPorts } from './remembered-ports.ts';
import { rememberInstance } from './running-instance.ts';
import { openSessions } from './sessions.ts';
import { startWorkbenchServer } from './workbench-server.ts';

const SECRET_BYTES = 32;

export interface StudioOptions {
  /** The checkout. */
  readonly root: string;
  /** Database, keys, ports, journals. */
  readonly state: string;
  /** The project that opens first. */
  readonly project: string;
  readonly sample: string;
  /** Whether the project is a copy of the sample, which has visits on the day of its first start. */
  readonly isSample: boolean;
  readonly tell: (line: string) => void;
}

export interface RunningStudio {
  /** An address that opens one window, once. */
  newAddress(): string;
  /** Undefined when the project cannot run; `tell` has said why. */
  readonly previewAddress: string | undefined;
  readonly host: ServedHost;
  stop(): Promise<void>;
}

/**
 * The whole studio in this process: the host behind a workbench for browsers, a sync service, and the preview.
 * A project that cannot run opens all the same, to be repaired; it has no preview until the next start.
 *
 * @throws Fault `preview/port-in-use`, and what opening the project throws
 */
export async function startStudio(options: StudioOptions): Promise<RunningStudio> {
  const { root, state, tell } = options;
  await mkdir(state, { recursive: true });
  const purposes = ['workbench', 'preview', 'service', ...DEVICES.map(({ id }) => `device-${id}`)];
  const ports = await rememberedPorts(state, purposes);
  await buildPages(root, tell);
  const { host, served } = await openHost(options);
  const framedBy = `http://127.0.0.1:${ports.workbench}`;
  const addressSecret = randomBytes(SECRET_BYTES).toString('base64url');
  const server = await startWorkbenchServer({
    port: ports.workbench as number,
    pageFolder: join(root, 'studio/dist/workbench'),
    frames: [`http://127.0.0.1:${ports.preview}`],
    host: served,
    sessions: await openSessions(join(state, 'sessions.json'), randomBytes),
    addressSecret,
    log: logToErrors,
  });
  const stops = [() => host.close(), () => server.stop()];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const preview = await previewOf(options, ports, framedBy);
    if (preview) stops.push(() => preview.stop());
    stops.push(
      await rememberInstance(state, { origin: server.origin, secret: addressSecret, project: options.project }),
    );
    return { newAddress: server.newAddress, previewAddress: preview?.address, host: served, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openHost(options: StudioOptions): Promise<{ readonly host: Host; readonly served: ServedHost }> {
  let analysis: AnalysisRoom | undefined;
  const host = createHost({
    stateFolder: join(options.state, 'studio'),
    random: (count) => randomBytes(count),
    now: () => Date.now(),
    rooms: [
      (context) => {
        analysis = analysisRoom(context);
        return analysis;
      },
    ],
    templates: [
      {
        id: 'field-inspections',
        title: 'Field Inspections',
        description: 'Sites, visits and findings of inspectors who work where there is no network.',
        folder: options.sample,
      },
    ],
  });
  const served: ServedHost = {
    handlers: host.handlers,
    onNotify: (listener) => host.onNotify(listener),
    welcome(notify) {
      const problems = analysis?.problems();
      if (problems) notify('analysis/problems', problems);
    },
  };
  try {
    await host.open(options.project);
  } catch (error) {
    await host.close();
    throw error;
  }
  return { host, served };
}

async function previewOf(
  { root, state, project: folder, isSample, tell }: StudioOptions,
  ports: Awaited<ReturnType<typeof rememberedPorts>>,
  framedBy: string,
): Promise<Preview | undefined> {
  try {
    const project = await openProject(folder);
    const demoData = isSample ? await demoDataOfToday(root, state) : join(folder, 'data');
    return await startPreview({ root, dataFolder: join(state, 'service'), ports, project, demoData, framedBy, tell });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    tell(`There is no preview: ${error.message} (${error.code})`);
    return undefined;
  }
}

function logToErrors(message: string, error?: unknown): void {
  const particulars = error === undefined ? '' : ` ${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${message}${particulars}\n`);
}
