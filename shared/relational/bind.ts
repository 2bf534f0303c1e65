import type { Cell } from '../base/cell.ts';
import { fromOrderText, toOrderText } from './decimal-order.ts';
import type { BindValue, Dialect } from './dialect.ts';
import type { ColumnType } from './plan.ts';

/** A cell as the driver takes it. */
export function toBind(cell: Cell, type: ColumnType, dialect: Dialect): BindValue {
  if (cell === null) return null;
  if (dialect === 'postgres') return cell;
  switch (type) {
    case 'decimal':
      return toOrderText(cell as string);
    case 'long':
      return BigInt(cell as string);
    case 'boolean':
      return cell ? 1 : 0;
    default:
      return cell;
  }
}

/**
 * What the driver gave, as a cell. SQLite drivers must read columns of type `long` as bigint (better-sqlite3:
 * `safeIntegers`); whether the other integers come as number or bigint does not matter. PostgreSQL's bigint and numeric
 * come as text.
 */
export function fromBind(value: unknown, type: ColumnType, dialect: Dialect): Cell {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'integer':
    case 'dateTime':
      return Number(value);
    case 'long':
      return String(value);
    case 'boolean':
      return typeof value === 'boolean' ? value : Number(value) !== 0;
    case 'decimal':
      return dialect === 'sqlite' ? fromOrderText(value as string) : trimDecimal(String(value));
    default:
      return value as string;
  }
}

function trimDecimal(text: string): string {
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed === '-0' ? '0' : trimmed;
}
