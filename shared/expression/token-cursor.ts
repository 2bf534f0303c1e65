import type { Diagnostic, Span } from '../base/diagnostic.ts';
import type { Token } from './lexer.ts';

/** Deeper trees than this are refused, so that nothing that walks one can run out of stack. */
export const MAX_TREE_HEIGHT = 400;

/** A parser's place among the tokens of a text, and what it has found wrong so far. Never moves past the end. */
export class TokenCursor {
  readonly diagnostics: Diagnostic[] = [];
  readonly #tokens: readonly Token[];
  readonly #area: string;
  #at = 0;
  #depth = 0;

  /** @param area first part of the codes of its diagnostics */
  constructor(tokens: readonly Token[], area: string) {
    this.#tokens = tokens;
    this.#area = area;
  }

  get token(): Token {
    return this.#tokens[this.#at]!;
  }

  /** Where the token before this one ended. */
  get lastEnd(): number {
    return this.#at === 0 ? 0 : this.#tokens[this.#at - 1]!.end;
  }

  peek(ahead = 1): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.token;
    if (token.broken) this.report('incomplete', token.broken, token);
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  isSymbol(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }

  isWord(text: string): boolean {
    return this.token.kind === 'name' && this.token.text === text;
  }

  takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.#at++;
    return true;
  }

  takeWord(text: string): boolean {
    if (!this.isWord(text)) return false;
    this.#at++;
    return true;
  }

  expectSymbol(text: string, what: string): void {
    if (!this.takeSymbol(text))
      this.report('expected', `Expected "${text}" ${what}, found ${describe(this.token)}.`, this.token);
  }

  report(problem: string, message: string, span: Span): void {
    this.diagnostics.push({
      code: `${this.#area}/${problem}`,
      severity: 'error',
      message,
      span: { start: span.start, end: span.end },
    });
  }

  /** Runs `parse` one level deeper; null, with a diagnostic, when that is too deep. The rest of the text is then skipped. */
  nested<T>(parse: () => T): T | null {
    if (this.#depth >= MAX_TREE_HEIGHT / 2) {
      this.tooDeep();
      return null;
    }
    this.#depth++;
    const result = parse();
    this.#depth--;
    return result;
  }

  tooDeep(): void {
    this.report(
      'too-deep',
      'This is nested too deeply. Move parts of it to variables or a flow of its own.',
      this.token,
    );
    this.#at = this.#tokens.length - 1;
  }
}

export function describe(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end';
    case 'text':
      return 'a text';
    case 'variable':
      return `$${token.text}`;
    case 'constant':
      return `@${token.text}`;
    case 'token':
      return `[%${token.text}%]`;
    case 'name':
    case 'number':
    case 'symbol':
    case 'invalid':
      return `"${token.text}"`;
  }
}
