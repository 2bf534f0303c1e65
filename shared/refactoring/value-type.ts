import type { DataType } from '../metamodel/data-type.ts';

/** As much of a value's type as names depend on. Several entities where a name stands for different things at times. */
export interface ValueType {
  readonly entities: readonly string[];
  readonly enumeration?: string;
}

export const NO_TYPE: ValueType = { entities: [] };

export function ofEntity(entity: string | undefined): ValueType {
  return entity === undefined ? NO_TYPE : { entities: [entity] };
}

export function ofDataType(type: DataType | undefined): ValueType {
  if (type?.kind === 'Object' || type?.kind === 'List') return ofEntity(type.entity);
  return type?.kind === 'Enumeration' ? { entities: [], enumeration: type.enumeration } : NO_TYPE;
}

export function union(a: ValueType | undefined, b: ValueType): ValueType {
  if (!a) return b;
  const enumeration = a.enumeration ?? b.enumeration;
  return {
    entities: [...new Set([...a.entities, ...b.entities])],
    ...(enumeration === undefined ? {} : { enumeration }),
  };
}
