import { sha256Hex } from '@skerry/shared/base/hash';
import type { LiveContent } from '@skerry/studio/bridge/live-content';
import { createDevice } from '../../engine/device.ts';
import type { Device, PlainValue } from '../../engine/device-face.ts';
import { memoryFileStore } from '../memory/memory-ports.ts';
import type { Clock, Locale, Ports, SqlOpener } from '../ports.ts';
import { SampleService } from './sample-service.ts';

/** What the frame has of the world. */
export interface LivePorts {
  readonly sql: () => SqlOpener;
  readonly clock: Clock;
  readonly locale: Locale;
  readonly randomBytes: (count: number) => Uint8Array;
}

export interface LiveDevice {
  readonly device: Device;
  readonly content: LiveContent;
  /**
   * Goes on with another version of the page, its rows and what the user has done kept.
   * @returns false when it must begin anew: another role or profile, or somebody is in the middle of an edit
   */
  update(content: LiveContent): Promise<boolean>;
  close(): Promise<void>;
}

/** A real device on a store in memory, signed in and filled with the sample's rows. */
export async function startLiveDevice(first: LiveContent, ports: LivePorts): Promise<LiveDevice> {
  const service = new SampleService(first, () => ports.clock.now());
  const device = await createDevice(devicePorts(ports, service), { profile: first.profile });
  const signedIn = await device.signIn(first.user.name, '');
  if (!signedIn.ok) throw new Error(signedIn.error.message);
  await filled(device);
  let content = first;
  return {
    device,
    get content() {
      return content;
    },
    async update(next) {
      if (next.role !== content.role || next.profile !== content.profile || next.user.id !== content.user.id)
        return false;
      if (next.manifest === content.manifest) return true;
      service.publish(next);
      const outcome = await device.checkForUpdate();
      if (!outcome.ok || !outcome.value.updated) return false;
      if (differs(next, content)) await filled(device);
      content = next;
      return true;
    },
    close: () => device.close(),
  };
}

/** A page's arguments; objects that are not in the sample are made. */
export async function liveArguments(
  device: Device,
  given: LiveContent['arguments'],
): Promise<{ readonly [parameter: string]: PlainValue }> {
  const made: { [parameter: string]: PlainValue } = {};
  for (const [name, argument] of Object.entries(given)) {
    if (argument.kind === 'new') {
      const { id, entity } = await device.create(argument.entity);
      made[name] = { kind: 'object', entity, id };
    } else made[name] = argument;
  }
  return made;
}

async function filled(device: Device): Promise<void> {
  const { failure } = await device.synchronize();
  if (failure) throw new Error(failure.message);
}

function differs(a: LiveContent, b: LiveContent): boolean {
  return JSON.stringify([a.rows, a.rights]) !== JSON.stringify([b.rows, b.rights]);
}

function devicePorts({ sql, clock, locale, randomBytes }: LivePorts, service: SampleService): Ports {
  return {
    sql: sql(),
    transport: { request: service.handle, stream: () => ({ close: () => {} }) },
    files: memoryFileStore(),
    clock,
    random: { bytes: randomBytes },
    locale,
    connectivity: { onHint: () => () => {} },
    log: { write: () => {} },
    platform: 'live',
    digest: async (body) => sha256Hex(body),
  };
}
