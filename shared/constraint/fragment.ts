import type { BindValue, Dialect, Sql } from '../relational/dialect.ts';

/** A place for a value in a piece of SQL. */
export interface Parameter {
  readonly value: BindValue;
  /** PostgreSQL's type, since it cannot always tell. */
  readonly cast: string;
}

/** A piece of SQL whose parameters get their places when the whole is written; it may occur more than once in it. */
export type Fragment = readonly (string | Parameter)[];

/** Text with fragments in it. Strings that are put in are SQL too: never values. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (string | number | Fragment)[]): Fragment {
  const pieces: (string | Parameter)[] = [];
  for (const [at, text] of strings.entries()) {
    pieces.push(text);
    const part = parts[at];
    if (part === undefined) continue;
    if (typeof part !== 'object') pieces.push(String(part));
    else for (const piece of part) pieces.push(piece);
  }
  return pieces;
}

export function joinSql(fragments: readonly Fragment[], separator: string): Fragment {
  return fragments.flatMap((fragment, at) => (at === 0 ? fragment : [separator, ...fragment]));
}

/** @param firstParameter number of the first place, for PostgreSQL */
export function renderSql(fragment: Fragment, dialect: Dialect, firstParameter = 1): Sql {
  const parameters: BindValue[] = [];
  let text = '';
  for (const piece of fragment) {
    if (typeof piece === 'string') {
      text += piece;
    } else {
      parameters.push(piece.value);
      text += dialect === 'sqlite' ? '?' : `$${firstParameter + parameters.length - 1}::${piece.cast}`;
    }
  }
  return { sql: text, parameters };
}
