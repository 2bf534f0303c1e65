import { userFault } from '@skerry/shared/base/fault';
import type { Service } from '@skerry/sync-service/app';
import type { ReleaseTarget } from '../host/release/release-target.ts';
import { isPreview } from '../host/release/versions.ts';
import type { PreviewListener } from './preview-app.ts';

export interface ServiceTargetParts {
  readonly service: Service;
  readonly previewUrl: string;
  readonly devices: readonly PreviewListener[];
  /** @returns how to stop listening */
  readonly onDevices: (listener: () => void) => () => void;
}

/** The embedded service as what the host publishes to: in this process, without HTTP. */
export function serviceTarget({ service, previewUrl, devices, onDevices }: ServiceTargetParts): ReleaseTarget {
  const signer = service.developmentSigner;
  if (!signer) throw userFault('publish/no-signer', 'This service is not for development: it has no key to sign with.');
  return {
    signer,
    previewUrl,
    async active() {
      if (!service.releases.hasActive()) return null;
      const { version, model } = service.releases.active();
      return { version, model };
    },
    published: () => service.releases.newest((version) => !isPreview(version)),
    async send({ request, parts }) {
      const before = [...parts].filter(([hash]) => !service.parts.has(hash));
      for (const [hash, bytes] of before) await service.parts.write(hash, bytes);
      const { warnings = [] } = await service.releases.publish(request);
      return { sentParts: before.length, warnings: warnings.map(({ message }) => message) };
    },
    devices: () => devices.map(({ name, offline }) => ({ name, isOnline: !offline })),
    onDevices,
  };
}
