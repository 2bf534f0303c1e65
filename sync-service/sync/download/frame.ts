import { hashJson } from '@skerry/shared/base/hash';
import type { Json } from '@skerry/shared/base/json';
import { constraintReads } from '@skerry/shared/scope/constraint-reads';
import { condition } from '../rights.ts';
import { atMoment, type Viewpoint } from '../viewpoint.ts';
import type { EntityScope } from './scope-query.ts';

/**
 * All that decides over an entity's scope beside the rows and the clock, as one hash (design 6.5): columns, constraint,
 * the rules that apply to the user's roles, and what they ask of the user. Two equal frames have the same predicate.
 */
export function frameOf(viewpoint: Viewpoint, scope: EntityScope): string {
  // At a fixed instant what is bound into the conditions is what the user, and nothing but the user, contributes.
  const timeless = atMoment(viewpoint, 0);
  const { session } = viewpoint.environment;
  const constraints = [scope.scoped.constraint, ...scope.grants.map((one) => one.constraint)];
  const usesZone = constraints.some((one) => one !== null && constraintReads(one).zone);
  const bound = constraints.map((one) => condition(timeless, one, scope.info.id, 'o').parameters.map(String));
  const onDevice = new Set<string>(scope.scoped.columns);
  const calculated = scope.info.calculated.filter(({ id }) => onDevice.has(id)).map(({ id, text }) => [id, text]);
  return hashJson({
    mode: scope.scoped.mode,
    columns: scope.scoped.columns,
    sets: scope.scoped.sets,
    constraints: constraints as unknown as Json,
    bound,
    grants: scope.grants.map(({ grant }) => ({
      rule: grant.rule,
      read: grant.read,
      write: grant.write,
      delete: grant.delete,
    })),
    // A release that calculates otherwise changes values without a change of their objects.
    ...(calculated.length > 0 ? { calculated } : {}),
    user: session.user,
    place: usesZone ? [session.zone, session.firstDayOfWeek] : null,
  }).slice(0, 24);
}
