import type { ElementId } from '@skerry/shared/base/ids';
import type { ResolvedConstraint } from '@skerry/shared/constraint/resolved';
import type { DomainView } from '@skerry/shared/metamodel/domain-view';
import type { SyncMode } from '@skerry/shared/metamodel/navigation-profile';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import type { ScopePlan } from '@skerry/shared/scope/plan';
import { resolveConstraint } from './active-model.ts';

/** What devices of one bundle hold, by ids: the profile's part of the scope. The access rules are the active model's. */
export interface DeviceScope {
  readonly version: string;
  readonly profile: string;
  readonly planHash: string;
  /** Newest release that the service knows for the profile is another question: see Releases. */
  readonly entities: readonly ScopedEntity[];
  /** Microflows its pages and flows may call. */
  readonly microflowCalls: ReadonlySet<string>;
}

export interface ScopedEntity {
  readonly id: ElementId;
  readonly name: string;
  readonly mode: SyncMode;
  /** The profile's constraint, resolved with the model it was written in; null for none. */
  readonly constraint: ResolvedConstraint | null;
  /** Members with a column on the device, in the device's order. */
  readonly columns: readonly ElementId[];
  /** Associations owned by the entity whose links stand in tables on the device. */
  readonly sets: readonly ElementId[];
}

/** @param view the model that the bundle was made from: its names are those of the plan's constraints */
export function deviceScope(
  version: string,
  planHash: string,
  scope: ScopePlan,
  relational: RelationalPlan,
  view: DomainView,
): DeviceScope {
  const lineage = (id: ElementId) => {
    const document = view.byId(id);
    return document ? view.lineage(document.qualifiedName).map((name) => view.entity(name)?.id) : [];
  };
  const linked = new Set(relational.tables.flatMap((table) => (table.kind === 'link' ? [table.associationId] : [])));
  const entities = scope.entities.map((entity): ScopedEntity => {
    const table = relational.tables.find((one) => one.kind === 'entity' && one.entityId === entity.id);
    const above = new Set(lineage(entity.id));
    const constraint = entity.constraint === '' ? null : resolveConstraint(view, entity.entity, entity.constraint);
    return {
      id: entity.id,
      name: entity.entity,
      mode: entity.mode,
      // A constraint that does not check lets nothing through; publishing refuses such a bundle.
      constraint: constraint === undefined ? nothing(entity.id) : constraint,
      columns: table?.kind === 'entity' ? table.columns.map((column) => column.memberId) : [],
      sets: relational.associations.filter((one) => linked.has(one.id) && above.has(one.from)).map((one) => one.id),
    };
  });
  return { version, profile: scope.profile, planHash, entities, microflowCalls: new Set(scope.microflowCalls) };
}

function nothing(entity: ElementId): ResolvedConstraint {
  return { entity, entities: [entity], condition: { kind: 'always', value: false } };
}
