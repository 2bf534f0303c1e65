import { derivedElementId, type ElementId } from '../base/ids.ts';
import { must } from '../base/invariant.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { Grant } from './grant.ts';

/** Rules of entities that belong to one user: they read their own objects and nobody else's. */
const OWN: { readonly [entity: string]: string } = {
  'System.User': "[id = '[%CurrentUser%]']",
  'System.Device': "[System.Device_User = '[%CurrentUser%]']",
  'System.SynchronizationSession':
    "[System.SynchronizationSession_Device/System.Device/System.Device_User = '[%CurrentUser%]']",
  'System.SynchronizationError': "[System.SynchronizationError_User = '[%CurrentUser%]']",
  'System.SynchronizationConflict': "[System.SynchronizationConflict_User = '[%CurrentUser%]']",
};

/** Members of a user that nobody edits through access rules: the service keeps them. */
const KEPT_BY_SERVICE = new Set(['Password', 'LastLogin']);

/**
 * Access to the System module: built in, since it has no rules in a project. Everybody reads what is their own and
 * the names of the roles; a role with `manages` reads and edits the users of those roles. A file's or picture's rules
 * stand at the app's specialisation.
 */
export function systemGrants(view: DomainView, entity: string): readonly Grant[] {
  const everybody = view.model.security.userRoles.map((role) => role.id);
  if (everybody.length === 0) return [];
  const grants: Grant[] = [];
  const constraint = OWN[entity];
  if (constraint) grants.push(systemGrant(view, entity, { name: 'own', userRoles: everybody, constraint }));
  if (entity === 'System.UserRole') {
    grants.push(systemGrant(view, entity, { name: 'names', userRoles: everybody, constraint: '' }));
  }
  if (entity === 'System.User') {
    for (const role of view.model.security.userRoles.filter((one) => one.manages.length > 0)) {
      const named = role.manages.map((name) => `System.UserRoles/System.UserRole/Name = '${name}'`).join(' or ');
      const wanted = { name: `manages/${role.id}`, userRoles: [role.id], constraint: `[${named}]`, edit: true };
      grants.push(systemGrant(view, entity, wanted));
    }
  }
  return grants;
}

interface Wanted {
  readonly name: string;
  readonly userRoles: readonly ElementId[];
  readonly constraint: string;
  readonly edit?: boolean;
}

function systemGrant(view: DomainView, entity: string, wanted: Wanted): Grant {
  const attributes = [...view.attributes(entity).values()];
  const links = view.owned(entity).map((end) => end.id);
  const editable = attributes.filter((member) => !KEPT_BY_SERVICE.has(member.name)).map((member) => member.id);
  return {
    rule: derivedElementId(`${entity}/rule/${wanted.name}`),
    entityId: must(view.entity(entity), `${entity} is built in`).id,
    userRoles: wanted.userRoles,
    constraint: wanted.constraint,
    create: false,
    delete: false,
    read: [...attributes.filter((member) => member.type.kind !== 'HashedString').map((member) => member.id), ...links],
    write: wanted.edit ? editable : [],
  };
}
