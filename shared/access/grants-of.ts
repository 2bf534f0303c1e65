import type { ElementId } from '../base/ids.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { AccessRule, MemberRight } from '../metamodel/entity.ts';
import type { Model } from '../metamodel/model.ts';
import type { Grant } from './grant.ts';
import { systemGrants } from './system-grants.ts';

/** A member as access rules see it. */
export interface AccessMember {
  readonly id: ElementId;
  readonly name: string;
  readonly kind: 'attribute' | 'association';
  /** Hashed strings leave the service for nobody, whatever a rule says. */
  readonly secret: boolean;
  /** Values that the service makes: no rule lets anybody write them. */
  readonly owned: boolean;
}

const memberCache = new WeakMap<DomainView, Map<string, readonly AccessMember[]>>();

/** Members that rules of the entity may name: attributes and owned associations, inherited and system ones included. */
export function accessMembers(view: DomainView, entity: string): readonly AccessMember[] {
  let known = memberCache.get(view);
  if (!known) {
    known = new Map();
    memberCache.set(view, known);
  }
  let members = known.get(entity);
  if (!members) {
    members = computeMembers(view, entity);
    known.set(entity, members);
  }
  return members;
}

function computeMembers(view: DomainView, entity: string): readonly AccessMember[] {
  const members: AccessMember[] = [];
  for (const member of view.attributes(entity).values()) {
    members.push({
      id: member.id,
      name: member.name,
      kind: 'attribute',
      secret: member.type.kind === 'HashedString',
      owned:
        member.system !== undefined ||
        member.type.kind === 'AutoNumber' ||
        member.attribute?.calculatedBy !== undefined,
    });
  }
  for (const end of view.owned(entity)) {
    members.push({ id: end.id, name: end.name, kind: 'association', secret: false, owned: end.system !== undefined });
  }
  return members;
}

/**
 * The entity's access rules compiled, in their order. Only its own: rules are not inherited, so that a specialisation
 * without rules is open to nobody. Rules whose module roles no user role has are left out.
 */
export function grantsOf(view: DomainView, entity: string): readonly Grant[] {
  const document = view.document(entity);
  if (!document) return [];
  if (document.module === 'System') return systemGrants(view, entity);
  const members = accessMembers(view, entity);
  const grants: Grant[] = [];
  for (const rule of document.content.accessRules) {
    const userRoles = userRolesOf(view.model, document.module, rule.moduleRoles);
    if (userRoles.length > 0) grants.push(grantOf(rule, document.content.id, userRoles, members));
  }
  return grants;
}

/** Ids of the user roles that have one of the module's roles, in the order of security.json. */
export function userRolesOf(model: Model, module: string, moduleRoles: readonly string[]): readonly ElementId[] {
  const wanted = new Set(moduleRoles.map((role) => `${module}.${role}`));
  return model.security.userRoles
    .filter((role) => role.moduleRoles.some((name) => wanted.has(name)))
    .map((role) => role.id);
}

/** What a rule says of a member: its own word, else the rule's default. An association may be named with its module. */
export function memberRight(rule: AccessRule, name: string): MemberRight {
  if (Object.hasOwn(rule.members, name)) return rule.members[name] ?? rule.defaultMemberRights;
  const qualified = Object.keys(rule.members).find((key) => key.endsWith(`.${name}`));
  return (qualified && rule.members[qualified]) || rule.defaultMemberRights;
}

function grantOf(
  rule: AccessRule,
  entityId: ElementId,
  userRoles: readonly ElementId[],
  members: readonly AccessMember[],
): Grant {
  const rights = members.map((member) => ({ member, right: memberRight(rule, member.name) }));
  return {
    rule: rule.id,
    entityId,
    userRoles,
    constraint: rule.constraint,
    ...(rule.constraintAfter ? { constraintAfter: rule.constraintAfter } : {}),
    create: rule.create,
    delete: rule.delete,
    read: rights.filter(({ member, right }) => right !== 'none' && !member.secret).map(({ member }) => member.id),
    write: rights.filter(({ member, right }) => right === 'readWrite' && !member.owned).map(({ member }) => member.id),
  };
}
