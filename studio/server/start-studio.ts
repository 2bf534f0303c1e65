import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@skerry/shared/base/fault';
import { must } from '@skerry/shared/base/invariant';
import type { Ask } from '@skerry/studio/bridge/calls/index';
import type { ServedHost } from '@skerry/studio/bridge/serve-host';
import { type AnalysisRoom, analysisRoom } from '../host/analysis/room.ts';
import { createHost, type Host } from '../host/host.ts';
import { languageRoom } from '../host/language/room.ts';
import { livePageRoom } from '../host/live-page/room.ts';
import { releaseRoom } from '../host/release/release-room.ts';
import { APP_ORIGIN } from '../main/app-protocol.ts';
import { buildPages } from './build-pages.ts';
import { type ProjectPreviews, projectPreviews } from './project-previews.ts';
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
  /** The user's copy of the sample. */
  readonly own: string;
  readonly tell: (line: string) => void;
}

export interface RunningStudio {
  /** An address that opens one window, once. */
  newAddress(): string;
  /** Undefined when the project cannot run; `tell` has said why. */
  readonly previewAddress: string | undefined;
  readonly host: ServedHost;
  /** Origins that the workbench shows in frames. */
  readonly frames: readonly string[];
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
  const ports = await rememberedPorts(state, ['workbench']);
  await buildPages(root, tell);
  const framedBy = `http://127.0.0.1:${ports.workbench} ${APP_ORIGIN}`;
  // Each project's preview has a port of its own, and so has each of its devices.
  const frames = ['http://127.0.0.1:*'];
  const previews = projectPreviews({ root, state, own: options.own, framedBy, tell });
  const { host, served } = await openHost(options, previews);
  const addressSecret = randomBytes(SECRET_BYTES).toString('base64url');
  const server = await startWorkbenchServer({
    port: ports.workbench as number,
    pageFolder: join(root, 'studio/dist/workbench'),
    liveFolder: join(root, 'runtime/dist/live'),
    frames,
    host: served,
    sessions: await openSessions(join(state, 'sessions.json'), randomBytes),
    addressSecret,
    log: logToErrors,
  });
  const stops = [() => previews.stop(), () => host.close(), () => server.stop()];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const previewAddress = await addressOf(previews, options);
    stops.push(
      await rememberInstance(state, { origin: server.origin, secret: addressSecret, project: options.project }),
    );
    return { newAddress: server.newAddress, previewAddress, host: served, frames, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openHost(
  options: StudioOptions,
  previews: ProjectPreviews,
): Promise<{ readonly host: Host; readonly served: ServedHost }> {
  let analysis: AnalysisRoom | undefined;
  const call: Ask = async (name, request) => host.handlers[name](request);
  const host: Host = createHost({
    stateFolder: join(options.state, 'studio'),
    random: (count) => randomBytes(count),
    now: () => Date.now(),
    rooms: [
      (context) => {
        analysis = analysisRoom(context);
        return analysis;
      },
      (context) =>
        releaseRoom(context, {
          target: ({ folder }) => previews.targetOf(folder),
          ask: async (question) => must(analysis, 'the analysis is made first').ask(question),
          call,
          now: () => Date.now(),
          delay: (run, ms) => {
            const timer = setTimeout(run, ms);
            return () => clearTimeout(timer);
          },
        }),
      (context) => ({ ...languageRoom(context), close: async () => {} }),
      (context) =>
        livePageRoom(context, { ask: (question) => must(analysis, 'the analysis is made first').ask(question) }),
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

async function addressOf(previews: ProjectPreviews, { project, tell }: StudioOptions): Promise<string | undefined> {
  try {
    return (await previews.targetOf(project)).previewUrl;
  } catch (error) {
    // A port in use is about this machine; whatever else is wrong can be repaired in the studio.
    if (!(error instanceof Fault) || error.code === 'preview/port-in-use') throw error;
    tell(`There is no preview: ${error.message} (${error.code})`);
    return undefined;
  }
}

function logToErrors(message: string, error?: unknown): void {
  const particulars = error === undefined ? '' : ` ${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${message}${particulars}\n`);
}
