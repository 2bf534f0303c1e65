import { type Fault, userFault } from '../base/fault.ts';
import { sha256Hex } from '../base/hash.ts';
import type { JsonObject } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Model, readModel } from '../metamodel/model.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import { bytesJson, jsonBytes } from './bytes.ts';

/** What the service receives beside the bundles: every document of the project, whole. */
export interface ServerModel {
  /** SHA-256 of `bytes`: the model's identity. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** @param model demo users are left out unless `development`: their passwords are no secret */
export function serverModel(model: Model, { development = false } = {}): ServerModel {
  const documents: { [path: string]: JsonObject } = {};
  for (const { path, source, kind } of model.documents.values()) {
    if (isSystemPath(path)) continue;
    documents[path] = kind === 'security' && !development ? { ...source, demoUsers: [] } : source;
  }
  const bytes = jsonBytes(documents);
  return { hash: sha256Hex(bytes), bytes };
}

/** The model from its part. `hash` is what was published. */
export function readServerModel(bytes: Uint8Array, hash: string): Result<Model, Fault> {
  if (sha256Hex(bytes) !== hash)
    return err(userFault('bundle/altered', 'The model is not what was published. Publish it again.'));
  const documents = bytesJson(bytes) as { readonly [path: string]: JsonObject };
  return ok(readModel(new Map(Object.entries(documents))));
}

/** Identity of a model, for manifests. */
export function modelHash(model: Model): string {
  return serverModel(model).hash;
}
