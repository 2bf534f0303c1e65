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

/**
 * Starts the engine's worker and tells what becomes of it. One tab per origin owns the store; the worker holds the Web
 * Lock, because the lock must live exactly as long as the open database.
 */
export function startEngine(config: DeviceConfig, onState: (state: EngineState) => void): void {
  onState({ kind: 'starting' });
  void begin(false);

  async function begin(takeOver: boolean) {
    // First of all: it loads while the browser is asked.
    const worker = new Worker(new URL('./worker/engine-worker.ts', import.meta.url), {
      type: 'module',
      name: 'engine',
    });
    // Asked before the first write: what is stored later is safe from the browser's own clearing, or the status says so.
    const persistent = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
    const { port1, port2 } = new MessageChannel();
    const { device, disconnect } = deviceOver(port1);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'ready') {
        onState({ kind: 'running', device });
        return;
      }
      worker.terminate();
      disconnect();
      if (data.kind === 'failed') onState({ kind: 'failed', message: data.message });
      else onState({ kind: 'occupied', takeOver: () => void begin(true) });
    };
    worker.onerror = (event) =>
      onState({ kind: 'failed', message: event.message || 'The engine could not be loaded.' });
    worker.postMessage(
      { kind: 'start', config, origin: location.origin, takeOver, persistent, port: port2 } satisfies ToWorker,
      [port2],
    );
  }
}
