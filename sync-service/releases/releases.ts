import { operationalFault, userFault } from '@skerry/shared/base/fault';
import { assert, must } from '@skerry/shared/base/invariant';
import { bytesJson } from '@skerry/shared/bundle/bytes';
import type { BundleManifest, TrustedKey } from '@skerry/shared/bundle/manifest';
import { readServerModel } from '@skerry/shared/bundle/server-model';
import { readManifest, verifyBundle } from '@skerry/shared/bundle/verify';
import { compareVersions, isVersion } from '@skerry/shared/bundle/version';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import type { BundleAnswer, PublishAnswer, PublishRequest } from '@skerry/shared/protocol/bundle';
import { PROTOCOL_VERSION } from '@skerry/shared/protocol/version';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import { planTables } from '@skerry/shared/relational/plan-tables';
import type { ScopePlan } from '@skerry/shared/scope/plan';
import type { Clock } from '../base/clock.ts';
import type { ContentFolder } from '../base/content-folder.ts';
import type { Database, Sql, WriteUnit } from '../base/sql.ts';
import {
  activeRelease,
  allReleases,
  bundlesOf,
  insertRelease,
  type ReleaseBundle,
} from '../db/repositories/releases.repository.ts';
import { type ActiveModel, activeModel } from './active-model.ts';
import { type DeviceScope, deviceScope } from './device-scope.ts';
import { migrateTables } from './migrate-tables.ts';
import { refuseUnsound } from './refuse-unsound.ts';
import { seedUserRoles } from './seed.ts';
import { keepDormant } from './server-plan.ts';
import { serviceFindings } from './service-findings.ts';

export interface Releases {
  hasActive(): boolean;
  /** @throws Fault `service/no-release` */
  active(): ActiveModel;
  hasProfile(profile: string): boolean;
  /** @throws Fault `bundle/unknown-profile` */
  bundle(profile: string): BundleAnswer;
  /** What devices of this bundle hold. @throws Fault `sync/bundle-unknown` */
  scopeOf(profile: string, version: string): DeviceScope;
  findScope(profile: string, version: string): DeviceScope | null;
  /** The newest release whose version fits; null when none does. */
  newest(fits: (version: string) => boolean): Promise<{ readonly version: string; readonly model: Model } | null>;
  publish(request: PublishRequest): Promise<PublishAnswer>;
  /** Called after each activation. */
  onActivated(listener: (model: ActiveModel) => void): void;
  load(): Promise<void>;
}

export interface ReleasesPorts {
  readonly database: Database;
  readonly parts: ContentFolder;
  readonly keys: () => readonly TrustedKey[];
  readonly now: Clock;
  /** Brings rows to what the new model makes of them, in the transaction of the release. */
  readonly prepareRows: (unit: WriteUnit, model: ActiveModel, previous: ActiveModel | null) => Promise<void>;
}

interface Loaded {
  readonly active: ActiveModel;
  /** By profile, of the newest release. */
  readonly bundles: ReadonlyMap<string, ReleaseBundle>;
  /** By `profile version`. */
  readonly scopes: ReadonlyMap<string, DeviceScope>;
}

