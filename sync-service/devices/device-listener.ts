import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { operationalFault } from '@skerry/shared/base/fault';
import express, { type Express } from 'express';
import { runtimeFiles } from './runtime-files.ts';

export interface DeviceListenerOptions {
  /** 0 takes a free one, which the listener then keeps. */
  readonly port: number;
  /** The web runtime's build. */
  readonly staticFolder: string;
  /** Answered at /device-config.json. */
  readonly deviceConfig: object;
}

/** A preview device's own origin: its files and the service under one loopback port. */
export interface DeviceListener {
  readonly url: string;
  readonly port: number;
  /** Offline closes the listener and destroys its sockets, so that page, worker and service worker lose the network alike. */
  setOffline(isOffline: boolean): Promise<void>;
  close(): Promise<void>;
}

/** @throws Fault `service/port-in-use` */
export async function openDeviceListener(
  api: Express,
  host: string,
  options: DeviceListenerOptions,
): Promise<DeviceListener> {
  const app = express();
  app.disable('x-powered-by');
  app.use(runtimeFiles(options.staticFolder, options.deviceConfig));
  app.use(api);
  let open = await listen(app, host, options.port);
  const { port } = open;
  let inTurn: Promise<void> = Promise.resolve();
  const next = (work: () => Promise<void>) => {
    inTurn = inTurn.catch(() => undefined).then(work);
    return inTurn;
  };
  return {
    url: `http://${host}:${port}`,
    port,
    setOffline: (isOffline) =>
      next(async () => {
        if (isOffline) await open.close();
        else if (!open.isOpen()) open = await listen(app, host, port);
      }),
    close: () => next(() => open.close()),
  };
}

export interface Listening {
  readonly port: number;
  isOpen(): boolean;
  /** Stops listening and destroys every socket. */
  close(): Promise<void>;
}

export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  const server = createServer(app);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await started(server, host, port);
  let isOpen = true;
  return {
    port: (server.address() as AddressInfo).port,
    isOpen: () => isOpen,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      const message = inUse
        ? `Port ${port} is in use. Stop what uses it, or choose another port.`
        : `Port ${port} cannot be opened: ${error.message}.`;
      reject(operationalFault(inUse ? 'service/port-in-use' : 'service/port-refused', message, { port }));
    });
    server.listen(port, host, resolve);
  });
}
