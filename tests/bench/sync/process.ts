import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

/** A child process of the bench. `profileFolder`: where it leaves a CPU profile. */
export function start(module: 'server' | 'client', profileFolder: string | undefined): ChildProcess {
  const profile = profileFolder
    ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, `--cpu-prof-name=${module}.cpuprofile`]
    : [];
  return fork(join(import.meta.dirname, `${module}.ts`), [], { execArgv: profile, serialization: 'advanced' });
}

/** Sends a message and waits for the answer; throws what the child could not do. */
export async function ask<T>(child: ChildProcess, message: object): Promise<T> {
  const answered = once(child, 'message');
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`A process of the bench ended early (${signal ?? code}).`);
  });
  child.send(message);
  const [answer] = (await Promise.race([answered, ended])) as [T & { error?: string }];
  ended.catch(() => {});
  if (answer.error) throw new Error(answer.error);
  return answer;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Peak resident memory in MB; null where /proc does not tell. */
export function peakMegabytes(child: ChildProcess): number | null {
  const path = `/proc/${child.pid}/status`;
  if (!existsSync(path)) return null;
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

export function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** A TCP proxy before the service that counts what crosses the wire. */
export interface CountingProxy {
  readonly url: string;
  /** Towards the device, and from it, since the last call. */
  take(): { readonly down: number; readonly up: number };
  close(): void;
}

export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  let down = 0;
  let up = 0;
  const server: Server = createServer((device) => {
    const service = connect(Number(port), hostname);
    device.on('data', (data) => {
      up += data.length;
    });
    service.on('data', (data) => {
      down += data.length;
    });
    device.pipe(service).pipe(device);
    device.on('error', () => service.destroy());
    service.on('error', () => device.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    take() {
      const counted = { down, up };
      down = 0;
      up = 0;
      return counted;
    },
    close: () => void server.close(),
  };
}
