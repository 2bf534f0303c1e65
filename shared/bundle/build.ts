import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Diagnostic } from '../base/diagnostic.ts';
import { hashJson, sha256Hex } from '../base/hash.ts';
import { compareCodePoints, type Json, type JsonObject } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Model, readModel } from '../metamodel/model.ts';
import type { RelationalPlan } from '../relational/plan.ts';
import type { ScopePlan } from '../scope/plan.ts';
import { base64Bytes, jsonBytes } from './bytes.ts';
import { catalogOf } from './catalog.ts';
import { compileFlows, deviceFlows } from './device-programs.ts';
import { BUNDLE_FORMAT, type BundleManifest, type PartKind } from './manifest.ts';
import { slimModel } from './slim.ts';
import { extractTexts } from './texts.ts';
import { isVersion } from './version.ts';

export interface BundleInput {
  readonly model: Model;
  /** Name of the navigation profile. */
  readonly profile: string;
  readonly scope: ScopePlan;
  readonly relational: RelationalPlan;
  /** JavaScript module texts of actions by qualified name. */
  readonly actions: ReadonlyMap<string, string>;
  /** Hash of the server's model that goes along (serverModel). */
  readonly modelHash: string;
  readonly protocolVersion: number;
  readonly minimumRuntime: string;
  readonly limits?: BundleManifest['limits'];
}

export interface Bundle {
  readonly manifest: BundleManifest;
  /** By path in the bundle. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

const LIMITS: BundleManifest['limits'] = { operationsPerTransaction: 10_000, bytesPerTransaction: 16 * 1024 * 1024 };

/**
 * What a publish makes for one profile. A pure function of its input: the same gives the same bytes. Refused with
 * bundle/unknown-profile, bundle/invalid-version, bundle/missing-action, bundle/unreadable-image, and the errors of
 * flows that do not compile.
 */
export function buildBundle(input: BundleInput): Result<Bundle, readonly Diagnostic[]> {
  const { model, scope } = input;
  const profile = model.find('navigationProfile', input.profile);
  if (!profile) return err([error('unknown-profile', `There is no navigation profile ${input.profile}.`)]);
  const { app } = model;
  if (!isVersion(app.version)) {
    return err([
      {
        ...error('invalid-version', `"${app.version}" is no version. Write it as 1.2.3.`),
        document: 'skerry.json',
        path: ['version'],
      },
    ]);
  }
  const flows = deviceFlows(model, scope);
  const { programs, errors } = compileFlows(flows, model);
  const problems: Diagnostic[] = [...errors];
  const slim = slimModel(model, profile, scope, new Set(flows.map(({ qualifiedName }) => qualifiedName)));

  const parts = new PartList();
  parts.json('scopePlan', 'scope.json', scope);
  parts.json('relationalPlan', 'relational.json', input.relational);
  parts.json('catalog', 'catalog.json', catalogOf(readModel(slim.documents)));
  addDocuments(parts, slim.documents, app.defaultLanguage);
  for (const [module, own] of groupBy(programs, (name) => name.split('.')[0] ?? ''))
    parts.json('programs', `programs/${module}.json`, own);
  for (const { qualifiedName, path } of slim.actions) {
    const text = input.actions.get(qualifiedName);
    if (text === undefined)
      problems.push({
        ...error('missing-action', `The code of ${qualifiedName} is missing. Its .ts file stands beside ${path}.`),
        document: path,
      });
    else parts.add('action', `actions/${qualifiedName}.js`, utf8ToBytes(text));
  }
  for (const { qualifiedName, path, content } of slim.images) {
    const bytes = base64Bytes(content.data);
    if (!bytes)
      problems.push({
        ...error('unreadable-image', `The data of ${qualifiedName} is not base64.`),
        document: path,
        path: ['data'],
      });
    else parts.add('image', `images/${qualifiedName}`, bytes);
  }
  parts.json(
    'catalog',
    'images.json',
    Object.fromEntries(slim.images.map(({ qualifiedName, content }) => [qualifiedName, content.mediaType])),
  );
  if (problems.length > 0) return err(problems);
  return ok({
    manifest: {
      formatVersion: BUNDLE_FORMAT,
      protocolVersion: input.protocolVersion,
      app: { id: app.id, name: app.name },
      version: app.version,
      profile: { id: profile.content.id, name: profile.content.name },
      modelHash: input.modelHash,
      planHash: hashJson(scope as unknown as Json),
      parts: parts.entries(),
      minimumRuntime: input.minimumRuntime,
      limits: input.limits ?? LIMITS,
    },
    parts: parts.bytes,
  });
}

/** Documents by module, so that an edit changes one part; the words of other languages apart. */
function addDocuments(parts: PartList, documents: ReadonlyMap<string, JsonObject>, defaultLanguage: string): void {
  const words = new Map<string, { [path: string]: { readonly [pointer: string]: string } }>();
  const contents = new Map<string, JsonObject>();
  for (const [path, document] of documents) {
    const { content, texts } = extractTexts(document, defaultLanguage);
    contents.set(path, content);
    for (const [language, own] of texts) {
      const table = words.get(language) ?? {};
      table[path] = own;
      words.set(language, table);
    }
  }
  for (const [group, own] of groupBy(contents, partOfDocument)) parts.json('documents', `documents/${group}.json`, own);
  for (const [language, own] of words) parts.json('texts', `texts/${language}.json`, own);
}

/** Pages change more often than the domain model, and both are the bulk: a part each per module. */
function partOfDocument(path: string): string {
  const [, module, folder] = /^modules\/([^/]+)\/([^/]+)/.exec(path) ?? [];
  if (module === undefined) return 'app';
  return folder === 'pages' || folder === 'snippets' || folder === 'layouts' ? `${module}.pages` : `${module}.model`;
}

function groupBy<V>(
  values: ReadonlyMap<string, V>,
  group: (key: string) => string,
): ReadonlyMap<string, { readonly [key: string]: V }> {
  const groups = new Map<string, { [key: string]: V }>();
  for (const [key, value] of values) {
    const name = group(key);
    const own = groups.get(name) ?? {};
    own[key] = value;
    groups.set(name, own);
  }
  return groups;
}

class PartList {
  readonly bytes = new Map<string, Uint8Array>();
  readonly #kinds = new Map<string, PartKind>();

  /** @param value plain JSON: plans, programs, documents */
  json(kind: PartKind, path: string, value: object): void {
    this.add(kind, path, jsonBytes(value as Json));
  }

  add(kind: PartKind, path: string, bytes: Uint8Array): void {
    this.bytes.set(path, bytes);
    this.#kinds.set(path, kind);
  }

  entries(): BundleManifest['parts'] {
    return [...this.bytes]
      .map(([path, bytes]) => ({
        path,
        sha256: sha256Hex(bytes),
        bytes: bytes.length,
        kind: this.#kinds.get(path) ?? 'documents',
      }))
      .sort((a, b) => compareCodePoints(a.path, b.path));
  }
}

function error(problem: string, message: string): Diagnostic {
  return { code: `bundle/${problem}`, severity: 'error', message };
}
