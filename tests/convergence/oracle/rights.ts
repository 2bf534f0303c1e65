import type { Cell } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { derivedElementId } from '@skerry/shared/base/ids';
import type { BindingEnvironment } from '@skerry/shared/constraint/bind-values';
import type { ResolvedConstraint } from '@skerry/shared/constraint/resolved';
import { type ObjectReader, toPredicate } from '@skerry/shared/constraint/to-predicate';
import { UTC } from '@skerry/shared/expression/local-time';
import type { Access, AppRules } from './app-rules.ts';
import { ownersOf, type State, targetsOf } from './objects.ts';

export const USER_ROLES = derivedElementId('System.UserRoles');
const ROLE_NAME = derivedElementId('System.UserRole/Name');

/** Who looks, at what moment. Roles are those of the state. */
export interface Viewer {
  readonly user: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A user's eyes on one state under one release. */
export interface Eyes {
  /** Whether the constraint holds for the object; null holds for all. */
  holds(constraint: ResolvedConstraint | null, id: string): boolean;
  /** Rules of the user's roles that hold for the object as it stands. */
  accesses(id: string): readonly Access[];
}

export function rolesOf(state: State, user: string): readonly string[] {
  return targetsOf(state.get(user), USER_ROLES).map((role) => String(state.get(role)?.cells[ROLE_NAME]));
}

/** @param roles where they are not those of the state: a batch is judged by the roles its user had when it came */
export function eyesOf(
  rules: AppRules,
  state: State,
  viewer: Viewer,
  roles = rolesOf(state, viewer.user),
  known: State = state,
): Eyes {
  const reader = readerOf(rules, state);
  const environment = environmentOf(rules, known, viewer);
  const tests = new Map<ResolvedConstraint, (id: string) => boolean>();
  const holds = (constraint: ResolvedConstraint | null, id: string): boolean => {
    if (constraint === null) return true;
    let test = tests.get(constraint);
    if (!test) {
      const predicate = toPredicate(constraint, environment);
      test = (object) => predicate(object as ObjectId, reader);
      tests.set(constraint, test);
    }
    return test(id);
  };
  return {
    holds,
    accesses(id) {
      const entity = rules.entities.get(state.get(id)?.entity ?? '');
      return (entity?.access ?? []).filter((one) => roles.some((role) => one.roles.has(role)) && holds(one.before, id));
    },
  };
}

function readerOf(rules: AppRules, state: State): ObjectReader {
  return {
    entityOf: (id) => {
      const object = state.get(id);
      return object && (rules.entities.get(object.entity)?.id as ElementId | undefined);
    },
    cell: (id, member): Cell => state.get(id)?.cells[member] ?? null,
    reach: (id, association, direction) =>
      (direction === 'forward'
        ? targetsOf(state.get(id), association)
        : ownersOf(state, association, id)) as readonly ObjectId[],
  };
}

function environmentOf(rules: AppRules, state: State, viewer: Viewer): BindingEnvironment {
  const user = state.get(viewer.user);
  const own = rules.entities.get(user?.entity ?? '');
  const self = { kind: 'object', entity: own?.qualifiedName ?? 'System.User', id: viewer.user as ObjectId } as const;
  return {
    session: {
      user: viewer.user as ObjectId,
      userEntity: self.entity,
      roles: [],
      zone: 'UTC',
      transitions: UTC,
      locale: 'en',
      firstDayOfWeek: 1,
      now: viewer.now,
    },
    variable: (name) => (name === 'currentUser' ? self : undefined),
    read: (_, member) => {
      const attribute = [...(own?.attributes.values() ?? [])].find((one) => one.name === member);
      const cell = user?.cells[attribute?.id ?? ''] ?? null;
      if (attribute && attribute.type !== 'String')
        throw new Error(`The reference model reads only texts of the user, not ${member}.`);
      return cell;
    },
    follow: () => null,
    constant: () => null,
    isA: rules.isA,
  };
}
