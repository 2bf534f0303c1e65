import { writeSync } from 'node:fs';

/** Line width that fits a terminal beside an editor. */
export const WIDTH = 100;

/** Written at once, so that nothing is lost when the process ends next. */
export function print(text: string): void {
  write(1, text);
}

export function printError(text: string): void {
  write(2, text);
}

/** For programs: two spaces, and the same bytes for the same value. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

function write(file: number, text: string): void {
  const bytes = Buffer.from(`${text}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(file, bytes, at);
    } catch (error) {
      // A pipe that is full for the moment; its reader will go on.
      if ((error as { code?: string }).code !== 'EAGAIN') throw error;
    }
  }
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Rows under titles. The last column wraps so that lines stay within the width. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const last = Math.max(20, WIDTH - before);
  const line = (cells: readonly string[]): string[] => {
    const wrapped = wrap(cells.at(-1) ?? '', last);
    return wrapped.map((text, index) =>
      [
        ...columns
          .slice(0, -1)
          .map((column, at) => pad(index === 0 ? (cells[at] ?? '') : '', widths[at] ?? 0, column.align)),
        text,
      ]
        .join('  ')
        .trimEnd(),
    );
  };
  return [columns.map((column) => column.title), ...rows].flatMap(line).join('\n');
}

function pad(text: string, width: number, align: Column['align']): string {
  const room = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? room + text : text + room;
}

function widthOf(text: string): number {
  return [...text].length;
}

/** Breaks at spaces, and only what has none in the middle. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = '';
    }
    while (widthOf(word) > width) {
      lines.push([...word].slice(0, width).join(''));
      word = [...word].slice(width).join('');
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
