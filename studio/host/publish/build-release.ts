import { stripTypeScriptTypes } from 'node:module';
import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { sha256Hex } from '@skerry/shared/base/hash';
import { err, ok, type Result } from '@skerry/shared/base/result';
import { type Bundle, buildBundle } from '@skerry/shared/bundle/build';
import { serverModel } from '@skerry/shared/bundle/server-model';
import { manifestText, type Signer, signManifest } from '@skerry/shared/bundle/verify';
import type { Model } from '@skerry/shared/metamodel/model';
import type { PublishRequest } from '@skerry/shared/protocol/bundle';
import { PROTOCOL_VERSION } from '@skerry/shared/protocol/version';
import { analyze } from '@skerry/shared/scope/analyze';
import { devicePlan } from './device-plan.ts';

/** The runtime that today's bundles need. */
const MINIMUM_RUNTIME = '0.1.0';

/** All that goes to a service: the request, and the bytes of every part by hash. */
export interface BuiltRelease {
  readonly request: PublishRequest;
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

export interface BuildOptions {
  readonly signer: Signer;
  /** Epoch milliseconds, for the signature. */
  readonly nowMs: number;
  /** Texts of JavaScript actions, in TypeScript, by qualified name. */
  readonly actionSources: ReadonlyMap<string, string>;
  /** Demo users go along only in development. */
  readonly isDevelopment: boolean;
}

/** Bundles of all profiles, signed, and the model. Refused with the first errors that keep any of them from being built. */
export function buildRelease(model: Model, options: BuildOptions): Result<BuiltRelease, readonly Diagnostic[]> {
  const whole = serverModel(model, { development: options.isDevelopment });
  const parts = new Map<string, Uint8Array>([[whole.hash, whole.bytes]]);
  const bundles: PublishRequest['bundles'] = [];
  const actions = new Map([...options.actionSources].map(([name, source]) => [name, stripTypeScriptTypes(source)]));
  for (const profile of model.all('navigationProfile').values()) {
    const { plan, diagnostics } = analyze(model, profile);
    const errors = diagnostics.filter((one) => one.severity === 'error');
    if (errors.length > 0) return err(errors);
    const built = buildBundle({
      model,
      profile: profile.qualifiedName,
      scope: plan,
      relational: devicePlan(model, plan),
      actions,
      modelHash: whole.hash,
      protocolVersion: PROTOCOL_VERSION,
      minimumRuntime: MINIMUM_RUNTIME,
    });
    if (!built.ok) return built;
    addParts(parts, built.value);
    const { manifest } = built.value;
    const signature = signManifest(manifest, options.signer, options.nowMs);
    bundles.push({ profile: profile.qualifiedName, manifest: manifestText(manifest), signature: { ...signature } });
  }
  return ok({ request: { version: model.app.version, bundles, model: whole.hash }, parts });
}

function addParts(parts: Map<string, Uint8Array>, bundle: Bundle): void {
  for (const bytes of bundle.parts.values()) parts.set(sha256Hex(bytes), bytes);
}
