import type { Grant } from '../access/grant.ts';
import type { ElementId } from '../base/ids.ts';
import type { SyncMode } from '../metamodel/navigation-profile.ts';
import type { ConstraintReads } from './constraint-reads.ts';

/** What SC9 asks of the plan so far. */
export interface OnDeviceContext {
  /** By entity id; absent: not in scope. */
  readonly entities: ReadonlyMap<
    ElementId,
    { readonly mode: SyncMode; readonly grants: readonly Grant[]; readonly members: ReadonlySet<ElementId> }
  >;
  readonly associations: ReadonlySet<ElementId>;
  /** An entity and its specialisations: whose objects a step may meet. */
  readonly concrete: (entity: ElementId) => readonly ElementId[];
}

/**
 * SC9: whether the device can judge the grant's constraint after local changes. Its own members must be there for each
 * of its roles; what a path reaches must be there whole, or an object that is missing would pass for one that is not.
 */
export function isOnDevice(grant: Grant, reads: ConstraintReads, context: OnDeviceContext): boolean {
  if (reads.beyond.length > 0) return false;
  return [...reads.members, ...reads.clocks].every(({ steps, member }) => {
    if (!steps.every((step) => context.associations.has(step.association))) return false;
    const last = steps.at(-1);
    if (!last) return readableByAll(grant, grant.entityId, [member], context, false);
    return steps.every((step, index) =>
      context
        .concrete(step.entity)
        .every((entity) => readableByAll(grant, entity, index === steps.length - 1 ? [member] : [], context, true)),
    );
  });
}

function readableByAll(
  grant: Grant,
  entity: ElementId,
  members: readonly ElementId[],
  context: OnDeviceContext,
  whole: boolean,
): boolean {
  const there = context.entities.get(entity);
  if (!there || !members.every((member) => there.members.has(member))) return false;
  if (whole && there.mode !== 'all') return false;
  return grant.userRoles.every(
    (role) =>
      members.every((member) => reads(there.grants, role, member, whole)) &&
      (!whole ||
        there.grants.some((one) => one.userRoles.includes(role) && one.constraint === '' && one.read.length > 0)),
  );
}

function reads(grants: readonly Grant[], role: ElementId, member: ElementId, unconstrained: boolean): boolean {
  return grants.some(
    (grant) =>
      grant.userRoles.includes(role) && grant.read.includes(member) && (!unconstrained || grant.constraint === ''),
  );
}
