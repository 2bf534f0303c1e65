import { createHash } from 'node:crypto';
import type { TrustedKey } from '@skerry/shared/bundle/manifest';
import { publicKeyOf, type Signer } from '@skerry/shared/bundle/verify';
import type { ServiceConfig } from '../base/config.ts';
import { installationSecret } from '../base/secrets.ts';

/** In development the service has a signer of its own, made at the first start. */
export interface PublisherKeys {
  readonly trusted: readonly TrustedKey[];
  readonly developmentSigner: Signer | null;
}

export function publisherKeys(config: ServiceConfig): PublisherKeys {
  if (config.mode === 'production') return { trusted: config.publisherKeys, developmentSigner: null };
  const signer = signerOf(installationSecret(config.dataFolder, 'development-key'), 'development');
  return {
    trusted: [...config.publisherKeys, { keyId: signer.keyId, publicKey: publicKeyOf(signer.secretKey) }],
    developmentSigner: signer,
  };
}

/** A signer from its secret key: its id follows from the public one. */
export function signerOf(secretKey: Uint8Array, name: string): Signer {
  const keyId = createHash('sha256').update(publicKeyOf(secretKey)).digest('hex').slice(0, 16);
  return { keyId, name, secretKey };
}
