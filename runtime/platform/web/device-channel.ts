import type { Device, DeviceEvent } from '../../engine/device-face.ts';

type Method = Exclude<keyof Device, 'subscribe'>;
type ToEngine = {
  readonly kind: 'call';
  readonly call: number;
  readonly method: Method;
  readonly args: readonly unknown[];
};
type FromEngine =
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly call: number; readonly message: string }
  | { readonly kind: 'event'; readonly event: DeviceEvent };

/** What both ends need of a MessagePort. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent) => unknown) | null;
}

/** Answers calls that arrive on `port` with `device`, and forwards its events, until the returned function is called. */
export function serveDevice(device: Device, port: Port): () => void {
  const send = (message: FromEngine) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<ToEngine>) => {
    if (data.kind !== 'call') return;
    const method = device[data.method] as (...args: readonly unknown[]) => Promise<unknown>;
    Promise.resolve()
      .then(() => method.apply(device, [...data.args]))
      .then(
        (value) => send({ kind: 'answer', call: data.call, value }),
        (error: unknown) =>
          send({ kind: 'failed', call: data.call, message: error instanceof Error ? error.message : String(error) }),
      );
  };
  return device.subscribe((event) => send({ kind: 'event', event }));
}

/** The device at the other end of `port`. A call whose engine goes away rejects with `engine-moved`. */
export function deviceOver(port: Port): { readonly device: Device; disconnect(): void } {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Set<(event: DeviceEvent) => void>();
  let calls = 0;
  port.onmessage = ({ data }: MessageEvent<FromEngine>) => {
    if (data.kind === 'event') {
      for (const listener of [...listeners]) listener(data.event);
      return;
    }
    const call = waiting.get(data.call);
    waiting.delete(data.call);
    if (data.kind === 'answer') call?.resolve(data.value);
    else call?.reject(new Error(data.message));
  };
  const subscribe: Device['subscribe'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const device = new Proxy({} as Device, {
    get(_, method) {
      if (method === 'subscribe') return subscribe;
      // A promise-like proxy would be called by `await`.
      if (typeof method !== 'string' || method === 'then') return undefined;
      return (...args: readonly unknown[]) =>
        new Promise((resolve, reject) => {
          const call = ++calls;
          waiting.set(call, { resolve, reject });
          port.postMessage({ kind: 'call', call, method: method as Method, args } satisfies ToEngine);
        });
    },
  });
  return {
    device,
    disconnect() {
      for (const { reject } of waiting.values()) reject(new Error('engine-moved'));
      waiting.clear();
    },
  };
}
