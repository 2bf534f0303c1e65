import type { Ports } from '../platform/ports.ts';
import type { DeviceConfig } from './device-config.ts';
import type { Device } from './device-face.ts';
import { LocalDevice } from './local-device.ts';

export type { DeviceConfig } from './device-config.ts';

/**
 * Opens a device on its store. It answers at once with what the store holds; the bundle, and work to and from the
 * service, come and go in the background.
 */
export async function createDevice(ports: Ports, config: DeviceConfig): Promise<Device> {
  const device = new LocalDevice(ports, config);
  await device.open();
  return device;
}
