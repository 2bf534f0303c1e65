import type { Cell, Cells } from '@skerry/shared/base/cell';
import { isObjectId } from '@skerry/shared/base/ids';
import type { DataType } from '@skerry/shared/metamodel/data-type';
import type { Column, ColumnType } from '@skerry/shared/relational/plan';
import type { EntityInfo } from '../../releases/index.ts';

/** A member whose value is not one of its type. Devices never send such; whoever does is told, and nothing is stored. */
export interface BadCell {
  readonly member: string;
  readonly problem: string;
}

export function checkCells(info: EntityInfo, cells: Cells): BadCell | null {
  for (const [member, cell] of Object.entries(cells)) {
    const column = info.columnOf.get(member);
    if (!column) return { member, problem: 'is not a member of the entity' };
    if (info.kept.has(member)) return { member, problem: 'is kept by the service' };
    if (cell !== null && !isOfType(cell, column.type))
      return { member, problem: `does not hold a value of type ${column.type}` };
  }
  return null;
}

const COLUMN: { readonly [kind in DataType['kind']]?: ColumnType } = {
  String: 'text',
  Integer: 'integer',
  Long: 'long',
  Decimal: 'decimal',
  Boolean: 'boolean',
  DateTime: 'dateTime',
  Enumeration: 'enumeration',
  Binary: 'binary',
};

/** Whether a cell holds a value of a variable's type; objects and lists have no cells. */
export function isCellOfType(cell: Exclude<Cell, null>, type: DataType): boolean {
  const column = COLUMN[type.kind];
  return column !== undefined && isOfType(cell, column);
}

function isOfType(cell: Exclude<Cell, null>, type: Column['type']): boolean {
  switch (type) {
    case 'text':
      return typeof cell === 'string' && !cell.includes('\u0000') && cell.isWellFormed();
    case 'integer':
      return typeof cell === 'number' && Number.isInteger(cell) && Math.abs(cell) <= 2147483648 && cell !== 2147483648;
    case 'long':
      return (
        typeof cell === 'string' &&
        /^-?(0|[1-9]\d{0,18})$/.test(cell) &&
        cell !== '-0' &&
        BigInt.asIntN(64, BigInt(cell)) === BigInt(cell)
      );
    case 'decimal':
      return typeof cell === 'string' && cell !== '-0' && /^-?(0|[1-9]\d{0,19})(\.\d{0,7}[1-9])?$/.test(cell);
    case 'boolean':
      return typeof cell === 'boolean';
    case 'dateTime':
      return typeof cell === 'number' && Number.isSafeInteger(cell);
    case 'enumeration':
      return typeof cell === 'string' && /^[a-z2-7]{16}$/.test(cell);
    case 'binary':
      return typeof cell === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(cell);
    case 'reference':
      return typeof cell === 'string' && isObjectId(cell);
  }
}
