import type { ObjectId } from '@skerry/shared/base/ids';
import { fromCell, toCell } from '@skerry/shared/expression/convert';
import type { ListValue, ObjectValue, Value } from '@skerry/shared/expression/value';
import type { DataType } from '@skerry/shared/metamodel/data-type';
import type { SqlReader } from '../store/sql-queue.ts';
import type { PlainValue } from './device-face.ts';
import { loadObjects } from './object-reader.ts';
import type { ReaderContext } from './stored-object.ts';

/** Values that crossed the face, as languages compute with them. Objects that are gone are empty. */
export async function fromPlain(
  reader: SqlReader,
  context: ReaderContext,
  plain: PlainValue,
  type: DataType | undefined,
): Promise<Value> {
  switch (plain.kind) {
    case 'cell':
      return fromPlainCell(plain, type);
    case 'object':
      return plain.id === null ? null : ((await handles(reader, context, [plain.id]))[0] ?? null);
    case 'list':
      return { kind: 'list', entity: plain.entity, items: await handles(reader, context, plain.ids) };
  }
}

export function toPlain(value: Value): PlainValue {
  if (isObject(value)) return { kind: 'object', entity: value.entity, id: value.id };
  if (isList(value)) return { kind: 'list', entity: value.entity, ids: value.items.map((item) => item.id) };
  return { kind: 'cell', value: toCell(value) };
}

export async function handles(
  reader: SqlReader,
  context: ReaderContext,
  ids: readonly ObjectId[],
): Promise<readonly ObjectValue[]> {
  const objects = await loadObjects(reader, context, ids);
  return objects.map((object) => ({ kind: 'object', entity: object.entity.name, id: object.id }));
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'object';
}

export function isList(value: Value | undefined): value is ListValue {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'list';
}

/** Without a type a cell is taken for what it looks like. */
function fromPlainCell({ value }: Extract<PlainValue, { kind: 'cell' }>, type: DataType | undefined): Value {
  if (!type) return value;
  switch (type.kind) {
    case 'Object':
    case 'List':
    case 'Nothing':
      return value;
    case 'Enumeration':
      return fromCell(value, { kind: 'Enumeration', enumeration: type.enumeration });
    default:
      return fromCell(value, { kind: type.kind });
  }
}
