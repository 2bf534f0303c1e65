/** A cell and its place in the text: `start` and `end` include the quotes; `line` and `column` count from 1. */
export interface CsvCell {
  readonly text: string;
  /** Tells '' (quoted) from empty (not quoted). */
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

export interface ParsedCsv {
  /** Blank lines are no rows. */
  readonly rows: readonly (readonly CsvCell[])[];
  readonly errors: readonly { readonly message: string; readonly line: number; readonly column: number }[];
}

const PLAIN = /[^,\r\n]*/y;
const QUOTED = /"(?:[^"]|"")*"?/y;

/** RFC 4180, with LF or CRLF and a byte order mark tolerated. Never throws. */
export function parseCsv(text: string): ParsedCsv {
  const rows: CsvCell[][] = [];
  const errors: { message: string; line: number; column: number }[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  let lineStart = at;
  while (at < text.length) {
    const row: CsvCell[] = [];
    const rowStart = at;
    for (;;) {
      const start = at;
      const place = { line, column: start - lineStart + 1 };
      const pattern = text[at] === '"' ? QUOTED : PLAIN;
      pattern.lastIndex = at;
      const raw = pattern.exec(text)?.[0] ?? '';
      at += raw.length;
      const quoted = pattern === QUOTED;
      if (quoted) {
        if (raw.length < 2 || !raw.endsWith('"') || isOpen(raw))
          errors.push({ message: 'A quoted cell is not closed.', ...place });
        else if (at < text.length && !/[,\r\n]/.test(text[at] as string)) {
          errors.push({ message: 'Text stands behind a quoted cell. Put it inside the quotes.', ...place });
          while (at < text.length && !/[,\r\n]/.test(text[at] as string)) at++;
        }
        for (let i = raw.indexOf('\n'); i >= 0; i = raw.indexOf('\n', i + 1)) {
          line++;
          lineStart = start + i + 1;
        }
      }
      row.push({ text: quoted ? unquote(raw) : raw, quoted, start, end: start + raw.length, ...place });
      if (text[at] !== ',') break;
      at++;
    }
    if (at > rowStart) rows.push(row);
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    line++;
    lineStart = at;
  }
  return { rows, errors };
}

/** One cell as text; `null` is an empty cell, '' a quoted one. */
export function printCsvCell(text: string | null): string {
  if (text === null) return '';
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows with LF behind each. */
export function printCsv(rows: readonly (readonly (string | null)[])[]): string {
  return rows.map((row) => `${row.map(printCsvCell).join(',')}\n`).join('');
}

function isOpen(raw: string): boolean {
  return (raw.length - raw.replaceAll('"', '').length) % 2 === 1;
}

function unquote(raw: string): string {
  return raw.slice(1, raw.endsWith('"') && raw.length > 1 ? -1 : undefined).replaceAll('""', '"');
}
