import type { ElementId } from '../base/ids.ts';
import { elementId, z } from '../metamodel/schema.ts';

/** Shape of bundles. A runtime reads its own format; a newer one raises `minimumRuntime` too. */
export const BUNDLE_FORMAT = 1;

/**
 * What a part holds. `documents`, `programs`, `action` and `image` come once per module or element, so that a device
 * fetches only what an edit touched; the others once per bundle, `texts` once per language.
 */
export type PartKind =
  | 'scopePlan'
  | 'relationalPlan'
  | 'catalog'
  | 'documents'
  | 'programs'
  | 'texts'
  | 'action'
  | 'image';

/** A part by its content. `path` says where it belongs in the bundle, `sha256` (lower-case hex) what it is. */
export interface PartEntry {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: PartKind;
}

/** What is signed: canonical JSON of this. No time and no signer, so that the same model gives the same bytes. */
export interface BundleManifest {
  readonly formatVersion: number;
  readonly protocolVersion: number;
  readonly app: { readonly id: ElementId; readonly name: string };
  /** Semantic version of the app. */
  readonly version: string;
  /** The navigation profile. */
  readonly profile: { readonly id: ElementId; readonly name: string };
  /** Identity of the whole model the bundle was made from (ServerModel.hash). */
  readonly modelHash: string;
  /** hashJson of the scope plan. */
  readonly planHash: string;
  /** Sorted by path. */
  readonly parts: readonly PartEntry[];
  /** Semantic version of the oldest runtime that can run it. */
  readonly minimumRuntime: string;
  /** A local commit beyond these fails, where a flow can still handle it. */
  readonly limits: { readonly operationsPerTransaction: number; readonly bytesPerTransaction: number };
}

/** Stands beside the manifest. Hex throughout; `timeMs` and `signer` are told, not proven. */
export interface BundleSignature {
  readonly keyId: string;
  readonly signer: string;
  readonly timeMs: number;
  /** Ed25519 over the UTF-8 bytes of the manifest's canonical JSON. */
  readonly signature: string;
}

/** A public key (hex) that a device pins. */
export interface TrustedKey {
  readonly keyId: string;
  readonly publicKey: string;
}

const reference = z.strictObject({ id: elementId, name: z.string() });
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Nothing beside these keys: what is not known is not for this runtime. */
export const manifestSchema = z.strictObject({
  formatVersion: z.literal(BUNDLE_FORMAT),
  protocolVersion: z.int(),
  app: reference,
  version: z.string(),
  profile: reference,
  modelHash: sha256,
  planHash: sha256,
  parts: z.array(
    z.strictObject({
      path: z.string(),
      sha256,
      bytes: z.int(),
      kind: z.enum(['scopePlan', 'relationalPlan', 'catalog', 'documents', 'programs', 'texts', 'action', 'image']),
    }),
  ),
  minimumRuntime: z.string(),
  limits: z.strictObject({ operationsPerTransaction: z.int(), bytesPerTransaction: z.int() }),
});
