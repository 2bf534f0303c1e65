import { join } from 'node:path';
import type { Service } from '@skerry/sync-service/app';
import type { DeviceListener } from '@skerry/sync-service/devices/device-listener';
import express, { type Express } from 'express';
import type { PreviewState } from '../preview/preview-state.ts';

export interface PreviewListener {
  readonly id: string;
  readonly name: string;
  readonly listener: DeviceListener;
  offline: boolean;
}

export interface PreviewParts {
  /** A device's network was cut or came back. */
  readonly onOffline?: () => void;
  readonly service: Service;
  readonly serviceUrl: string;
  readonly devices: readonly PreviewListener[];
  readonly profile: string;
  /** The preview page's build. */
  readonly pageFolder: string;
  /** Origins of the workbench, which shows the page in a frame; in words of a content security policy. */
  readonly framedBy: string;
}

const policy = (framedBy: string) =>
  `default-src 'self'; style-src 'self' 'unsafe-inline'; frame-src http://127.0.0.1:*; frame-ancestors ${framedBy}; base-uri 'none'; form-action 'none'`;

/** The preview page and what it asks: for this machine's eyes, on a loopback port. */
export function previewApp(parts: PreviewParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((request, answer, next) => {
    answer.setHeader('content-security-policy', policy(parts.framedBy));
    answer.setHeader('x-content-type-options', 'nosniff');
    // Another site's page must not be able to cut a device's network by posting here.
    const { origin, host } = request.headers;
    if (request.method !== 'GET' && origin !== undefined && origin !== `http://${host}`) {
      answer
        .status(403)
        .json({ error: { code: 'preview/foreign-origin', message: 'Only the preview page itself may do this.' } });
      return;
    }
    next();
  });
  app.get('/api/preview/state', async (_request, answer) => {
    answer.json(await stateOf(parts));
  });
  app.post('/api/preview/devices/:id/offline', express.json(), async (request, answer) => {
    const device = parts.devices.find(({ id }) => id === request.params.id);
    const offline: unknown = (request.body as { offline?: unknown } | undefined)?.offline;
    if (!device || typeof offline !== 'boolean') {
      answer.status(400).json({
        error: {
          code: 'preview/bad-request',
          message: 'Name a device of the preview and say {"offline": true} or {"offline": false}.',
        },
      });
      return;
    }
    await device.listener.setOffline(offline);
    device.offline = offline;
    parts.onOffline?.();
    answer.json({ offline });
  });
  app.use(express.static(parts.pageFolder, { index: 'index.html' }));
  app.get('/', (_request, answer) => answer.sendFile(join(parts.pageFolder, 'index.html')));
  return app;
}

async function stateOf({ service, serviceUrl, devices, profile }: PreviewParts): Promise<PreviewState> {
  const { model } = service.releases.active();
  const hello = (await (await fetch(`${serviceUrl}/api/hello`)).json()) as {
    readonly demoUsers: PreviewState['demoUsers'];
  };
  return {
    app: { name: model.app.name, version: model.app.version, profile },
    service: { url: serviceUrl, database: service.config.dataFolder },
    devices: devices.map(({ id, name, listener, offline }) => ({ id, name, url: `${listener.url}/`, offline })),
    demoUsers: hello.demoUsers,
  };
}
