import type { Diagnostic } from '../base/diagnostic.ts';
import type { Reference } from '../expression/reference.ts';
import type { Constraint } from './ast.ts';
import { type ConstraintContext, checkConstraint } from './check.ts';
import { parseConstraint } from './parse.ts';
import type { ResolvedConstraint } from './resolved.ts';

export interface ConstraintAnalysis {
  readonly tree: Constraint;
  /** The parser's and the checker's. */
  readonly diagnostics: readonly Diagnostic[];
  readonly references: readonly Reference[];
  /** Null when anything is wrong. */
  readonly resolved: ResolvedConstraint | null;
}

/** Parses and checks a text in one go. '' is the constraint that holds for every object. */
export function resolveConstraint(text: string, context: ConstraintContext): ConstraintAnalysis {
  const { tree, diagnostics: parsed } = parseConstraint(text);
  const { diagnostics, references, resolved } = checkConstraint(tree, context);
  return { tree, diagnostics: [...parsed, ...diagnostics], references, resolved: parsed.length > 0 ? null : resolved };
}
