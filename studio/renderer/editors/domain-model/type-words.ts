import type { AttributeType } from '@skerry/shared/metamodel/entity';

/** Codicons of attribute types. */
const ICONS: { readonly [K in AttributeType['kind']]: string } = {
  String: 'symbol-string',
  Integer: 'symbol-number',
  Long: 'symbol-number',
  Decimal: 'symbol-operator',
  Boolean: 'pass',
  DateTime: 'calendar',
  Enumeration: 'symbol-enum',
  AutoNumber: 'list-ordered',
  HashedString: 'lock',
  Binary: 'file-binary',
};

export function typeIcon(type: AttributeType): string {
  return ICONS[type.kind];
}

/** A type in a word or two: `String 200`, `Severity`. */
export function typeWord(type: AttributeType): string {
  switch (type.kind) {
    case 'String':
      return type.length === null ? 'String ∞' : `String ${type.length}`;
    case 'Enumeration':
      return type.enumeration.slice(type.enumeration.indexOf('.') + 1);
    default:
      return type.kind;
  }
}

/** What an attribute can be, enumerations apart, in the order of use. */
export const PLAIN_TYPES: readonly AttributeType[] = [
  { kind: 'String', length: 200 },
  { kind: 'String', length: null },
  { kind: 'Integer' },
  { kind: 'Long' },
  { kind: 'Decimal' },
  { kind: 'Boolean' },
  { kind: 'DateTime', localize: true },
  { kind: 'AutoNumber', start: 1 },
  { kind: 'HashedString' },
  { kind: 'Binary' },
];
