import type { Type } from '../expression/type.ts';
import type { ComparisonType, ResolvedCondition, ResolvedObjects, ResolvedValue } from './resolved.ts';

/** An operand as the checker sees it, before it is known what it is compared with. */
export type Judged =
  | {
      readonly kind: 'value';
      readonly value: ResolvedValue;
      readonly type: Type /** A DateTime member that is not localised. */;
      readonly wallClock?: boolean;
    }
  /** `entity` is what is known of the objects' entity. */
  | { readonly kind: 'objects'; readonly objects: ResolvedObjects; readonly entity: string }
  /** A text in quotes, which may mean an enumeration's value. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' }
  /** A function that is true or false, and the words true and false. */
  | { readonly kind: 'condition'; readonly condition: ResolvedCondition }
  /** A mistake that has been reported. */
  | { readonly kind: 'broken' };

export const BROKEN: Judged = { kind: 'broken' };

/** How values of a type are compared; null for those that are not. */
export function comparisonTypeOf(type: Type): ComparisonType | null {
  switch (type.kind) {
    case 'String':
      return 'text';
    case 'Integer':
      return 'integer';
    case 'Long':
      return 'long';
    case 'Decimal':
      return 'decimal';
    case 'Boolean':
      return 'boolean';
    case 'DateTime':
      return 'dateTime';
    case 'Enumeration':
      return 'enumeration';
    default:
      return null;
  }
}
