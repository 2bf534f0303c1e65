import type { BundleContent } from '@skerry/shared/bundle/content';
import type { BundleManifest } from '@skerry/shared/bundle/manifest';
import { openBundle } from '@skerry/shared/bundle/open';
import type { Session } from '@skerry/shared/expression/session';
import { useEffect, useState } from 'react';
import type { Device, DeviceStatus } from '../../engine/device-face.ts';

export interface Running {
  readonly content: BundleContent;
  readonly session: Session;
  readonly language: string;
}

/** The device's status, from now on. */
export function useStatus(device: Device): DeviceStatus | null {
  const [status, setStatus] = useState<DeviceStatus | null>(null);
  useEffect(() => {
    let left = false;
    void device.status().then((first) => {
      if (!left) setStatus((known) => known ?? first);
    });
    const stop = device.subscribe((event) => {
      if (event.kind === 'status') setStatus(event.status);
    });
    return () => {
      left = true;
      stop();
    };
  }, [device]);
  return status;
}

/** Bundle and session as they stand; opened anew when either changes. `now` moves on each minute. */
export function useRunning(
  device: Device,
  status: DeviceStatus | null,
): { readonly running: Running | null; readonly trouble: string | null } {
  const [running, setRunning] = useState<Running | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const version = status?.bundleVersion ?? null;
  const user = status?.user?.id ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another version or user is why it opens again
  useEffect(() => {
    let left = false;
    void open(device).then(
      (opened) => {
        if (!left) setRunning(opened);
      },
      (error: unknown) => {
        if (!left) setTrouble(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      left = true;
    };
  }, [device, version, user]);
  return { running, trouble };
}

async function open(device: Device): Promise<Running | null> {
  const files = await device.bundle();
  if (!files) return null;
  const session = await device.session();
  const opened = openBundle(JSON.parse(files.manifest) as BundleManifest, files.parts);
  if (!opened.ok) throw opened.error;
  const content = opened.value;
  const wanted = session.locale.split('-')[0] ?? 'en';
  const known = content.model.app.languages.map(({ tag }) => tag);
  const language = known.includes(session.locale)
    ? session.locale
    : (known.find((tag) => tag.split('-')[0] === wanted) ?? content.model.app.defaultLanguage);
  return { content, session, language };
}