export function createReleases({ database, parts, keys, now, prepareRows }: ReleasesPorts): Releases {
  let loaded: Loaded | null = null;
  const listeners: ((model: ActiveModel) => void)[] = [];
  const current = (): Loaded => {
    if (!loaded) throw operationalFault('service/no-release', 'No app has been published to this service yet.');
    return loaded;
  };

  async function readModelPart(hash: string): Promise<Model> {
    const read = readServerModel(await parts.read(hash), hash);
    if (!read.ok) throw read.error;
    return read.value;
  }

  async function load(): Promise<void> {
    loaded = await database.read((sql) => loadFrom(sql));
    if (loaded) for (const listener of listeners) listener(loaded.active);
  }

  async function loadFrom(sql: Sql): Promise<Loaded | null> {
    const newest = await activeRelease(sql);
    if (!newest) return null;
    const scopes = new Map<string, DeviceScope>();
    let bundles: readonly ReleaseBundle[] = [];
    let model: Model | null = null;
    for (const release of await allReleases(sql)) {
      const isNewest = release.version === newest.version;
      const known = knownScopes(release.version);
      for (const [key, scope] of known) scopes.set(key, scope);
      // A release never changes: what was read once is not read again when another one comes.
      if (known.length > 0 && !isNewest) continue;
      const itsModel = await readModelPart(release.modelPart);
      const itsBundles = await bundlesOf(sql, release.version);
      for (const bundle of itsBundles)
        scopes.set(`${bundle.profile} ${release.version}`, await scopeFrom(bundle, itsModel));
      if (!isNewest) continue;
      bundles = itsBundles;
      model = itsModel;
    }
    const plan = JSON.parse(newest.plan) as RelationalPlan;
    const active = activeModel(newest.version, must(model, 'the active release is among all'), plan);
    return { active, bundles: new Map(bundles.map((bundle) => [bundle.profile, bundle])), scopes };
  }

  function knownScopes(version: string): readonly (readonly [string, DeviceScope])[] {
    return [...(loaded?.scopes ?? [])].filter(([, scope]) => scope.version === version);
  }

  async function newestThat(fits: (version: string) => boolean) {
    const found = (await database.read((sql) => allReleases(sql))).findLast(({ version }) => fits(version));
    return found ? { version: found.version, model: await readModelPart(found.modelPart) } : null;
  }

  async function scopeFrom(bundle: ReleaseBundle, model: Model): Promise<DeviceScope> {
    const manifest = JSON.parse(bundle.manifest) as BundleManifest;
    const scope = await readPart<ScopePlan>(manifest, 'scopePlan');
    const relational = await readPart<RelationalPlan>(manifest, 'relationalPlan');
    return deviceScope(bundle.version, manifest.planHash, scope, relational, domainView(model));
  }

  async function readPart<T>(manifest: BundleManifest, kind: 'scopePlan' | 'relationalPlan'): Promise<T> {
    const part = must(
      manifest.parts.find((one) => one.kind === kind),
      `a bundle has a ${kind}`,
    );
    return bytesJson(await parts.read(part.sha256)) as unknown as T;
  }

  async function publish(request: PublishRequest): Promise<PublishAnswer> {
    const { version, model: modelPart } = request;
    if (!isVersion(version))
      throw userFault('release/invalid-version', `"${version}" is no version. Write it as 1.2.3.`);
    const manifests = request.bundles.map((bundle) => verified(bundle, version, modelPart, keys()));
    const needed = new Set([modelPart, ...manifests.flatMap((manifest) => manifest.parts.map((part) => part.sha256))]);
    const missingParts = [...needed].filter((hash) => !parts.has(hash));
    if (missingParts.length > 0) return { version, missingParts, published: false };
    const model = await readModelPart(modelPart);
    if (loaded) refuseOlder(loaded.active, version, model);
    const bundles = request.bundles.map(({ profile, manifest, signature }) => ({
      version,
      profile,
      manifest,
      signature: JSON.stringify(signature),
    }));
    const scopes = await Promise.all(bundles.map((bundle) => scopeFrom(bundle, model)));
    const findings = serviceFindings(model);
    refuseUnsound(model, scopes, findings);
    const previous = loaded?.active.plan ?? EMPTY_PLAN;
    const plan = keepDormant(previous, planTables(model));
    await database.write(async (unit) => {
      await migrateTables(unit, previous, plan);
      const release = { version, modelPart, publishedMs: now(), active: 1, plan: JSON.stringify(plan) };
      await insertRelease(unit, release, bundles);
      const next = activeModel(version, model, plan);
      await seedUserRoles(unit, next);
      await prepareRows(unit, next, loaded?.active ?? null);
    });
    await load();
    const warnings = findings.map(({ code, message, document }) => ({
      code,
      message,
      ...(document ? { document } : {}),
    }));
    return { version, missingParts: [], published: true, warnings };
  }

  return {
    hasActive: () => loaded !== null,
    active: () => current().active,
    hasProfile: (profile) => current().bundles.has(profile),
    bundle(profile) {
      const found = current().bundles.get(profile);
      if (!found) throw userFault('bundle/unknown-profile', `The app has no profile ${profile} with a bundle.`);
      const { manifest, signature } = found;
      return {
        manifest,
        signature: JSON.parse(signature) as BundleAnswer['signature'],
        keys: keys().map((key) => ({ ...key })),
      };
    },
    scopeOf(profile, version) {
      const found = current().scopes.get(`${profile} ${version}`);
      if (!found) {
        const message = `This service knows no version ${version} of the profile ${profile}. Fetch the bundle again.`;
        throw userFault('sync/bundle-unknown', message);
      }
      return found;
    },
    findScope: (profile, version) => current().scopes.get(`${profile} ${version}`) ?? null,
    newest: newestThat,
    publish,
    onActivated: (listener) => void listeners.push(listener),
    load,
  };
}

const EMPTY_PLAN: RelationalPlan = { entities: [], associations: [], enumerations: [], tables: [] };

function verified(
  bundle: PublishRequest['bundles'][number],
  version: string,
  modelPart: string,
  keys: readonly TrustedKey[],
): BundleManifest {
  const read = readManifest(bundle.manifest);
  if (!read.ok) throw read.error;
  const runtime = read.value.minimumRuntime;
  const checked = verifyBundle(bundle.manifest, bundle.signature, keys, {
    app: null,
    profile: null,
    version: null,
    runtime,
  });
  if (!checked.ok) throw checked.error;
  const manifest = checked.value;
  const refuse = (message: string) => userFault('release/refused', message, { profile: bundle.profile });
  if (manifest.profile.name !== bundle.profile) throw refuse(`The bundle is of the profile ${manifest.profile.name}.`);
  if (manifest.version !== version)
    throw refuse(`The bundle is of version ${manifest.version}, the release of ${version}.`);
  if (manifest.modelHash !== modelPart)
    throw refuse('The bundle was made from another model than the one published with it.');
  if (manifest.protocolVersion !== PROTOCOL_VERSION) {
    throw refuse(`The bundle speaks protocol ${manifest.protocolVersion}, this service ${PROTOCOL_VERSION}.`);
  }
  return manifest;
}

function refuseOlder(active: ActiveModel, version: string, model: Model): void {
  assert(active.version !== '', 'a release has a version');
  const order = compareVersions(version, active.version);
  if (order === 0)
    throw userFault(
      'release/version-exists',
      `Version ${version} is published already. Raise the version in skerry.json.`,
    );
  if (order < 0) {
    throw userFault('release/older-version', `Version ${active.version} is running. Publish a version above it.`);
  }
  if (active.model.app.id !== model.app.id) {
    throw userFault(
      'release/refused',
      `This service runs ${active.model.app.name}. Publish ${model.app.name} to a service of its own.`,
    );
  }
}
