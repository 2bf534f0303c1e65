import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { compareModels } from '@skerry/shared/bundle/compare';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';
import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import { type Analysis, analyze, offlineProfiles } from '@skerry/shared/scope/analyze';
import { diffPlans, NO_DIFF } from '@skerry/shared/scope/diff';
import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { modelChanges } from './model-changes.ts';
import { proposedVersion } from './versions.ts';

export interface ReviewInput {
  readonly model: Model;
  /** The release that somebody published last; null before the first. */
  readonly published: { readonly version: string; readonly documents: Documents } | null;
  readonly errors: readonly Diagnostic[];
  readonly analysisOf: (profile: string) => Analysis;
  /** Bytes of a first synchronisation, of the role that gets the most. */
  readonly bytesOf: (analysis: Analysis, model: Model) => number;
}

/** What a publish would change, for the eyes of whoever presses the button. */
export function reviewOf(input: ReviewInput): CallReply<'publish/review'> {
  const { model, published, errors } = input;
  const version = proposedVersion(model.app.version, published?.version ?? null);
  const before = published && readModel(published.documents);
  return {
    activeVersion: published?.version ?? null,
    proposedVersion: version,
    errors: [...errors] as CallReply<'publish/review'>['errors'],
    model: modelChanges(published?.documents ?? new Map(), documentsOf(model)).map((change) => ({
      ...change,
      details: [...change.details],
    })),
    scope: offlineProfiles(model).map(({ qualifiedName: profile }) => {
      const now = input.analysisOf(profile);
      const old = before?.find('navigationProfile', profile);
      const was = before && old ? analyze(before, old) : undefined;
      return {
        profile,
        diff: structuredClone(was ? diffPlans(was.plan, now.plan) : NO_DIFF) as never,
        bytesBefore: before && was ? input.bytesOf(was, before) : 0,
        bytesAfter: input.bytesOf(now, model),
      };
    }),
    compatibility: before ? compatibility(before, model, version) : [],
  };
}

/** Findings about data and work in the field, the ones that need a decision first. */
export function compatibility(
  before: Model,
  model: Model,
  version: string,
): CallReply<'publish/review'>['compatibility'] {
  const next: Model = { ...model, app: { ...model.app, version } };
  return compareModels(before, next)
    .map((finding) => {
      const { weight, decision, consequences, code, element, name, from, to } = finding;
      const change = from !== undefined && to !== undefined ? ` (${from} → ${to})` : '';
      return {
        code,
        element,
        message: `${name}${change}. Server: ${consequences.server} Devices: ${consequences.devices} Unsent work: ${consequences.unsynchronised}`,
        blocking: weight === 'lossy' && !decision,
        weight,
      };
    })
    .sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}

const WEIGHTS = ['lossy', 'notice', 'free'] as const;

function documentsOf(model: Model): Documents {
  return new Map(
    [...model.documents.values()].filter(({ path }) => !isSystemPath(path)).map(({ path, source }) => [path, source]),
  );
}
