/**
 * A table's own elements cannot be placed line by line, as a list that shows only what is on screen must; these give
 * plain ones their meaning.
 */
export const CELL = { role: 'cell' } as const;
export const WIDE_CELL = { role: 'cell', 'aria-colspan': 7 } as const;
export const LINES = { role: 'rowgroup' } as const;
export const TABLE = { role: 'table' } as const;
export const COLUMN_HEAD = { role: 'columnheader' } as const;
export const NO_ROLE = { role: 'presentation' } as const;

/** `index`: from 1, the head's. */
export function line(index?: number) {
  return { role: 'row', ...(index === undefined ? {} : { 'aria-rowindex': index }) } as const;
}
