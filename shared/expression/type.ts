import type { DataType } from '../metamodel/data-type.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { AttributeType } from '../metamodel/entity.ts';

/** What an expression gives: a data type, `Empty` for the literal, `Unknown` where a mistake has been reported already. */
export type Type = DataType | { readonly kind: 'Empty' } | { readonly kind: 'Unknown' };

export const BOOLEAN: Type = { kind: 'Boolean' };
export const INTEGER: Type = { kind: 'Integer' };
export const LONG: Type = { kind: 'Long' };
export const DECIMAL: Type = { kind: 'Decimal' };
export const STRING: Type = { kind: 'String' };
export const DATE_TIME: Type = { kind: 'DateTime' };
export const EMPTY: Type = { kind: 'Empty' };
export const UNKNOWN: Type = { kind: 'Unknown' };

/** Type of a member's value; an AutoNumber reads as Long. HashedString has none: nothing may read it. */
export function typeOfAttribute(type: AttributeType): Type | null {
  switch (type.kind) {
    case 'String':
    case 'Integer':
    case 'Long':
    case 'Decimal':
    case 'Boolean':
    case 'DateTime':
    case 'Binary':
      return { kind: type.kind };
    case 'Enumeration':
      return { kind: 'Enumeration', enumeration: type.enumeration };
    case 'AutoNumber':
      return LONG;
    case 'HashedString':
      return null;
  }
}

export function isNumeric(type: Type): boolean {
  return type.kind === 'Integer' || type.kind === 'Long' || type.kind === 'Decimal';
}

/** For messages: `Enumeration Field.Status`, `list of Field.Site`. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case 'Enumeration':
      return `the enumeration ${type.enumeration}`;
    case 'Object':
      return `an object of ${type.entity}`;
    case 'List':
      return `a list of ${type.entity}`;
    case 'Empty':
      return 'empty';
    case 'Unknown':
      return 'an unknown type';
    case 'Nothing':
      return 'nothing';
    default:
      return type.kind;
  }
}

/**
 * Whether a value of one type may stand where the other is wanted. Integer and Long stand for each other (what does not
 * fit is an error when it runs) and for Decimal; a specialisation's object for one of the generalization.
 */
export function isAssignable(from: Type, to: Type, view: DomainView): boolean {
  if (from.kind === 'Unknown' || to.kind === 'Unknown' || from.kind === 'Empty') return true;
  const isWhole = from.kind === 'Integer' || from.kind === 'Long';
  if (isWhole) return to.kind === 'Integer' || to.kind === 'Long' || to.kind === 'Decimal';
  if (from.kind === 'Enumeration') return to.kind === 'Enumeration' && from.enumeration === to.enumeration;
  if (from.kind === 'Object' || from.kind === 'List') return to.kind === from.kind && view.isA(from.entity, to.entity);
  return from.kind === to.kind;
}
