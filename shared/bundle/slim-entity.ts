import type { JsonObject } from '../base/json.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { Entity } from '../metamodel/entity.ts';
import type { ModelDocument } from '../metamodel/model.ts';
import type { ScopePlan } from '../scope/plan.ts';

/** What of the domain model a device may know. */
export interface DeviceDomain {
  readonly view: DomainView;
  /** Qualified names of the plan's entities. */
  readonly planned: ReadonlySet<string>;
  /** Ids of members that stand on the device, whichever entity of the plan has them. */
  readonly members: ReadonlySet<string>;
  readonly associations: ReadonlySet<string>;
  /** Whether the device can run the flow of an event handler. */
  runs(flow: string): boolean;
}

export function deviceDomain(plan: ScopePlan, view: DomainView, runs: (flow: string) => boolean): DeviceDomain {
  return {
    view,
    planned: new Set(plan.entities.flatMap(({ id }) => view.byId(id)?.qualifiedName ?? [])),
    members: new Set(plan.entities.flatMap(({ members }) => members.map(({ id }) => id))),
    associations: new Set(plan.associations),
    runs,
  };
}

/**
 * An entity as a device sees it: no access rules, indexes or documentation, and of the members those of the plan. A
 * non-persistable entity lives on the device only and keeps all; the signed-in user's own entity does too, since the
 * session carries the user's readable members outside the plan. Of any other entity the name alone is left.
 */
export function slimEntity(document: ModelDocument<'entity'>, domain: DeviceDomain): JsonObject {
  const { content, source, qualifiedName } = document;
  const { view } = domain;
  const whole = !view.persistable(qualifiedName) || view.isA(qualifiedName, 'System.User');
  const attributes = content.attributes.filter(
    ({ id, type }) => (whole && type.kind !== 'HashedString') || domain.members.has(id),
  );
  const names = new Set(attributes.map(({ name }) => name));
  const associations = content.associations.filter(
    ({ id, to }) => domain.associations.has(id) || domain.members.has(id) || (whole && isOnDevice(to, domain)),
  );
  return {
    format: content.format,
    kind: 'entity',
    id: content.id,
    name: content.name,
    persistable: content.persistable,
    ...(content.generalization === undefined ? {} : { generalization: content.generalization }),
    systemMembers: systemMembers(content, qualifiedName, domain),
    attributes: picked(source.attributes, attributes),
    associations: picked(source.associations, associations),
    validationRules: picked(
      source.validationRules,
      content.validationRules.filter((rule) => names.has(rule.attribute) && otherIsKept(rule, names)),
    ),
    eventHandlers: picked(
      source.eventHandlers,
      content.eventHandlers.filter(({ flow }) => domain.planned.has(qualifiedName) && domain.runs(flow)),
    ),
    ...(content.conflictPolicy === undefined ? {} : { conflictPolicy: content.conflictPolicy }),
  };
}

function isOnDevice(entity: string, { view, planned }: DeviceDomain): boolean {
  return planned.has(entity) || !view.persistable(entity);
}

function systemMembers(content: Entity, name: string, domain: DeviceDomain): JsonObject {
  const holds =
    domain.planned.has(name) || domain.view.specialisations(name).some((other) => domain.planned.has(other));
  return holds || !content.persistable ? { ...content.systemMembers } : {};
}

function otherIsKept(rule: Entity['validationRules'][number], names: ReadonlySet<string>): boolean {
  return rule.kind !== 'equals' || rule.other === undefined || names.has(rule.other);
}

/** The entries as they stand in the file (shorter than with defaults), without documentation. */
function picked(source: unknown, kept: readonly { readonly id: string }[]): readonly JsonObject[] {
  const ids = new Set(kept.map(({ id }) => id));
  const entries = Array.isArray(source) ? (source as readonly JsonObject[]) : [];
  return entries.filter(({ id }) => ids.has(String(id))).map(({ documentation: _, ...entry }) => entry);
}
