import type { Cells } from '@skerry/shared/base/cell';
import { derivedElementId, type ElementId, type ObjectId, objectIdFrom } from '@skerry/shared/base/ids';
import type {
  CreateOperation,
  DeleteOperation,
  Operation,
  Transaction,
  UpdateOperation,
} from '@skerry/shared/sync/change';

export const entity = derivedElementId('test.Thing');
export const member = (name: string): ElementId => derivedElementId(`test.Thing/${name}`);
export const object = (number: number): ObjectId => objectIdFrom(number, new Uint8Array(10));

export function create(objectId: ObjectId, set: Cells = {}): CreateOperation {
  return { kind: 'create', entityId: entity, objectId, set };
}
export function update(
  objectId: ObjectId,
  set: Cells,
  was: Cells,
  more: Partial<UpdateOperation> = {},
): UpdateOperation {
  return { kind: 'update', entityId: entity, objectId, baseRev: 1, set, was, ...more };
}
export function remove(objectId: ObjectId, baseRev = 1): DeleteOperation {
  return { kind: 'delete', entityId: entity, objectId, baseRev };
}
export function transaction(number: number, ...operations: Operation[]): Transaction {
  return { id: object(1_000_000 + number), bundleVersion: '1.0.0', flow: null, atMs: 0, operations };
}
