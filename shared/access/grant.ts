import type { ElementId } from '../base/ids.ts';

/**
 * One access rule compiled for one entity: to whom it applies, for which of the entity's own objects, and what it
 * then allows. Grants add up. Plain and serialisable; names are gone except in `constraint`'s text, which is parsed
 * and checked against the model of the same bundle.
 */
export interface Grant {
  /** Id of the access rule; the grant's identity. */
  readonly rule: ElementId;
  readonly entityId: ElementId;
  /** Ids of the user roles that have one of the rule's module roles. */
  readonly userRoles: readonly ElementId[];
  /** '' holds for every object. */
  readonly constraint: string;
  readonly constraintAfter?: string;
  readonly create: boolean;
  readonly delete: boolean;
  /** Member ids: attributes, owned associations, system members; inherited ones included. */
  readonly read: readonly ElementId[];
  readonly write: readonly ElementId[];
}
