import type { Device, DeviceStatus } from '../../engine/device-face.ts';

/** Tells the page that frames this one (the preview) how the device is. Says nothing of its data. */
export function tellFrame(device: Device): (() => void) | undefined {
  if (window.parent === window) return undefined;
  const tell = (status: DeviceStatus) =>
    window.parent.postMessage(
      {
        skerry: 'status',
        user: status.user?.name ?? null,
        online: status.online,
        syncing: status.sync.kind === 'running',
        pending: status.pending,
        inbox: status.inbox,
        bundleVersion: status.bundleVersion,
        lastSyncMs: status.lastSyncMs,
        storage: status.storage,
      },
      '*',
    );
  void device.status().then(tell);
  return device.subscribe((event) => {
    if (event.kind === 'status') tell(event.status);
  });
}
