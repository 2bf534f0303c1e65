import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { Documents } from '@skerry/shared/metamodel/model';
import { type Model, readModel } from '@skerry/shared/metamodel/model';
import type { Analysis } from '@skerry/shared/scope/analyze';
import { buildRelease } from '../publish/build-release.ts';
import type { BuildAnswer, ReleaseQuestion, ReviewAnswer } from './questions.ts';
import { reviewOf } from './review.ts';

/** The analyst's knowledge of one revision, checked as a whole. */
export interface CheckedRevision {
  readonly revision: number;
  readonly model: Model;
  readonly documents: Documents;
  readonly errors: readonly Diagnostic[];
  readonly analysisOf: (profile: string) => Analysis;
  readonly bytesOf: (analysis: Analysis, model: Model) => number;
}

export function answerOf(question: ReleaseQuestion, checked: CheckedRevision): ReviewAnswer | BuildAnswer {
  if (question.call === 'release/review') {
    const { published } = question.request;
    return reviewOf({
      ...checked,
      published: published && { version: published.version, documents: new Map(published.documents) },
    });
  }
  const { revision, errors } = checked;
  if (errors.length > 0) return { revision, release: null, errors };
  const { version, signer, nowMs, actionSources } = question.request;
  const built = buildRelease(withVersion(checked.documents, version), {
    signer,
    nowMs,
    actionSources,
    isDevelopment: true,
  });
  return built.ok ? { revision, release: built.value, errors: [] } : { revision, release: null, errors: built.error };
}

function withVersion(documents: Documents, version: string): Model {
  const app = documents.get('skerry.json');
  return readModel(app ? new Map([...documents, ['skerry.json', { ...app, version }]]) : documents);
}
