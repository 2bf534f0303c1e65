import type { Cell, Cells } from '@skerry/shared/base/cell';
import { isObjectId } from '@skerry/shared/base/ids';
import type { Column } from '@skerry/shared/relational/plan';
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
    if (cell !== null && !isOfType(cell, column))
      return { member, problem: `does not hold a value of type ${column.type}` };
  }
  return null;
}

function isOfType(cell: Exclude<Cell, null>, column: Column): boolean {
  switch (column.type) {
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
