import type { Span } from '../base/diagnostic.ts';

/** `&` is `+` between texts: only the checker, which knows the types, writes it; the text of both is `+`. */
export type BinaryOperator =
  | 'or'
  | 'and'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '&'
  | '-'
  | '*'
  | 'div'
  | 'mod';

/** One name of a path: an association, an entity, or at the end a member. */
export interface PathSegment {
  /** As written; '' where the text breaks off. */
  readonly name: string;
  readonly span: Span;
}

/** An expression as written. Parentheses are not kept; printing puts back those that are needed. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  /** Digits, perhaps with a point. */
  | { readonly kind: 'number'; readonly text: string; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'empty'; readonly span: Span }
  /** `[%Name%]` */
  | { readonly kind: 'token'; readonly name: string; readonly span: Span }
  /** `Module.Enumeration.Value`; anything else that is only a name is here too and refused by the checker. */
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  /** `@Module.Constant` */
  | { readonly kind: 'constant'; readonly name: string; readonly span: Span }
  /** `$variable` and what is reached from it. `variable` is without `$`. */
  | {
      readonly kind: 'path';
      readonly variable: string;
      readonly variableSpan: Span;
      readonly segments: readonly PathSegment[];
      readonly span: Span;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly nameSpan: Span;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    }
  | { readonly kind: 'negate'; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
      readonly span: Span;
    }
  /** Where an operand is missing or cannot be read. */
  | { readonly kind: 'hole'; readonly span: Span };

export type ExpressionOf<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>;
