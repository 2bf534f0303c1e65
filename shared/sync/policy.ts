/** The entity's answer to conflicts, as the model states it (metamodel/conflict-policy), without names. */
export type Policy =
  | { readonly kind: 'lastWins' | 'firstWins' | 'review' | 'microflow' }
  | { readonly kind: 'merge'; readonly overlap: 'firstWins' | 'review' };

/** A member's own answer; `inherit` leaves it to the entity's. */
export type MemberPolicy = 'inherit' | 'lastWins' | 'firstWins' | 'sum' | 'review';

/** Types whose values can be added (SY15). */
export type NumberType = 'integer' | 'long' | 'decimal';
