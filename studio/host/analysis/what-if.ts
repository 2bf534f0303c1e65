import type { JsonObject } from '@skerry/shared/base/json';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';
import { type Analysis, analyze, type Profile } from '@skerry/shared/scope/analyze';
import { runChecks } from '@skerry/shared/validation/run';
import type { CallReply, CallRequest } from '@skerry/studio/bridge/calls/index';
import type { DemoRows } from './demo-rows.ts';
import { estimateFor } from './scope-view.ts';

export interface Present {
  readonly documents: Documents;
  readonly model: Model;
  readonly analysis: Analysis;
  readonly demo: DemoRows;
}

/** What a mode or constraint of an entity would mean. Nothing is stored: a copy of the profile is analysed. */
export function whatIf(present: Present, asked: CallRequest<'scope/whatIf'>): CallReply<'scope/whatIf'> {
  const { analysis, model, demo } = present;
  const { profile } = analysis;
  const documents = new Map(present.documents);
  documents.set(profile.path, withSetting(profile, asked));
  const changed = readModel(documents);
  const after = changed.find('navigationProfile', profile.qualifiedName) ?? profile;
  const then = analyze(changed, after, { previous: analysis });
  const role = asked.role ?? model.security.userRoles[0]?.name ?? '';
  const total = (of: Analysis, within: Model) => {
    const found = estimateFor(of, within, demo, role)?.roles[role];
    return { rows: found?.rows ?? 0, bytes: found?.bytes ?? 0 };
  };
  const before = problemsOf(analysis, model);
  const later = problemsOf(then, changed);
  return {
    diff: copied(then.diff),
    before: total(analysis, model),
    after: total(then, changed),
    appearing: [...later].filter((one) => !before.has(one)),
    vanishing: [...before].filter((one) => !later.has(one)),
  };
}

function withSetting(profile: Profile, { entity, mode, constraint }: CallRequest<'scope/whatIf'>): JsonObject {
  const synchronization = (profile.source.synchronization ?? {}) as JsonObject;
  const entities = (synchronization.entities ?? {}) as JsonObject;
  const setting: JsonObject = mode === 'constrained' ? { mode, constraint } : { mode };
  return {
    ...profile.source,
    synchronization: { ...synchronization, entities: { ...entities, [entity]: setting } },
  };
}

function problemsOf(analysis: Analysis, model: Model): ReadonlySet<string> {
  const ofProfile = runChecks(model, { documents: new Set([analysis.profile.path]) });
  return new Set([...analysis.diagnostics, ...ofProfile].map(({ code, message }) => `${code}: ${message}`));
}

/** The bridge's own, changeable form. */
export function copied({ entered, left, changedMode, changed }: Analysis['diff']) {
  return {
    entered: [...entered],
    left: [...left],
    changedMode: [...changedMode],
    changed: changed.map(({ entity, what }) => ({ entity, what: [...what] })),
  };
}
