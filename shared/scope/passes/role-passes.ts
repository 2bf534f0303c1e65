import type { Grant } from '../../access/grant.ts';
import { type AccessMember, accessMembers } from '../../access/grants-of.ts';
import type { ElementId } from '../../base/ids.ts';
import type { DomainView } from '../../metamodel/domain-view.ts';
import { visibleTo } from '../opens.ts';
import type { PlanEntity } from '../plan.ts';
import { entityLocation, type Finding, type Pass, type PassContext } from './pass.ts';

function grantsByRole(entity: PlanEntity, role: ElementId): readonly Grant[] {
  return entity.grants.filter((grant) => grant.userRoles.includes(role));
}

/** Whether devices of the role get rows of the entity at all. */
function hasRows(entity: PlanEntity, role: ElementId): boolean {
  return grantsByRole(entity, role).some((grant) => grant.read.length > 0);
}

/** SC8: what a role can open must not live on members the role may not read. */
export const memberWithheld: Pass = {
  rule: {
    code: 'scope/member-withheld',
    severity: 'error',
    meaning:
      'A page or flow that a role can open reads a member that no access rule lets the role read, so it is empty on its devices.',
    remedy: 'Let the role read the member, or hide the place from the role.',
  },
  *find(context) {
    const byName = new Map(context.plan.entities.map((entity) => [entity.entity, entity]));
    const reported = new Set<string>();
    const readBy = readers();
    const roles = context.model.security.userRoles.map((role) => ({
      role,
      documents: context.opens.get(role.name)?.documents,
    }));
    for (const { at, entity, fact } of context.reach.members) {
      const planned = byName.get(entity);
      // A calculated attribute of which the user may not read every input keeps the service's last value.
      if (!planned || planned.mode === 'online' || fact.access !== 'read' || at.kind === 'entity') continue;
      const member = memberOf(context, entity, fact.member);
      if (!member || member.secret) continue;
      for (const { role, documents } of roles) {
        if (!documents?.has(at.key) || !visibleTo(fact.place, role)) continue;
        const read = readBy(planned, role.id);
        if (read.size === 0 || read.has(member.id)) continue;
        const key = `${role.id} ${at.key} ${fact.place.element} ${member.id}`;
        if (reported.has(key)) continue;
        reported.add(key);
        yield {
          location: { at, place: fact.place },
          message: `${role.name} can open this and has rows of ${entity}, but no access rule lets ${role.name} read ${entity}/${member.name}: it is empty there. Let the role read it, or hide this from the role.`,
        };
      }
    }
  },
};

const known = new WeakMap<DomainView, Map<string, ReadonlyMap<string, AccessMember>>>();

/** A member by its name, or an association by its qualified one. */
function memberOf({ view }: PassContext, entity: string, name: string): AccessMember | undefined {
  let byEntity = known.get(view);
  if (!byEntity) {
    byEntity = new Map();
    known.set(view, byEntity);
  }
  let members = byEntity.get(entity);
  if (!members) {
    members = membersByName(view, entity);
    byEntity.set(entity, members);
  }
  return members.get(name);
}

function membersByName(view: DomainView, entity: string): ReadonlyMap<string, AccessMember> {
  const members = accessMembers(view, entity);
  const byName = new Map(members.toReversed().map((member) => [member.name, member]));
  for (const end of view.owned(entity)) {
    const member = members.find((one) => one.id === end.id);
    if (member && !byName.has(end.qualifiedName)) byName.set(end.qualifiedName, member);
  }
  return byName;
}

/** Members that grants of the role read, entity by entity: most uses ask for the same. */
function readers(): (entity: PlanEntity, role: ElementId) => ReadonlySet<ElementId> {
  const byRole = new Map<ElementId, Map<PlanEntity, ReadonlySet<ElementId>>>();
  return (entity, role) => {
    let byEntity = byRole.get(role);
    if (!byEntity) {
      byEntity = new Map();
      byRole.set(role, byEntity);
    }
    let read = byEntity.get(entity);
    if (!read) {
      read = new Set(grantsByRole(entity, role).flatMap((grant) => grant.read));
      byEntity.set(entity, read);
    }
    return read;
  };
}

/** Members of hashed strings never leave the service, so that reading one on a device is always a mistake. */
export const hashedStringRead: Pass = {
  rule: {
    code: 'scope/hashed-string-on-device',
    severity: 'error',
    meaning: 'Something on the device reads a hashed string, which never leaves the service.',
    remedy: 'Remove it, or check it in a microflow.',
  },
  *find(context) {
    for (const { at, entity, fact } of context.reach.members) {
      if (fact.access !== 'read' || !memberOf(context, entity, fact.member)?.secret) continue;
      yield {
        location: { at, place: fact.place },
        message: `${entity}/${fact.member} is a hashed string and never leaves the service. Check it in a microflow instead.`,
      };
    }
  },
};

/** SC8: rows that arrive for nobody. */
export const rowsNotShown: Pass = {
  rule: {
    code: 'scope/rows-not-shown',
    severity: 'information',
    meaning: 'A role receives rows of an entity that nothing it can open uses.',
    remedy: "Narrow the access rule or the profile's constraint for that role.",
  },
  *find(context): Generator<Finding> {
    for (const entity of context.plan.entities) {
      if (entity.mode !== 'all' && entity.mode !== 'constrained') continue;
      const sites = context.scoped.get(entity.entity)?.use.sites ?? [];
      for (const role of context.plan.roles) {
        if (!hasRows(entity, role.id)) continue;
        const opens = context.opens.get(role.name);
        const shown = sites.some(
          ({ at, fact, inherited }) =>
            inherited || at.kind === 'navigation' || (opens?.documents.has(at.key) && visibleTo(fact.place, role)),
        );
        if (shown) continue;
        yield {
          location: entityLocation(context, entity.entity),
          message: `${role.name} receives rows of ${entity.entity}, but nothing it can open in ${context.profile.qualifiedName} uses them. Narrow its access rule, or constrain the download.`,
        };
      }
    }
  },
};

/** SC8: a filter that every use repeats could be the profile's. */
export const sharedFilter: Pass = {
  rule: {
    code: 'scope/shared-filter',
    severity: 'information',
    meaning: 'Everything that uses an entity applies the same constraint, so devices download rows that nothing shows.',
    remedy: "Make it the profile's constraint for the entity.",
  },
  *find(context) {
    for (const { entity, mode, use } of context.scoped.values()) {
      if (mode !== 'all') continue;
      const sources = use.sites.filter((site) => site.fact.how === 'source');
      const first = sources[0]?.fact.constraint ?? '';
      // What names a variable of a page or flow means nothing to the service.
      if (first === '' || /\$(?!currentUser\b)/.test(first) || !sources.every((site) => site.fact.constraint === first))
        continue;
      yield {
        location: entityLocation(context, entity),
        message: `Everything in ${context.profile.qualifiedName} that uses ${entity} filters by ${first}. Devices could download only those: set the mode "constrained" with it.`,
        fixes: [
          {
            title: 'Use it for the download',
            command: 'profile.setMode',
            arguments: { profile: context.profile.qualifiedName, entity, mode: 'constrained', constraint: first },
          },
        ],
      };
    }
  },
};
