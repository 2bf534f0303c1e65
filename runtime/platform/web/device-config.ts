/** What the service tells a device about itself: GET /device-config.json. */
export interface DeviceConfig {
  /** Name of the navigation profile the device runs. */
  readonly profile: string;
  /** For people: 'Phone A'. */
  readonly name: string;
}

const UNREACHABLE =
  'The service does not answer, and this device has not started before. Connect once, then it starts without a network.';

/** Rejects with a sentence for people. */
export async function readDeviceConfig(): Promise<DeviceConfig> {
  const answer = await fetch('/device-config.json').catch(() => null);
  const config: unknown = answer?.ok ? await answer.json().catch(() => null) : null;
  if (!isDeviceConfig(config)) throw new Error(UNREACHABLE);
  return config;
}

function isDeviceConfig(value: unknown): value is DeviceConfig {
  return (
    typeof value === 'object' &&
    value !== null &&
    'profile' in value &&
    typeof value.profile === 'string' &&
    'name' in value &&
    typeof value.name === 'string'
  );
}
