import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Fault, userFault } from '../base/fault.ts';
import { sha256Hex } from '../base/hash.ts';
import { canonicalJson, type Json } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import {
  BUNDLE_FORMAT,
  type BundleManifest,
  type BundleSignature,
  manifestSchema,
  type PartEntry,
  type TrustedKey,
} from './manifest.ts';
import { compareVersions } from './version.ts';

/** The text that is signed, sent and stored. */
export function manifestText(manifest: BundleManifest): string {
  return canonicalJson(manifest as unknown as Json);
}

export interface Signer {
  readonly keyId: string;
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly secretKey: Uint8Array;
}

/** The key that devices pin, from the secret one. */
export function publicKeyOf(secretKey: Uint8Array): string {
  return bytesToHex(ed25519.getPublicKey(secretKey));
}

export function signManifest(manifest: BundleManifest, signer: Signer, timeMs: number): BundleSignature {
  return { keyId: signer.keyId, signer: signer.name, timeMs, signature: sign(manifestText(manifest), signer) };
}

/** Leave to go from one installed version back to an older one. */
export interface RollbackPermit {
  readonly app: string;
  readonly profile: string;
  readonly from: string;
  readonly to: string;
  readonly keyId: string;
  readonly signature: string;
}

export function signRollback(permit: Omit<RollbackPermit, 'keyId' | 'signature'>, signer: Signer): RollbackPermit {
  return { ...permit, keyId: signer.keyId, signature: sign(permitText(permit), signer) };
}

/** What a device knows when a bundle arrives. */
export interface Installed {
  /** Id of the app; null before the first bundle. */
  readonly app: string | null;
  /** Id of the profile; null before the first bundle. */
  readonly profile: string | null;
  /** Version of the bundle that runs; null before the first. */
  readonly version: string | null;
  /** Version of the runtime itself. */
  readonly runtime: string;
  readonly rollback?: RollbackPermit;
}

/**
 * Whether a device may install this bundle. The signature is over the manifest's text as it came, so it is checked
 * before anything in it is believed. Codes: bundle/unsigned, unknown-key, altered, unreadable, newer-format,
 * newer-runtime, wrong-app, wrong-profile, older.
 */
export function verifyBundle(
  text: string,
  signature: BundleSignature | null,
  trustedKeys: readonly TrustedKey[],
  installed: Installed,
): Result<BundleManifest, Fault> {
  const refused = (problem: string, message: string) => err(userFault(`bundle/${problem}`, message));
  if (!signature) return refused('unsigned', 'This bundle is not signed. Publish it again with a signing key.');
  const key = trustedKeys.find(({ keyId }) => keyId === signature.keyId);
  if (!key)
    return refused(
      'unknown-key',
      `This bundle is signed with the key ${signature.keyId}, which this device does not trust.`,
    );
  if (!isSigned(text, signature.signature, key))
    return refused('altered', 'The manifest is not what was signed. Fetch the bundle again.');
  const manifest = readManifest(text);
  if (!manifest.ok) return manifest;
  const { value } = manifest;
  if (compareVersions(value.minimumRuntime, installed.runtime) > 0) {
    return refused(
      'newer-runtime',
      `Version ${value.version} needs runtime ${value.minimumRuntime}; this device has ${installed.runtime}. Update the app's shell.`,
    );
  }
  if (installed.app !== null && installed.app !== value.app.id)
    return refused('wrong-app', `This bundle is of another app, ${value.app.name}.`);
  if (installed.profile !== null && installed.profile !== value.profile.id) {
    return refused(
      'wrong-profile',
      `This bundle is for the profile ${value.profile.name}, which this device does not run.`,
    );
  }
  if (
    installed.version !== null &&
    compareVersions(value.version, installed.version) < 0 &&
    !mayRollBack(value, installed, trustedKeys)
  ) {
    return refused(
      'older',
      `Version ${value.version} is older than the installed ${installed.version}, and no signed rollback leads there.`,
    );
  }
  return ok(value);
}

/** The manifest in a text, without asking who wrote it. Only canonical text is accepted, since that is what is signed. */
export function readManifest(text: string): Result<BundleManifest, Fault> {
  const refused = (problem: string, message: string) => err(userFault(`bundle/${problem}`, message));
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return refused('unreadable', 'The manifest is no JSON.');
  }
  const format = json !== null && typeof json === 'object' && 'formatVersion' in json ? json.formatVersion : undefined;
  if (typeof format === 'number' && format > BUNDLE_FORMAT) {
    return refused(
      'newer-format',
      `This bundle has format ${format}; this runtime reads ${BUNDLE_FORMAT}. Update the app's shell.`,
    );
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success || canonicalJson(json) !== text)
    return refused('unreadable', 'The manifest does not have the form of a manifest.');
  return ok(parsed.data as BundleManifest);
}

/** Whether bytes are the part that the manifest names. */
export function verifyPart(bytes: Uint8Array, part: Pick<PartEntry, 'sha256' | 'bytes'>): boolean {
  return bytes.length === part.bytes && sha256Hex(bytes) === part.sha256;
}

/**
 * The parts a device still has to fetch.
 * @param have hashes of the parts it holds, of whatever bundle
 * @param languages tags to fetch words of; absent: all
 */
export function partsToFetch(
  have: ReadonlySet<string>,
  manifest: BundleManifest,
  languages?: readonly string[],
): readonly PartEntry[] {
  const seen = new Set(have);
  return manifest.parts.filter((part) => {
    if (part.kind === 'texts' && languages && !languages.some((tag) => part.path === `texts/${tag}.json`)) return false;
    return !seen.has(part.sha256) && seen.add(part.sha256);
  });
}

function mayRollBack(manifest: BundleManifest, installed: Installed, trustedKeys: readonly TrustedKey[]): boolean {
  const { rollback } = installed;
  if (!rollback || rollback.to !== manifest.version || rollback.from !== installed.version) return false;
  if (rollback.app !== manifest.app.id || rollback.profile !== manifest.profile.id) return false;
  const key = trustedKeys.find(({ keyId }) => keyId === rollback.keyId);
  return key !== undefined && isSigned(permitText(rollback), rollback.signature, key);
}

// Says what it is, so that no signature over one kind of text is good for another.
function permitText({ app, profile, from, to }: Omit<RollbackPermit, 'keyId' | 'signature'>): string {
  return canonicalJson({ kind: 'rollback', app, profile, from, to });
}

function sign(text: string, signer: Signer): string {
  return bytesToHex(ed25519.sign(utf8ToBytes(text), signer.secretKey));
}

function isSigned(text: string, signature: string, key: TrustedKey): boolean {
  if (!/^[0-9a-f]{128}$/.test(signature) || !/^[0-9a-f]{64}$/.test(key.publicKey)) return false;
  try {
    // Strict verification (RFC 8032): one text has no second valid signature.
    return ed25519.verify(hexToBytes(signature), utf8ToBytes(text), hexToBytes(key.publicKey), { zip215: false });
  } catch {
    return false;
  }
}
