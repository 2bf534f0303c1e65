import type { CellType } from '@skerry/shared/expression/convert';
import type { AttributeType } from '@skerry/shared/metamodel/entity';

/** How an attribute's cells read as values. */
export function cellType(type: AttributeType): CellType {
  return type.kind === 'Enumeration' ? { kind: 'Enumeration', enumeration: type.enumeration } : { kind: type.kind };
}
