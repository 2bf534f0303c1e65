import type { Reference } from '../../expression/reference.ts';
import { type Hover, hoverOf, hoverToken, referenceAt } from '../../expression/services/meaning.ts';
import type { ConstraintContext } from '../check.ts';
import { CONSTRAINT_FUNCTIONS } from '../functions.ts';
import { resolveConstraint } from '../resolve.ts';

export function hoverConstraint(text: string, offset: number, context: ConstraintContext): Hover | null {
  const reference = constraintReference(text, offset, context);
  const meanings = {
    view: context.view,
    variables: context.variables ?? new Map(),
    functionNamed: (name: string) => CONSTRAINT_FUNCTIONS.get(name),
  };
  return (reference && hoverOf(reference, meanings)) ?? hoverToken(text, offset, { hyphens: true });
}

/** The name at the caret that stands for something. */
export function constraintReference(text: string, offset: number, context: ConstraintContext): Reference | undefined {
  return referenceAt(resolveConstraint(text, context).references, offset);
}
