import type { JsonObject } from '@skerry/shared/base/json';
import type { Signer } from '@skerry/shared/bundle/verify';
import { readModel } from '@skerry/shared/metamodel/model';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import { analyze, offlineProfiles } from '@skerry/shared/scope/analyze';
import { type BuiltRelease, buildRelease } from '../../../studio/host/publish/build-release.ts';
import { devicePlan } from '../../../studio/host/publish/device-plan.ts';
import { type AppRules, appRules } from '../oracle/app-rules.ts';
import { appDocuments, RELEASES, type Release } from './app-model.ts';
import { DEMO_USERS } from './first-data.ts';

/** A release made ready once and published in every seed. */
export interface PreparedRelease {
  readonly release: Release;
  readonly built: BuiltRelease;
  readonly rules: AppRules;
  /** Where a device of the profile keeps what, by profile: only for looking at its tables. */
  readonly tables: ReadonlyMap<string, RelationalPlan>;
}

export function prepareReleases(signer: Signer): readonly PreparedRelease[] {
  return RELEASES.map((release) => {
    const documents = new Map(appDocuments(release));
    documents.set('security.json', { ...(documents.get('security.json') as JsonObject), demoUsers: DEMO_USERS });
    const model = readModel(documents);
    const built = buildRelease(model, { signer, nowMs: 0, actionSources: new Map(), isDevelopment: true });
    if (!built.ok) throw new Error(built.error.map((one) => one.message).join('\n'));
    const tables = offlineProfiles(model).map(
      (profile) => [profile.qualifiedName, devicePlan(model, analyze(model, profile).plan)] as const,
    );
    return { release, built: built.value, rules: appRules(documents), tables: new Map(tables) };
  });
}
