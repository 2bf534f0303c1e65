import { must } from '@skerry/shared/base/invariant';
import type { Model } from '@skerry/shared/metamodel/model';
import { type Analysis, type AnalyzeOptions, analyze } from '@skerry/shared/scope/analyze';
import type { PlanEntity } from '@skerry/shared/scope/plan';
import type { AppBuilder, Loose } from '../../support/model-builder.ts';

/** The analysis of the profile `Phone`. */
export function analyzed(app: AppBuilder | Model, options: AnalyzeOptions = {}): Analysis {
  const model = 'model' in app ? app.model() : app;
  return analyze(model, must(model.find('navigationProfile', 'Phone'), 'the profile Phone'), options);
}

/** `M.Order all` */
export function modes(analysis: Analysis): readonly string[] {
  return analysis.plan.entities.map((entity) => `${entity.entity} ${entity.mode}`);
}

export function entityOf(analysis: Analysis, name: string): PlanEntity {
  return must(
    analysis.plan.entities.find((entity) => entity.entity === name),
    `${name} in scope`,
  );
}

export function membersOf(analysis: Analysis, name: string): readonly string[] {
  return entityOf(analysis, name).members.map((member) => member.name);
}

export function codes(
  analysis: Analysis,
  except: readonly string[] = ['scope/readable-without-constraint'],
): readonly string[] {
  return analysis.diagnostics.map((diagnostic) => diagnostic.code).filter((code) => !except.includes(code));
}

export const listOf = (entity: string, more: Loose = {}, widgets: readonly Loose[] = []): Loose => ({
  kind: 'listView',
  source: { kind: 'database', entity, ...more },
  widgets: widgets as never,
});

export const shows = (...parameters: string[]): Loose => ({
  kind: 'dynamicText',
  content: { text: { en: '{1}' }, parameters },
});
