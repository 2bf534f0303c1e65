/**
 * A table's own elements cannot be placed line by line, as a list that shows only what is on screen must; these give
 * plain ones their meaning.
 */
export const CELL = { role: 'cell' } as const;
export const WIDE_CELL = { role: 'cell', 'aria-colspan': 7 } as const;
export const LINES = { role: 'rowgroup' } as const;
export const NO_ROLE = { role: 'presentation' } as const;

/** `index`: from 1, the head's. */
export function line(index?: number) {
  return { role: 'row', ...(index === undefined ? {} : { 'aria-rowindex': index }) } as const;
}

/** `count`: lines with the head. */
export function table(label: string, count: number) {
  return { role: 'table', 'aria-label': label, 'aria-rowcount': count } as const;
}

/** `sort` absent: nobody can sort by it. */
export function columnHead(sort?: 'ascending' | 'descending' | 'none') {
  return { role: 'columnheader', ...(sort === undefined ? {} : { 'aria-sort': sort }) } as const;
}
