import type { Cell } from '@skerry/shared/base/cell';
import { fromBind, toBind } from '@skerry/shared/relational/bind';
import type { Column } from '@skerry/shared/relational/plan';
import { quoted } from './quoted.ts';
import type { SqlValue } from './sql.ts';

/** A column as it is read: 64-bit numbers as text, so that no driver rounds them. */
export function readColumn(column: Column, alias: string): string {
  const name = `${alias}.${quoted(column.name)}`;
  return column.type === 'long' ? `CAST(${name} AS TEXT)` : name;
}

export function cellOf(value: SqlValue | undefined, column: Column): Cell {
  return fromBind(value, column.type, 'sqlite');
}

export function bound(cell: Cell, column: Column): SqlValue {
  return toBind(cell, column.type, 'sqlite') as SqlValue;
}
