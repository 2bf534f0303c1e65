import type { Cell, Cells } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { assignValue, type CellType, toCell } from '@skerry/shared/expression/convert';
import { evaluateExpression } from '@skerry/shared/expression/evaluate';
import type { ObjectValue } from '@skerry/shared/expression/value';
import type { AttributeType } from '@skerry/shared/metamodel/entity';
import type { Links } from '@skerry/shared/sync/change';
import type { Sql } from '../../base/sql.ts';
import type { EntityInfo } from '../../releases/index.ts';
import { targetsOf } from '../object-rows.ts';
import type { Viewpoint } from '../viewpoint.ts';
import { evaluationEnvironment, withData } from './environment.ts';
import { ObjectData } from './object-data.ts';

/** An object as it will stand. */
export interface Becoming {
  readonly id: ObjectId;
  readonly cells: Cells;
  /** Whole sets of a new object. */
  readonly links?: Links;
  readonly add?: Links | undefined;
  readonly remove?: Links | undefined;
}

/**
 * Values of the entity's calculated attributes for an object that is about to be written. A value that cannot be
 * calculated (a division by zero) is empty. One calculated attribute may read another: they settle in rounds.
 */
export async function calculate(sql: Sql, viewpoint: Viewpoint, info: EntityInfo, object: Becoming): Promise<Cells> {
  if (info.calculated.length === 0) return {};
  const data = new ObjectData(sql, viewpoint);
  const currentObject: ObjectValue = { kind: 'object', entity: info.name, id: object.id };
  const parts = { viewpoint, data, guarded: false, random: () => 0, variables: { currentObject } };
  const links = await linksOf(sql, info, object);
  let calculated: Cells = {};
  for (let round = 0; round < info.calculated.length; round++) {
    data.working.put({
      id: object.id,
      entity: info.name,
      isNew: true,
      cells: { ...object.cells, ...calculated },
      links,
    });
    data.clear();
    const next: { [member: string]: Cell } = {};
    for (const { id, type, expression } of info.calculated) {
      const value = await withData(parts, () => evaluateExpression(expression, evaluationEnvironment(parts)));
      next[id] = cut(type, toCell(assignValue(value, type as CellType), type as CellType));
    }
    const isSettled = info.calculated.every(({ id }) => calculated[id] === next[id]);
    calculated = next;
    if (isSettled) break;
  }
  return calculated;
}

/** A text longer than its attribute would refuse what its user has written. */
function cut(type: AttributeType, cell: Cell): Cell {
  if (type.kind !== 'String' || type.length === null || typeof cell !== 'string') return cell;
  const points = [...cell];
  return points.length > type.length ? points.slice(0, type.length).join('') : cell;
}

async function linksOf(sql: Sql, info: EntityInfo, object: Becoming): Promise<Links> {
  const links: { [association: string]: readonly ObjectId[] } = { ...object.links };
  if (!info.calculated.some(({ readsOthers }) => readsOthers)) return links;
  for (const [association, { table }] of info.sets) {
    if (object.links) continue;
    const gone = new Set(object.remove?.[association]);
    const present = (await targetsOf(sql, table, object.id)).filter((id) => !gone.has(id));
    links[association] = [...new Set([...present, ...(object.add?.[association] ?? [])])];
  }
  return links;
}
