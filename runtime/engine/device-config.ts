export interface DeviceConfig {
  /** Name of the navigation profile this device runs. */
  readonly profile: string;
  /** Name of the store's file. */
  readonly storeName?: string;
  /** Whether synchronisation starts by itself; absent: yes. Tests and simulators step it by asking. */
  readonly automatic?: boolean;
}
