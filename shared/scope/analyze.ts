import type { Diagnostic } from '../base/diagnostic.ts';
import { hashJson } from '../base/hash.ts';
import type { ElementId } from '../base/ids.ts';
import { compareCodePoints, type Json } from '../base/json.ts';
import { type DomainView, domainView } from '../metamodel/domain-view.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import { constraintReader } from './constraint-reader.ts';
import { diffPlans, NO_DIFF, type PlanDiff } from './diff.ts';
import type { NodeKind } from './facts.ts';
import { type Opens, opensOf } from './opens.ts';
import { PASSES } from './passes/all.ts';
import { diagnosticOf, type PassContext } from './passes/pass.ts';
import type { ScopePlan } from './plan.ts';
import { keepingSame, type PlanBasis, planBasis, sameBasis, samePlan } from './plan-basis.ts';
import { planEntities } from './plan-entities.ts';
import { type Reach, reach } from './reach.ts';
import { type ScopedEntity, scopedEntities } from './scoped-entity.ts';
import { unmoved } from './unmoved.ts';

export type Profile = ModelDocument<'navigationProfile'>;

/** What the plan does not carry and people ask for: why, and for whom. */
export interface Explanations {
  readonly view: DomainView;
  readonly reach: Reach;
  readonly scoped: ReadonlyMap<string, ScopedEntity>;
  /** By name of the user role. */
  readonly opens: ReadonlyMap<string, Opens>;
  readonly basis: PlanBasis;
}

export interface Analysis {
  readonly profile: Profile;
  readonly plan: ScopePlan;
  /** SHA-256 of the plan's canonical JSON: its identity. */
  readonly hash: string;
  /** Against `previous`; empty when there was none. */
  readonly diff: PlanDiff;
  readonly diagnostics: readonly Diagnostic[];
  readonly explanations: Explanations;
  /** Whether the modeler's settings were ignored. */
  readonly automatic: boolean;
}

export interface AnalyzeOptions {
  /** An earlier analysis of the profile, to say what moved. */
  readonly previous?: Analysis | undefined;
  /** Ignores what the modeler configured and added by hand (SC8b). */
  readonly automatic?: boolean;
}

/**
 * What the profile's devices hold, why, and what is wrong with it. Facts are cached by the documents' identity
 * (factsOf), so after an edit only the edited documents are looked into again.
 */
export function analyze(model: Model, profile: Profile, options: AnalyzeOptions = {}): Analysis {
  const view = domainView(model);
  const { previous, automatic = false } = options;
  if (
    previous?.automatic === automatic &&
    previous.profile === profile &&
    unmoved(previous.explanations.view.model, model)
  )
    return { ...previous, diff: NO_DIFF, explanations: { ...previous.explanations, view } };
  const { synchronization } = profile.content;
  const settings = automatic ? {} : synchronization.entities;
  const reached = reach({
    model,
    view,
    profile,
    modeOf: (entity) => (Object.hasOwn(settings, entity) ? settings[entity]?.mode : undefined),
    additional: automatic ? [] : synchronization.additional,
  });
  // An online profile's pages ask the service for everything.
  const scoped =
    profile.content.profile === 'online' ? new Map<string, ScopedEntity>() : scopedEntities(reached, view, settings);
  const usedOnly = synchronization.members === 'used';
  const basis = planBasis(model, scoped, usedOnly);
  // What pages and flows look like does not reach the entities' plans, unless it decides which members stay.
  const planned =
    previous && sameBasis(previous.explanations.basis, basis)
      ? { entities: previous.plan.entities, associations: previous.plan.associations }
      : keepingSame(
          planEntities({ view, reach: reached, scoped, readsOf: constraintReader(view), usedOnly }),
          previous?.plan,
        );
  const idsOf = (kind: NodeKind) => idsOfKind(reached, kind);
  const plan: ScopePlan = {
    profile: profile.qualifiedName,
    profileId: profile.content.id,
    roles: model.security.userRoles.map(({ id, name }) => ({ id, name })),
    ...planned,
    pages: idsOf('page'),
    nanoflows: idsOf('nanoflow'),
    actions: idsOf('javaScriptAction'),
    microflowCalls: idsOf('microflow'),
  };
  const opens = new Map(model.security.userRoles.map((role) => [role.name, opensOf(role, reached, profile)]));
  const context: PassContext = { model, view, profile, reach: reached, scoped, plan, opens };
  return {
    profile,
    plan,
    hash: previous && samePlan(previous.plan, plan) ? previous.hash : hashJson(plan as unknown as Json),
    diff: previous ? diffPlans(previous.plan, plan) : NO_DIFF,
    diagnostics: profile.content.profile === 'online' ? [] : findings(context),
    explanations: { view, reach: reached, scoped, opens, basis },
    automatic,
  };
}

/** The offline profiles of a model, by name. */
export function offlineProfiles(model: Model): readonly Profile[] {
  return [...model.all('navigationProfile').values()]
    .filter((profile) => profile.content.profile !== 'online')
    .sort((a, b) => compareCodePoints(a.qualifiedName, b.qualifiedName));
}

function idsOfKind(reached: Reach, kind: NodeKind): readonly ElementId[] {
  const ids: ElementId[] = [];
  for (const { kind: found, document } of reached.documents.values()) {
    if (found === kind && 'id' in document.content) ids.push(document.content.id);
  }
  return ids.sort();
}

function findings(context: PassContext): readonly Diagnostic[] {
  return PASSES.flatMap((pass) => [...pass.find(context)].map((finding) => diagnosticOf(pass.rule, finding)));
}
