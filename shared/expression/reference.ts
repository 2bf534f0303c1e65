import type { Span } from '../base/diagnostic.ts';

export type ReferenceKind =
  | 'attribute'
  | 'association'
  | 'entity'
  | 'enumeration'
  | 'enumerationValue'
  | 'constant'
  | 'variable'
  | 'userRole'
  | 'function';

/** A name in a text that stands for something: what rename rewrites and find-usages lists. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** Qualified where the kind has qualified names; an attribute is `Module.Entity/Name` of the entity that declares it. */
  readonly name: string;
  /** Element id, where the model has one. */
  readonly id?: string;
  /** Of the name itself: for an enumeration value all three parts. */
  readonly span: Span;
}
