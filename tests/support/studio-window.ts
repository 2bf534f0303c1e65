import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must } from '@skerry/shared/base/invariant';
import { type AnalysisRoom, analysisRoom } from '../../studio/host/analysis/room.ts';
import { createHost } from '../../studio/host/host.ts';
import { livePageRoom } from '../../studio/host/live-page/room.ts';
import { openSessions } from '../../studio/server/sessions.ts';
import { startWorkbenchServer } from '../../studio/server/workbench-server.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = join(ROOT, 'fixtures/apps/field-inspections');

export interface StudioForTests {
  /** Opens one window, once. */
  newAddress(): string;
  /** The project's folder, a copy of the sample. */
  readonly project: string;
  stop(): Promise<void>;
}

/** The workbench before a real host and a copy of the sample; without a sync service. `pageFolder`: the page's build. */
export async function startStudioForTests(pageFolder: string, isProjectOpen = true): Promise<StudioForTests> {
  const folder = await mkdtemp(join(tmpdir(), 'skerry-studio-'));
  const project = join(folder, 'home', 'field-inspections');
  await cp(SAMPLE, project, { recursive: true });
  let analysis: AnalysisRoom | undefined;
  const host = createHost({
    stateFolder: join(folder, 'state'),
    homeFolder: join(folder, 'home'),
    random: (count) => randomBytes(count),
    now: () => Date.now(),
    templates: [
      {
        id: 'field-inspections',
        title: 'Field Inspections',
        description: 'Sites, visits and findings.',
        folder: SAMPLE,
      },
    ],
    rooms: [
      (context) => {
        analysis = analysisRoom(context);
        return analysis;
      },
      (context) =>
        livePageRoom(context, { ask: (question) => must(analysis, 'the analysis is made first').ask(question) }),
    ],
  });
  if (isProjectOpen) await host.open(project);
  const server = await startWorkbenchServer({
    port: 0,
    pageFolder,
    liveFolder: join(ROOT, 'runtime/dist/live'),
    // The frame for live pages is the server's own.
    frames: ['http://127.0.0.1:*'],
    addressSecret: randomBytes(16).toString('base64url'),
    sessions: await openSessions(join(folder, 'sessions.json'), randomBytes),
    log: (message, error) => console.error(message, error),
    host: {
      handlers: host.handlers,
      onNotify: (listener) => host.onNotify(listener),
      welcome(notify) {
        const problems = analysis?.problems();
        if (problems) notify('analysis/problems', problems);
      },
    },
  });
  return {
    newAddress: server.newAddress,
    project,
    async stop() {
      await server.stop();
      await host.close();
      await rm(folder, { recursive: true });
    },
  };
}
