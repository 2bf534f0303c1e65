import type { Json } from '@skerry/shared/base/json';

/** The three ways two entities can be associated. */
export const MULTIPLICITIES = ['oneToMany', 'oneToOne', 'manyToMany'] as const;
export type Multiplicity = (typeof MULTIPLICITIES)[number];

const VALUES = {
  oneToMany: { type: 'reference', owner: 'default' },
  oneToOne: { type: 'reference', owner: 'both' },
  manyToMany: { type: 'referenceSet', owner: 'default' },
} as const;

export function multiplicityOf(type: Json | undefined, owner: Json | undefined): Multiplicity {
  if (type === 'referenceSet') return 'manyToMany';
  return owner === 'both' ? 'oneToOne' : 'oneToMany';
}

/** What the keys of an association must be for a multiplicity. A set stays owned by both ends when it was. */
export function valuesOf(multiplicity: Multiplicity): (typeof VALUES)[Multiplicity] {
  return VALUES[multiplicity];
}
