import { sha256, z } from './common.ts';

/** GET /api/bundles/:profile: the release this device should run. Parts are fetched by hash: GET /api/bundles/parts/:sha256. */
export const bundleAnswer = z.object({
  /** Canonical JSON text of the manifest, as signed. */
  manifest: z.string(),
  signature: z.object({ keyId: z.string(), signer: z.string(), timeMs: z.number(), signature: z.string() }),
  /** Public keys (hex) this environment signs with; a device pins them at its first contact. */
  keys: z.array(z.object({ keyId: z.string(), publicKey: z.string() })),
});
export type BundleAnswer = z.infer<typeof bundleAnswer>;

/** POST /api/releases (publisher's token): bundles of all profiles and the whole model. Parts go up first: PUT /api/bundles/parts/:sha256. */
export const publishRequest = z.object({
  version: z.string(),
  bundles: z.array(z.object({ profile: z.string(), manifest: z.string(), signature: bundleAnswer.shape.signature })),
  /** Hash of the part that holds the server's model. */
  model: sha256,
});
export type PublishRequest = z.infer<typeof publishRequest>;
export const publishAnswer = z.object({
  version: z.string(),
  missingParts: z.array(sha256),
  published: z.boolean(),
  /** What the service does less than the model asks for; codes `publish/…`. */
  warnings: z.optional(z.array(z.object({ code: z.string(), message: z.string(), document: z.optional(z.string()) }))),
});
export type PublishAnswer = z.infer<typeof publishAnswer>;
