import type { ElementId } from '../base/ids.ts';
import type { Grant } from './grant.ts';

/** What a user may do with one object: the sum of the grants that hold for it. */
export interface Rights {
  /** Rules that hold, in the entity's order: the part of a row's content that says why it is there. */
  readonly rules: readonly ElementId[];
  readonly read: ReadonlySet<ElementId>;
  readonly write: ReadonlySet<ElementId>;
  readonly create: boolean;
  readonly delete: boolean;
}

const NO_RIGHTS: Rights = { rules: [], read: new Set(), write: new Set(), create: false, delete: false };

/** Adds up grants that are already known to hold. */
export function rightsOf(holding: readonly Grant[]): Rights {
  if (holding.length === 0) return NO_RIGHTS;
  return {
    rules: holding.map((grant) => grant.rule),
    read: new Set(holding.flatMap((grant) => grant.read)),
    write: new Set(holding.flatMap((grant) => grant.write)),
    create: holding.some((grant) => grant.create),
    delete: holding.some((grant) => grant.delete),
  };
}

/** Grants that belong to one of the user's roles, whatever the object. */
export function grantsFor(grants: readonly Grant[], roles: readonly ElementId[]): readonly Grant[] {
  return grants.filter((grant) => grant.userRoles.some((role) => roles.includes(role)));
}

/**
 * Rights in one object. Device and service both call this, so that they cannot disagree.
 *
 * @param grants those of the object's own entity; a generalization's never count
 * @param holds whether a constraint is true for the object in the state that matters: before an update or a delete,
 *   after a create; '' is never asked
 * @param roles ids of the user's roles
 */
export function evaluateRights(
  grants: readonly Grant[],
  holds: (constraint: string) => boolean,
  roles: readonly ElementId[],
): Rights {
  const answers = new Map<string, boolean>([['', true]]);
  const ask = (constraint: string): boolean => {
    const known = answers.get(constraint);
    if (known !== undefined) return known;
    const answer = holds(constraint);
    answers.set(constraint, answer);
    return answer;
  };
  return rightsOf(grantsFor(grants, roles).filter((grant) => ask(grant.constraint)));
}
