import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { userFault } from '@skerry/shared/base/fault';
import { createService, type Service } from '@skerry/sync-service/app';
import type { OpenProject } from '../host/project/open-project.ts';
import { publishFirst } from './first-release.ts';
import { type PreviewListener, previewApp } from './preview-app.ts';
import type { rememberedPorts } from './remembered-ports.ts';

export const DEVICES = [
  { id: 'a', name: 'Phone A' },
  { id: 'b', name: 'Phone B' },
] as const;

export interface PreviewOptions {
  /** The checkout. */
  readonly root: string;
  /** Folder of the service's database and keys. */
  readonly dataFolder: string;
  /** By purpose: `service`, `preview`, and `device-<id>` of each device. */
  readonly ports: Awaited<ReturnType<typeof rememberedPorts>>;
  readonly project: OpenProject;
  /** Demo data for the first release. */
  readonly demoData: string;
  /** Origins of the workbench, in words of a content security policy. */
  readonly framedBy: string;
  readonly tell: (line: string) => void;
}

export interface Preview {
  readonly address: string;
  readonly service: Service;
  readonly devices: readonly PreviewListener[];
  /** Called when a device's network is cut or comes back. @returns how to stop listening */
  onDevices(listener: () => void): () => void;
  stop(): Promise<void>;
}

/** A sync service with the project's release, and a page with devices that run it. */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const { root, ports, project, tell } = options;
  const profile = offlineProfile(project);
  const service = await createService({
    config: { mode: 'development', dataFolder: options.dataFolder, port: ports.service, logLevel: 'warn' },
  });
  try {
    tell(await publishFirst(service, project, options.demoData));
    const { url: serviceUrl } = await service.start();
    const devices: PreviewListener[] = [];
    for (const { id, name } of DEVICES) {
      const listener = await service.openDeviceListener({
        port: ports[`device-${id}`] as number,
        staticFolder: join(root, 'runtime/dist/web'),
        deviceConfig: { profile, name: `${name} · ${project.model.app.name}` },
      });
      devices.push({ id, name, listener, offline: false });
    }
    const pageFolder = join(root, 'studio/dist/preview');
    const { framedBy } = options;
    const listeners = new Set<() => void>();
    const onOffline = () => {
      for (const listener of listeners) listener();
    };
    const server = createServer(previewApp({ service, serviceUrl, devices, profile, pageFolder, framedBy, onOffline }));
    await once(server.listen(ports.preview, '127.0.0.1'), 'listening');
    return {
      address: `http://127.0.0.1:${ports.preview}/`,
      service,
      devices,
      onDevices(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      async stop() {
        server.close();
        server.closeAllConnections();
        await service.stop();
      },
    };
  } catch (error) {
    // What listens already would keep the process, half started, for ever.
    await service.stop();
    throw error;
  }
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
