import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openProject } from '../host/project/open-project.ts';
import type { ReleaseTarget } from '../host/release/release-target.ts';
import { demoDataOfToday } from './demo-data-of-today.ts';
import { DEVICES, type Preview, startPreview } from './preview.ts';
import { rememberedPorts } from './remembered-ports.ts';
import { serviceTarget } from './service-target.ts';

export interface ProjectPreviewsOptions {
  /** The checkout. */
  readonly root: string;
  /** State folder of the studio. */
  readonly state: string;
  /** The user's copy of the sample: its service stands in the state folder itself, with visits on the day of its first start. */
  readonly own: string;
  /** Origin of the workbench. */
  readonly framedBy: string;
  readonly tell: (line: string) => void;
}

/** A sync service and devices for the project that is open; each project has a database and ports of its own. */
export interface ProjectPreviews {
  /** Starts the project's, after the one before has ended. Rejects with a Fault that says why there is none. */
  targetOf(folder: string): Promise<ReleaseTarget>;
  stop(): Promise<void>;
}

const PURPOSES = ['preview', 'service', ...DEVICES.map(({ id }) => `device-${id}`)];

export function projectPreviews(options: ProjectPreviewsOptions): ProjectPreviews {
  let current: { readonly folder: string; readonly preview: Promise<Preview> } | undefined;
  const end = async () => {
    const ending = current;
    current = undefined;
    await ending?.preview.then(
      (preview) => preview.stop(),
      () => undefined,
    );
  };
  return {
    async targetOf(folder) {
      if (current?.folder !== folder) {
        const before = end();
        current = { folder, preview: before.then(() => start(options, folder)) };
      }
      const { service, address, devices, onDevices } = await current.preview;
      return serviceTarget({ service, previewUrl: address, devices, onDevices });
    },
    stop: end,
  };
}

async function start(options: ProjectPreviewsOptions, folder: string): Promise<Preview> {
  const { root, own, framedBy, tell } = options;
  const state = stateOf(options, folder);
  await mkdir(state, { recursive: true });
  const ports = await rememberedPorts(state, PURPOSES);
  const project = await openProject(folder);
  const demoData = folder === own ? await demoDataOfToday(root, state) : join(folder, 'data');
  return startPreview({ root, dataFolder: join(state, 'service'), ports, project, demoData, framedBy, tell });
}

function stateOf({ state, own }: ProjectPreviewsOptions, folder: string): string {
  if (folder === own) return state;
  return join(state, 'projects', createHash('sha256').update(folder).digest('hex').slice(0, 16));
}
