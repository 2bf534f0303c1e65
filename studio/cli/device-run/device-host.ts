/** One device in a process of its own, so that killing it is a real kill. Takes commands from the process that forked it. */
import { createDevice } from '@skerry/runtime/engine/device';
import type { Device } from '@skerry/runtime/engine/device-face';
import { nodeClock, nodePorts } from '@skerry/runtime/platform/node/open-node-device';
import type { DeviceHostOptions, DeviceMethod, FromDeviceHost, ToDeviceHost } from './device-messages.ts';
import { type SwitchableTransport, switchableTransport } from './switchable-transport.ts';

let device: Device | null = null;
let network: SwitchableTransport | null = null;

process.on('message', (message: ToDeviceHost) => {
  switch (message.kind) {
    case 'open':
      return void open(message.options).then(
        () => tell({ kind: 'ready' }),
        (error: unknown) => tell({ kind: 'cannotOpen', message: messageOf(error) }),
      );
    case 'call':
      return void call(message.method, message.args).then(
        (value) => tell({ kind: 'answer', call: message.call, value }),
        (error: unknown) => tell({ kind: 'failed', call: message.call, message: messageOf(error) }),
      );
    case 'network':
      return network?.setOnline(message.online);
    case 'dieAt':
      return network?.dieAt(message.point);
    case 'close':
      return void close();
  }
});
// Whoever forked this is gone: so is its reason to live.
process.on('disconnect', () => process.exit(0));

async function open(options: DeviceHostOptions): Promise<void> {
  // The device's own steps decide when it synchronises, so that a scenario runs the same each time.
  const ports = nodePorts({ folder: options.folder, serviceUrl: options.serviceUrl, profile: options.profile });
  network = switchableTransport(ports.transport, options.online, () => process.kill(process.pid, 'SIGKILL'));
  const clock = { ...nodeClock, now: () => nodeClock.now() + options.clockOffsetMs };
  device = await createDevice(
    { ...ports, transport: network.transport, clock },
    { profile: options.profile, automatic: false },
  );
}

async function call(method: DeviceMethod, args: readonly unknown[]): Promise<unknown> {
  if (!device) throw new Error('The device is not open.');
  const run = device[method] as (...args: readonly unknown[]) => Promise<unknown>;
  return run.apply(device, [...args]);
}

async function close(): Promise<void> {
  await device?.close();
  process.exit(0);
}

function tell(message: FromDeviceHost): void {
  process.send?.(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
