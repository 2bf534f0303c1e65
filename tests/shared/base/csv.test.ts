import { parseCsv, printCsv } from '@skerry/shared/base/csv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const texts = (text: string) =>
  parseCsv(text).rows.map((row) => row.map((cell) => (cell.text === '' && !cell.quoted ? null : cell.text)));

describe('CSV', () => {
  it('reads what it prints, and tells empty from an empty text', () => {
    const cell = fc.option(
      fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('', 'a,b', 'say "hi"', 'two\nlines', '\r\n', ' x')),
    );
    // A single empty cell prints as a blank line, which is no row.
    const row = fc.array(cell, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        expect(texts(printCsv(rows))).toEqual(rows);
        expect(texts(`\ufeff${printCsv(rows)}`)).toEqual(rows);
      }),
    );
  });

  it('reads CRLF, blank lines and a last line without an end', () => {
    expect(texts('id,Name\r\n\r\n1,"A ""B"""\r\n2,')).toEqual([
      ['id', 'Name'],
      ['1', 'A "B"'],
      ['2', null],
    ]);
  });

  it('knows line, column and offsets of every cell', () => {
    const text = 'id,Name\n1,"two\nlines",x\n';
    const cells = parseCsv(text).rows.flat();
    expect(cells.map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [1, 4],
      [2, 1],
      [2, 3],
      [3, 8],
    ]);
    expect(cells.map(({ start, end }) => text.slice(start, end))).toEqual(['id', 'Name', '1', '"two\nlines"', 'x']);
  });

  it('reports a quoted cell that is not closed and text behind quotes', () => {
    expect(parseCsv('a,"b\n').errors).toMatchObject([{ line: 1, column: 3 }]);
    expect(parseCsv('a,""" \n').errors).toMatchObject([{ line: 1, column: 3 }]);
    expect(parseCsv('a\n"b"x,c').errors).toMatchObject([{ line: 2, column: 1 }]);
    expect(texts('"b"x,c')).toEqual([['b', 'c']]);
  });
});
