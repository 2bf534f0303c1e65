import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analysisRoom } from '@skerry/studio/host/analysis/room';
import { createHost, type Host } from '@skerry/studio/host/host';
import { languageRoom } from '@skerry/studio/host/language/room';
import { openSessions } from '@skerry/studio/server/sessions';
import { startWorkbenchServer } from '@skerry/studio/server/workbench-server';
import { build, resolveConfig } from 'vite';

export interface ServedForms {
  /** Opens one window, once. */
  newAddress(): string;
  readonly project: string;
  readonly host: Host;
  stop(): Promise<void>;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page of forms over a real host that has a copy of the sample open. */
export async function serveForms(): Promise<ServedForms> {
  const configFile = here('vite.config.ts');
  const { build: options } = await resolveConfig({ configFile }, 'build');
  await build({ configFile, logLevel: 'warn' });
  const folder = await mkdtemp(join(tmpdir(), 'skerry-forms-'));
  const project = join(folder, 'sample');
  await cp(here('../../../fixtures/apps/field-inspections'), project, { recursive: true });
  const host = createHost({
    stateFolder: join(folder, 'state'),
    random: (count) => randomBytes(count),
    now: () => Date.now(),
    rooms: [(context) => analysisRoom(context), (context) => ({ ...languageRoom(context), close: async () => {} })],
  });
  await host.open(project);
  const server = await startWorkbenchServer({
    port: 0,
    pageFolder: options.outDir,
    frames: [],
    host: { handlers: host.handlers, onNotify: (listener) => host.onNotify(listener), welcome: () => {} },
    sessions: await openSessions(join(folder, 'sessions.json'), randomBytes),
    addressSecret: randomBytes(16).toString('hex'),
    log: (message) => {
      throw new Error(String(message));
    },
  });
  return {
    newAddress: server.newAddress,
    project,
    host,
    async stop() {
      await server.stop();
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
