/** What the service tells a device about itself: GET /device-config.json. */
export interface DeviceConfig {
  /** Name of the navigation profile the device runs. */
  readonly profile: string;
  /** For people: 'Phone A'. */
  readonly name: string;
}
