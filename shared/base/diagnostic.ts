export type Severity = 'error' | 'warning' | 'information';

/** Half-open range of UTF-16 offsets in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A proposed edit that removes the cause. `command` names a host command, so that a fix is undoable and batchable. */
export interface Fix {
  readonly title: string;
  readonly command: string;
  readonly arguments: { readonly [name: string]: unknown };
}

/** What every check, parser and analysis reports: what is wrong, where, and what to do. */
export interface Diagnostic {
  /** Stable and readable, `area/problem-in-kebab`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Path of the document in the project. */
  readonly document?: string;
  /** Id of the element nearest to the cause. */
  readonly element?: string;
  /** Where in the document: keys and ids, outermost first. */
  readonly path?: readonly (string | number)[];
  /** Where in the text at `path` (an expression, a constraint). */
  readonly span?: Span;
  readonly fixes?: readonly Fix[];
}
