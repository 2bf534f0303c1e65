import type { Signer } from '@skerry/shared/bundle/verify';
import type { Model } from '@skerry/shared/metamodel/model';
import type { BuiltRelease } from '../publish/build-release.ts';

/** A release that a service has. */
export interface KnownRelease {
  readonly version: string;
  readonly model: Model;
}

export interface PreviewDeviceState {
  readonly name: string;
  readonly isOnline: boolean;
}

/** The sync service that publishes go to, and the preview that runs against it. The composition root gives one. */
export interface ReleaseTarget {
  readonly signer: Signer;
  /** Address of the page with the devices. */
  readonly previewUrl: string;
  /** What devices run now, previews of unpublished work included; null before the first release. */
  active(): Promise<KnownRelease | null>;
  /** The newest release that somebody published; null before the first. */
  published(): Promise<KnownRelease | null>;
  /** @throws Fault with the service's own code */
  send(release: BuiltRelease): Promise<{ readonly sentParts: number; readonly warnings: readonly string[] }>;
  devices(): readonly PreviewDeviceState[];
  /** @returns how to stop listening */
  onDevices(listener: () => void): () => void;
}
