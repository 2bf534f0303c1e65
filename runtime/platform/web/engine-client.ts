import type { Device } from '../../engine/device-face.ts';
import { deviceOver } from './device-channel.ts';
import type { DeviceConfig } from './device-config.ts';
import type { FromWorker, ToWorker } from './engine-messages.ts';

export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly device: Device }
  /** Another tab runs the engine; `takeOver` makes it ours. */
  | { readonly kind: 'occupied'; takeOver(): void }
  | { readonly kind: 'failed'; readonly message: string };

/** What has become of this page's engine, for whoever draws it. */
export interface EngineWatch {
  state(): EngineState;
  subscribe(listener: () => void): () => void;
}

/**
 * Starts the engine's worker and tells what becomes of it. One tab per origin owns the store; the worker holds the Web
 * Lock, because the lock must live exactly as long as the open database.
 *
 * @param config may still be on its way: the worker loads meanwhile
 */
export function startEngine(config: DeviceConfig | Promise<DeviceConfig>): EngineWatch {
  const listeners = new Set<() => void>();
  let state: EngineState = { kind: 'starting' };
  const become = (next: EngineState) => {
    state = next;
    for (const listener of [...listeners]) listener();
  };
  void begin(false);
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  async function begin(takeOver: boolean) {
    become({ kind: 'starting' });
    const worker = new Worker(new URL('./worker/engine-worker.ts', import.meta.url), {
      type: 'module',
      name: 'engine',
    });
    const { port1, port2 } = new MessageChannel();
    const { device, disconnect } = deviceOver(port1);
    const end = () => {
      worker.terminate();
      disconnect();
    };
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'ready') {
        become({ kind: 'running', device });
        return;
      }
      end();
      if (data.kind === 'failed') become({ kind: 'failed', message: data.message });
      else become({ kind: 'occupied', takeOver: () => void begin(true) });
    };
    worker.onerror = (event) => become({ kind: 'failed', message: event.message || 'The engine could not be loaded.' });
    try {
      // Persistence is asked for before the first write: what is stored later is safe from the browser's own clearing,
      // or the status says so.
      const [known, persistent] = await Promise.all([config, askForPersistence()]);
      const start = {
        kind: 'start',
        config: known,
        origin: location.origin,
        takeOver,
        persistent,
        port: port2,
      } as const;
      worker.postMessage(start satisfies ToWorker, [port2]);
    } catch (error) {
      end();
      become({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function askForPersistence(): Promise<boolean> {
  return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}
