/** A field of a CSV file. `quoted` tells '' from empty. */
export interface CsvField {
  readonly text: string;
  readonly quoted: boolean;
  /** From 1, of the field's first character. */
  readonly line: number;
  readonly column: number;
}

/** RFC 4180 with LF, CRLF or a byte order mark. A quote that is never closed ends with the file; blank lines are no records. */
export function parseCsv(text: string): readonly (readonly CsvField[])[] {
  const records: CsvField[][] = [];
  let record: CsvField[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  let lineStart = at;
  const endRecord = () => {
    if (record.length > 1 || record[0]?.quoted || record[0]?.text !== '') records.push(record);
    record = [];
  };
  while (at < text.length) {
    const start = { line, column: at - lineStart + 1 };
    let value = '';
    const quoted = text[at] === '"';
    if (quoted) {
      at++;
      while (at < text.length && !(text[at] === '"' && text[at + 1] !== '"')) {
        if (text[at] === '"') at++;
        if (text[at] === '\n') {
          line++;
          lineStart = at + 1;
        }
        value += text[at++];
      }
      at++;
    }
    while (at < text.length && text[at] !== ',' && text[at] !== '\n') value += text[at++];
    if (text[at] !== ',' && value.endsWith('\r')) value = value.slice(0, -1);
    record.push({ text: value, quoted, ...start });
    if (text[at] === ',') {
      at++;
      if (at === text.length) record.push({ text: '', quoted: false, line, column: at - lineStart + 1 });
    } else {
      endRecord();
      at++;
      line++;
      lineStart = at;
    }
  }
  if (record.length > 0) endRecord();
  return records;
}
