import { userFault } from '@skerry/shared/base/fault';
import type { ObjectId } from '@skerry/shared/base/ids';
import { type CellType, fromCell, toCell } from '@skerry/shared/expression/convert';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import type { Values } from '@skerry/shared/flow/effect';
import type { FlowProgram } from '@skerry/shared/flow/program';
import type { DataType } from '@skerry/shared/metamodel/data-type';
import type { FlowCallAnswer, FlowCallRequest } from '@skerry/shared/protocol/flow-call';
import { isCellOfType } from '../objects/check-cells.ts';
import { locate } from '../objects/delete-cascade.ts';
import type { Workspace } from './workspace.ts';

type WireValue = FlowCallAnswer['result'];

/**
 * What a call gives its flow. Objects must be there and readable for the user: one that is not answers as one that does
 * not exist.
 *
 * @throws Fault `flow/bad-argument`, `flow/argument-gone`
 */
export async function argumentsOf(
  workspace: Workspace,
  program: FlowProgram,
  given: FlowCallRequest['arguments'],
): Promise<Values> {
  const values: { [name: string]: Value } = {};
  for (const name of Object.keys(given)) {
    if (program.parameters.some((parameter) => parameter.name === name)) continue;
    throw userFault('flow/bad-argument', `${program.name} has no parameter ${name}.`);
  }
  for (const { name, type } of program.parameters) {
    const wire = given[name];
    if (wire) values[name] = await argumentOf(workspace, `${program.name}, ${name}`, wire, type);
  }
  return values;
}

async function argumentOf(workspace: Workspace, place: string, wire: WireValue, type: DataType): Promise<Value> {
  if (wire.kind === 'cell') {
    if (wire.value === null) return null;
    if (type.kind === 'Object' || type.kind === 'List' || type.kind === 'Nothing' || !isCellOfType(wire.value, type)) {
      throw userFault('flow/bad-argument', `${place}: this is no ${type.kind}.`);
    }
    return fromCell(wire.value, type as CellType);
  }
  if (wire.kind === 'object') {
    if (type.kind !== 'Object') throw userFault('flow/bad-argument', `${place}: an object is no ${type.kind}.`);
    if (wire.id === null) return null;
    const [object] = await readable(workspace, place, type.entity, [wire.id as ObjectId]);
    return object ?? null;
  }
  if (type.kind !== 'List') throw userFault('flow/bad-argument', `${place}: a list is no ${type.kind}.`);
  const items = await readable(workspace, place, type.entity, wire.ids as ObjectId[]);
  return { kind: 'list', entity: type.entity, items };
}

async function readable(workspace: Workspace, place: string, entity: string, ids: readonly ObjectId[]) {
  const { data, parts } = workspace;
  const { model } = parts.viewpoint;
  const entityId = model.view.entity(entity)?.id;
  const found = entityId ? await locate(parts.unit, model, entityId, ids) : [];
  const byId = new Map(
    found.map(({ info, id }): [ObjectId, ObjectValue] => [id, { kind: 'object', entity: info.name, id }]),
  );
  const objects = ids.flatMap((id) => byId.get(id) ?? []);
  const open = await data.onlyReadable(objects);
  if (open.length === ids.length) return open;
  throw userFault('flow/argument-gone', `${place}: the object is not there any more, or you may not see it.`);
}

/** A flow's result for the device. Objects that the user may not read are left out: not even their ids leave. */
export async function wireResult(workspace: Workspace, value: Value, type: DataType): Promise<WireValue> {
  if (type.kind === 'Object' || type.kind === 'List') {
    const objects = await storedObjects(workspace, value);
    const open = await workspace.data.onlyReadable(objects);
    if (type.kind === 'Object') return { kind: 'object', id: open[0]?.id ?? null };
    return { kind: 'list', ids: open.map(({ id }) => id) };
  }
  return { kind: 'cell', value: type.kind === 'Nothing' ? null : toCell(value, type as CellType) };
}

/** @throws Fault `flow/result-not-stored` */
export async function storedObjects({ data }: Workspace, value: Value): Promise<readonly ObjectValue[]> {
  const objects =
    value !== null && typeof value === 'object' && 'kind' in value
      ? value.kind === 'object'
        ? [value]
        : value.kind === 'list'
          ? value.items
          : []
      : [];
  for (const object of objects) {
    if (await data.stored(object)) continue;
    const message = `The flow gives back an object of ${object.entity} that is not stored. Commit it, or give back its values.`;
    throw userFault('flow/result-not-stored', message);
  }
  return objects;
}
