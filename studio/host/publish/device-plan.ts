import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import { planTables } from '@skerry/shared/relational/plan-tables';
import type { ScopePlan } from '@skerry/shared/scope/plan';

/** The tables of a device: what the scope plan says it holds, and nothing else. */
export function devicePlan(model: Model, scope: ScopePlan): RelationalPlan {
  const held = scope.entities.filter((entity) => entity.mode !== 'online');
  const view = domainView(model);
  return planTables(model, {
    entities: new Set(held.map((entity) => entity.entity).filter((name) => view.persistable(name))),
    members: new Map(held.map((entity) => [entity.entity, new Set<string>(entity.members.map((member) => member.id))])),
    associations: new Set(scope.associations),
  });
}
