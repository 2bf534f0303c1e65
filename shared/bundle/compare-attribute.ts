import type { AttributeType } from '../metamodel/entity.ts';
import type { Change } from './finding.ts';

/** Text long enough for any number, truth or date. */
const LONG_ENOUGH = 40;
const WIDER: { readonly [from: string]: readonly AttributeType['kind'][] } = {
  Integer: ['Long', 'Decimal', 'String'],
  Long: ['Decimal', 'String'],
  AutoNumber: ['Long', 'Decimal', 'String'],
  Decimal: ['String'],
  Boolean: ['String'],
};

/**
 * What a new type does to the values there are; null when nothing.
 * @param same whether both enumerations are one element
 */
export function typeChange(from: AttributeType, to: AttributeType, same: boolean): Change | null {
  if (from.kind === 'String' && to.kind === 'String') return lengthChange(from.length, to.length);
  if (from.kind === 'Enumeration' && to.kind === 'Enumeration') return same ? null : 'attribute-retyped';
  if (from.kind === to.kind) return null;
  const fits = to.kind !== 'String' || to.length === null || to.length >= LONG_ENOUGH;
  return WIDER[from.kind]?.includes(to.kind) && fits ? 'attribute-widened' : 'attribute-retyped';
}

function lengthChange(from: number | null, to: number | null): Change | null {
  if (from === to) return null;
  return to === null || (from !== null && to > from) ? 'attribute-widened' : 'attribute-narrowed';
}

export function describeAttributeType(type: AttributeType): string {
  if (type.kind === 'String') return `String(${type.length ?? 'unlimited'})`;
  return type.kind === 'Enumeration' ? `Enumeration(${type.enumeration})` : type.kind;
}
