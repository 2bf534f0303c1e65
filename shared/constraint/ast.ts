import type { Span } from '../base/diagnostic.ts';

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** One name of a path with what stands in brackets behind it. Which names are associations is the checker's to say. */
export interface ConstraintSegment {
  /** '' where the text breaks off. */
  readonly name: string;
  readonly span: Span;
  readonly reversed: boolean;
  readonly filters: readonly Condition[];
}

/** `sign` and `factor` times the fixed or calendar length named, as in `- 3 * [%DayLength%]`. */
export interface TokenTerm {
  readonly sign: 1 | -1;
  readonly factor: number;
  readonly length: string;
}

export type Operand =
  | { readonly kind: 'path'; readonly segments: readonly ConstraintSegment[]; readonly span: Span }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly nameSpan: Span;
      readonly segments: readonly ConstraintSegment[];
      readonly span: Span;
    }
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  /** Digits with an optional sign and point. */
  | { readonly kind: 'number'; readonly text: string; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'empty'; readonly span: Span }
  /** `'[%Name%]'`, with terms added to a moment. */
  | { readonly kind: 'token'; readonly name: string; readonly terms: readonly TokenTerm[]; readonly span: Span }
  /** `Module.Enumeration.Value` */
  | { readonly kind: 'value'; readonly name: string; readonly span: Span }
  | { readonly kind: 'constant'; readonly name: string; readonly span: Span }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly nameSpan: Span;
      readonly arguments: readonly Operand[];
      readonly span: Span;
    }
  | { readonly kind: 'hole'; readonly span: Span };

export type Condition =
  | { readonly kind: 'or' | 'and'; readonly operands: readonly Condition[]; readonly span: Span }
  | { readonly kind: 'not'; readonly operand: Condition; readonly span: Span }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Operand;
      readonly right: Operand;
      readonly span: Span;
    }
  /** An operand that stands alone: something is reached, a Boolean holds, a Boolean function. */
  | { readonly kind: 'alone'; readonly operand: Operand; readonly span: Span };

/** Adjacent brackets all have to hold; none at all holds for every object. */
export interface Constraint {
  readonly brackets: readonly Condition[];
  readonly span: Span;
}
