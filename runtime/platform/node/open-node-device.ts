import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDevice } from '../../engine/device.ts';
import type { Device } from '../../engine/device-face.ts';
import { intlLocale } from '../intl-locale.ts';
import type { Clock, Log, Ports, Transport } from '../ports.ts';
import { folderSqlOpener } from './better-sqlite-driver.ts';
import { fetchTransport } from './fetch-transport.ts';
import { folderFileStore } from './folder-file-store.ts';

export interface NodeDeviceOptions {
  /** Where the store and the bodies stand; made if it is not there. */
  readonly folder: string;
  /** Origin of the service, without a path. */
  readonly serviceUrl: string;
  /** Name of the navigation profile. */
  readonly profile: string;
  /** Whether it synchronises by itself; absent: yes. */
  readonly automatic?: boolean;
  /** BCP 47 tag; absent: English. */
  readonly language?: string;
  readonly log?: Log;
  /** Absent: HTTP to `serviceUrl`. */
  readonly transport?: Transport;
}

/** Longer delays overflow Node's timer and would fire at once. */
const LONGEST_TIMER_MS = 0x7fffffff;

export const nodeClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
    // A device that only waits does not keep its process alive.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export function nodePorts(options: NodeDeviceOptions): Ports {
  mkdirSync(options.folder, { recursive: true });
  return {
    sql: folderSqlOpener(options.folder),
    transport: options.transport ?? fetchTransport(options.serviceUrl),
    files: folderFileStore(join(options.folder, 'files')),
    clock: nodeClock,
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
    locale: intlLocale(options.language ?? 'en'),
    connectivity: { onHint: () => () => {} },
    log: options.log ?? { write: () => {} },
    platform: 'node',
    digest: async (body) => createHash('sha256').update(body).digest('hex'),
  };
}

/** A device without a screen: its store in a folder, its service at an address. */
export function openNodeDevice(options: NodeDeviceOptions): Promise<Device> {
  const automatic = options.automatic ?? true;
  return createDevice(nodePorts(options), { profile: options.profile, automatic });
}
