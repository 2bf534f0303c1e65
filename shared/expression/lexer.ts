/**
 * Lexical tokens of both languages. `text` is what the token says: a string without its quotes, a variable without
 * `$`, a constant without `@`, a `[%Name%]` without its brackets.
 */
export type TokenKind = 'name' | 'number' | 'text' | 'variable' | 'constant' | 'token' | 'symbol' | 'invalid' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What the token lacks, in words: a closing quote, the rest of a name. */
  readonly broken?: string;
}

export interface LexerOptions {
  /** Names may hold hyphens (`starts-with`): in constraints, where nothing is subtracted. */
  readonly hyphens: boolean;
}

const SYMBOLS_OF_TWO = new Set(['!=', '<=', '>=']);
const SYMBOLS = '=<>+-*:()[],/';

/** The tokens of a text, ended by one of kind `end`. Any text at all has tokens. */
export function tokenize(text: string, options: LexerOptions): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at++;
      continue;
    }
    const token = readToken(text, at, code, options);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

function readToken(text: string, at: number, code: number, options: LexerOptions): Token {
  if (isNameStart(code)) return readName('name', text, at, at, options);
  if (isDigit(code)) return readNumber(text, at);
  const char = text[at]!;
  if (char === "'") return readText(text, at);
  if (char === '$') return readName('variable', text, at, at + 1, { hyphens: false });
  if (char === '@') return readName('constant', text, at, at + 1, { hyphens: false });
  if (char === '[' && text[at + 1] === '%') return readBracketToken(text, at);
  const two = text.slice(at, at + 2);
  if (SYMBOLS_OF_TWO.has(two)) return { kind: 'symbol', text: two, start: at, end: at + 2 };
  if (SYMBOLS.includes(char)) return { kind: 'symbol', text: char, start: at, end: at + 1 };
  // A character above U+FFFF is reported whole.
  const end = at + String.fromCodePoint(text.codePointAt(at)!).length;
  return { kind: 'invalid', text: text.slice(at, end), start: at, end };
}

function readName(
  kind: 'name' | 'variable' | 'constant',
  text: string,
  start: number,
  from: number,
  options: LexerOptions,
): Token {
  let at = from;
  const dotted = kind !== 'variable';
  for (;;) {
    while (at < text.length && isNamePart(text.charCodeAt(at))) at++;
    const next = text[at];
    if (next === '.' && dotted && at > from) {
      at++;
      if (isNameStart(text.charCodeAt(at))) continue;
      return {
        kind,
        text: text.slice(from, at),
        start,
        end: at,
        broken: 'The name is not complete: something must follow the point.',
      };
    }
    if (next === '-' && options.hyphens && isNameStart(text.charCodeAt(at + 1))) {
      at++;
      continue;
    }
    break;
  }
  const name = text.slice(from, at);
  if (name === '') return { kind, text: '', start, end: at, broken: `A name must follow "${text.slice(start, at)}".` };
  return { kind, text: name, start, end: at };
}

function readNumber(text: string, start: number): Token {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  if (text[at] === '.' && isDigit(text.charCodeAt(at + 1))) {
    at++;
    while (isDigit(text.charCodeAt(at))) at++;
  }
  return { kind: 'number', text: text.slice(start, at), start, end: at };
}

function readText(text: string, start: number): Token {
  let at = start + 1;
  let doubled = false;
  for (;;) {
    const quote = text.indexOf("'", at);
    if (quote < 0) {
      return {
        kind: 'text',
        text: unquote(text.slice(start + 1), doubled),
        start,
        end: text.length,
        broken: "The text is not closed. End it with '.",
      };
    }
    if (text[quote + 1] !== "'") {
      return { kind: 'text', text: unquote(text.slice(start + 1, quote), doubled), start, end: quote + 1 };
    }
    doubled = true;
    at = quote + 2;
  }
}

function unquote(inner: string, doubled: boolean): string {
  return doubled ? inner.replaceAll("''", "'") : inner;
}

function readBracketToken(text: string, start: number): Token {
  let at = start + 2;
  while (isNamePart(text.charCodeAt(at))) at++;
  const name = text.slice(start + 2, at);
  if (name !== '' && text.startsWith('%]', at)) return { kind: 'token', text: name, start, end: at + 2 };
  return { kind: 'token', text: name, start, end: at, broken: 'The token is not closed. Tokens are written [%Name%].' };
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code);
}
