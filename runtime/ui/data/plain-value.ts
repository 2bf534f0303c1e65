import type { ObjectId } from '@skerry/shared/base/ids';
import { fromCell, toCell } from '@skerry/shared/expression/convert';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import type { DataType } from '@skerry/shared/metamodel/data-type';
import type { AttributeType } from '@skerry/shared/metamodel/entity';
import type { PlainValue } from '../../engine/device-face.ts';

const CELL_TYPES: { readonly [kind: string]: AttributeType } = {
  String: { kind: 'String', length: null },
  Integer: { kind: 'Integer' },
  Long: { kind: 'Long' },
  Decimal: { kind: 'Decimal' },
  Boolean: { kind: 'Boolean' },
  DateTime: { kind: 'DateTime', localize: true },
  Binary: { kind: 'Binary' },
};

function cellType(type: DataType): AttributeType | undefined {
  return type.kind === 'Enumeration' ? { kind: 'Enumeration', enumeration: type.enumeration } : CELL_TYPES[type.kind];
}

/** A value as it crosses the device's face, given the parameter's type. */
export function toPlain(value: Value, type: DataType): PlainValue {
  if (type.kind === 'Object') {
    const object = value as ObjectValue | null;
    return { kind: 'object', entity: object?.entity ?? type.entity, id: object?.id ?? null };
  }
  if (type.kind === 'List') {
    const ids =
      value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'list'
        ? value.items.map(({ id }) => id)
        : [];
    return { kind: 'list', entity: type.entity, ids };
  }
  const as = cellType(type);
  return { kind: 'cell', value: as ? toCell(value, as) : null };
}

export function fromPlain(plain: PlainValue, type: DataType | undefined): Value {
  switch (plain.kind) {
    case 'object':
      return plain.id === null ? null : objectValue(plain.entity, plain.id);
    case 'list':
      return { kind: 'list', entity: plain.entity, items: plain.ids.map((id) => objectValue(plain.entity, id)) };
    case 'cell': {
      const as = type ? cellType(type) : undefined;
      return as ? fromCell(plain.value, as) : plain.value;
    }
  }
}

export function objectValue(entity: string, id: ObjectId): ObjectValue {
  return { kind: 'object', entity, id };
}
