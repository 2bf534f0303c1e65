import type { Diagnostic, Fix, Severity } from '../../base/diagnostic.ts';
import type { DomainView } from '../../metamodel/domain-view.ts';
import type { Model, ModelDocument } from '../../metamodel/model.ts';
import type { Place } from '../facts.ts';
import type { Opens } from '../opens.ts';
import type { ScopePlan } from '../plan.ts';
import type { Reach, Reached } from '../reach.ts';
import type { ScopedEntity } from '../scoped-entity.ts';

/** One thing that can be wrong, as documentation and messages know it. */
export interface Rule {
  /** `area/problem-in-kebab` */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence. */
  readonly meaning: string;
  /** What to do. */
  readonly remedy: string;
}

/** All that the analysis of one profile knows. */
export interface PassContext {
  readonly model: Model;
  readonly view: DomainView;
  readonly profile: ModelDocument<'navigationProfile'>;
  readonly reach: Reach;
  readonly scoped: ReadonlyMap<string, ScopedEntity>;
  readonly plan: ScopePlan;
  /** By name of the user role. */
  readonly opens: ReadonlyMap<string, Opens>;
}

/** Where a finding stands: a fact of a reached document, or an element of any. */
export type Location =
  | { readonly at: Reached; readonly place: Place }
  | { readonly document: ModelDocument; readonly element: string; readonly path?: Diagnostic['path'] };

export interface Finding {
  readonly location: Location;
  readonly message: string;
  readonly fixes?: readonly Fix[];
}

/** One question asked of an analysis. */
export interface Pass {
  readonly rule: Rule;
  find(context: PassContext): Iterable<Finding>;
}

export function diagnosticOf(rule: Rule, finding: Finding): Diagnostic {
  const { location } = finding;
  const base = { code: rule.code, severity: rule.severity, message: finding.message };
  const fixes = finding.fixes ? { fixes: finding.fixes } : {};
  if ('document' in location) {
    const path = location.path ? { path: location.path } : {};
    return { ...base, document: location.document.path, element: location.element, ...path, ...fixes };
  }
  const { element, field, span } = location.place;
  return {
    ...base,
    document: location.at.document.path,
    ...(element ? { element } : {}),
    ...(field ? { path: field.split('/') } : {}),
    ...(span ? { span } : {}),
    ...fixes,
  };
}

/** The fix that most findings of a profile have. */
export function setModeFix(profile: string, entity: string, mode: string): Fix {
  return { title: `Set ${entity} to "${mode}"`, command: 'profile.setMode', arguments: { profile, entity, mode } };
}

/** Where the profile says something of an entity. */
export function settingLocation(context: PassContext, entity: string): Location {
  const { profile } = context;
  return { document: profile, element: profile.content.id, path: ['synchronization', 'entities', entity] };
}

/** The entity's own document, when the profile says nothing of it. */
export function entityLocation(context: PassContext, entity: string): Location {
  const document = context.view.document(entity);
  return document ? { document, element: document.content.id } : settingLocation(context, entity);
}
