import type { Device } from '@skerry/runtime/engine/device-face';
import { operationalFault } from '@skerry/shared/base/fault';
import { type Child, type Ending, forkChild } from './child.ts';
import type { DeviceHostOptions, DeviceMethod, FatalPoint, FromDeviceHost, ToDeviceHost } from './device-messages.ts';

/** The calls of a device, answered by another process. */
export type RemoteDevice = Pick<Device, DeviceMethod>;

/** A device in a process of its own. Calls in flight reject with `scenario/device-died` when the process ends. */
export interface DeviceProcess {
  readonly device: RemoteDevice;
  setOnline(online: boolean): void;
  dieAt(point: FatalPoint): void;
  readonly ended: Promise<Ending>;
  /** SIGKILL. */
  kill(): Promise<Ending>;
  /** Closes the store, then the process. */
  close(): Promise<void>;
}

/** Longer than any store takes to close; a process that hangs is not waited for. */
const CLOSE_MS = 10_000;

export async function startDevice(options: DeviceHostOptions, zone: string | undefined): Promise<DeviceProcess> {
  const child: Child<ToDeviceHost, FromDeviceHost> = forkChild(
    './device-host.ts',
    zone === undefined ? {} : { TZ: zone },
  );
  const opened = child.awaited((message) =>
    message.kind === 'ready' || message.kind === 'cannotOpen' ? message : undefined,
  );
  child.send({ kind: 'open', options });
  const answer = await opened;
  if (answer.kind === 'cannotOpen') {
    await child.kill();
    throw operationalFault(
      'scenario/device-cannot-open',
      `The device in ${options.folder} cannot be opened: ${answer.message}`,
    );
  }
  return {
    device: remoteDevice(child),
    setOnline: (online) => child.send({ kind: 'network', online }),
    dieAt: (point) => child.send({ kind: 'dieAt', point }),
    ended: child.ended,
    kill: child.kill,
    async close() {
      child.send({ kind: 'close' });
      const timer = setTimeout(() => void child.kill(), CLOSE_MS);
      await child.ended;
      clearTimeout(timer);
    },
  };
}

function remoteDevice(child: Child<ToDeviceHost, FromDeviceHost>): RemoteDevice {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let calls = 0;
  let died = false;
  const gone = () => operationalFault('scenario/device-died', 'The device is down.');
  child.onMessage((message) => {
    if (message.kind !== 'answer' && message.kind !== 'failed') return;
    const call = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.kind === 'answer') call?.resolve(message.value);
    else call?.reject(new Error(message.message));
  });
  void child.ended.then(() => {
    died = true;
    for (const { reject } of waiting.values()) reject(gone());
    waiting.clear();
  });
  return new Proxy({} as RemoteDevice, {
    get(_, method) {
      // A proxy that has `then` would be called by `await`.
      if (typeof method !== 'string' || method === 'then') return undefined;
      return (...args: readonly unknown[]) =>
        new Promise((resolve, reject) => {
          if (died) return reject(gone());
          const call = ++calls;
          waiting.set(call, { resolve, reject });
          child.send({ kind: 'call', call, method: method as DeviceMethod, args });
        });
    },
  });
}
