import type { Grant } from '../access/grant.ts';
import { accessMembers, grantsOf } from '../access/grants-of.ts';
import { derivedElementId, type ElementId } from '../base/ids.ts';
import { must } from '../base/invariant.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import { candidatesOf } from './candidates.ts';
import type { ReadsOf } from './constraint-reader.ts';
import type { ConstraintReads } from './constraint-reads.ts';
import { isOnDevice } from './on-device.ts';
import type { PlanEntity, PlanMember } from './plan.ts';
import type { Reach } from './reach.ts';
import { holdsRows, type ScopedEntity } from './scoped-entity.ts';

export interface PlanInput {
  readonly view: DomainView;
  readonly reach: Reach;
  readonly scoped: ReadonlyMap<string, ScopedEntity>;
  readonly readsOf: ReadsOf;
  /** Whether the profile keeps only the members that something on the device uses. */
  readonly usedOnly: boolean;
}

interface Draft {
  readonly scope: ScopedEntity;
  readonly id: ElementId;
  readonly grants: readonly { readonly grant: Grant; readonly reads: ConstraintReads }[];
  readonly profileReads: ConstraintReads;
  readonly members: readonly PlanMember[];
}

/** The plan's entities and associations: SC6 to SC10 for each entity in scope. Online ones are named and no more. */
export function planEntities(input: PlanInput): {
  entities: readonly PlanEntity[];
  associations: readonly ElementId[];
} {
  const associations = associationsInScope(input);
  const used = input.usedOnly ? usedMembers(input) : undefined;
  const drafts = [...input.scoped.values()].map((scope) => draft(scope, input, associations, used));
  const byId = new Map(
    drafts
      .filter(({ scope }) => scope.mode !== 'online')
      .map((one) => [
        one.id,
        {
          mode: one.scope.mode,
          grants: one.grants.map(({ grant }) => grant),
          members: new Set(one.members.map((member) => member.id)),
        },
      ]),
  );
  const { view } = input;
  const concrete = (id: ElementId): readonly ElementId[] => {
    const name = view.byId(id)?.qualifiedName;
    if (!name) return [id];
    return [id, ...view.specialisations(name).map((one) => must(view.entity(one), 'a specialisation exists').id)];
  };
  const held = new Set(
    drafts.flatMap((one) => one.members.filter((member) => member.kind === 'association').map((member) => member.id)),
  );
  const context = { entities: byId, associations: held, concrete };
  const entities = drafts.map(({ scope, id, grants, profileReads, members }): PlanEntity => {
    const reads = [...grants.map((one) => one.reads), profileReads];
    return {
      entity: scope.entity,
      id,
      mode: scope.mode,
      configured: scope.configured,
      constraint: scope.constraint,
      members,
      grants: grants.map(({ grant, reads: own }) => ({ ...grant, onDevice: isOnDevice(grant, own, context) })),
      candidates: scope.mode === 'online' ? [] : candidatesOf(reads),
      frame: frameOf(
        grants.map((one) => one.grant),
        reads,
        view,
      ),
    };
  });
  return { entities, associations: [...held].sort() };
}

function draft(
  scope: ScopedEntity,
  input: PlanInput,
  associations: ReadonlySet<ElementId>,
  used: ReadonlySet<ElementId> | undefined,
): Draft {
  const { view, readsOf } = input;
  const { id } = must(view.entity(scope.entity), 'entities in scope exist');
  const online = scope.mode === 'online';
  const grants = online
    ? []
    : grantsOf(view, scope.entity).map((grant) => ({ grant, reads: readsOf(scope.entity, grant.constraint) }));
  const judged = new Set(
    grants.flatMap(({ reads }) => reads.members.filter((read) => read.steps.length === 0).map((read) => read.member)),
  );
  const members = online
    ? []
    : accessMembers(view, scope.entity)
        .filter((member) => !member.secret && (member.kind === 'attribute' || associations.has(member.id)))
        .filter((member) => !used || used.has(member.id) || judged.has(member.id))
        .map(
          ({ id: member, name, kind }): PlanMember => ({
            id: member,
            name,
            kind,
            readableBy: readersOf(
              member,
              grants.map(({ grant }) => grant),
              view,
            ),
          }),
        )
        .filter((member) => member.readableBy.length > 0);
  return { scope, id, grants, profileReads: readsOf(scope.entity, scope.constraint), members };
}

function readersOf(member: ElementId, grants: readonly Grant[], view: DomainView): readonly ElementId[] {
  const readers = new Set(grants.filter((grant) => grant.read.includes(member)).flatMap((grant) => grant.userRoles));
  return view.model.security.userRoles.map((role) => role.id).filter((role) => readers.has(role));
}

/** SC7: associations both of whose ends hold rows on the device. */
function associationsInScope({ view, scoped }: PlanInput): ReadonlySet<ElementId> {
  const found = new Set<ElementId>();
  for (const { entity, mode } of scoped.values()) {
    if (mode === 'online') continue;
    for (const end of view.owned(entity)) if (holdsRows(end.to, scoped, view)) found.add(end.id);
  }
  return found;
}

/** SC6: members by id that something on the device reads or writes, links passed included. */
function usedMembers({ view, reach }: PlanInput): ReadonlySet<ElementId> {
  const used = new Set<ElementId>();
  for (const { entity, fact } of reach.members) {
    const attribute = view.attributes(entity).get(fact.member);
    const end = attribute
      ? undefined
      : (view.step(entity, fact.member) ?? view.owned(entity).find((one) => one.name === fact.member));
    const id = attribute?.id ?? end?.id;
    if (id) used.add(id);
  }
  return used;
}

/** What decides over rows beside the model and the rows themselves; whoever it changes for is reconciled. */
function frameOf(grants: readonly Grant[], reads: readonly ConstraintReads[], view: DomainView): PlanEntity['frame'] {
  const userMembers = [...new Set(reads.flatMap((one) => one.userMembers))].sort();
  const everybody = view.model.security.userRoles.length;
  return {
    userMembers,
    roles: grants.some((grant) => grant.userRoles.length < everybody) || userMembers.includes(USER_ROLES),
    zone: reads.some((one) => one.zone),
  };
}

const USER_ROLES = derivedElementId('System.UserRoles');
