import type { Span } from '../../base/diagnostic.ts';
import { type LexerOptions, type Token, tokenize } from '../lexer.ts';

/** What is being written at the caret. */
export interface CaretWord {
  /** The word's extent; empty at the caret where a new word would begin. */
  readonly span: Span;
  /** Absent where a new word would begin. */
  readonly token?: Token;
  /** The tokens before the word. */
  readonly before: readonly Token[];
  /** The first behind it. */
  readonly after: Token;
}

/** The word that an accepted completion would replace. A symbol is none: what follows it is a new word. */
export function wordAt(text: string, offset: number, options: LexerOptions): CaretWord {
  const tokens = tokenize(text, options);
  const at = tokens.findIndex((token) => isWord(token) && token.start < offset && offset <= token.end);
  const token = tokens[at];
  if (token && !(isClosed(token) && offset === token.end))
    return {
      span: { start: token.start, end: token.end },
      token,
      before: tokens.slice(0, at),
      after: tokens[at + 1] as Token,
    };
  const next = tokens.findIndex((one) => one.start >= offset);
  return {
    span: { start: offset, end: offset },
    before: tokens.slice(0, next).filter((one) => one.end <= offset),
    after: tokens[next] as Token,
  };
}

function isWord(token: Token): boolean {
  return token.kind !== 'symbol' && token.kind !== 'invalid' && token.kind !== 'end';
}

/** A text behind its closing quote and a token behind its bracket are done; nothing more can be typed to them. */
function isClosed({ kind, broken }: Token): boolean {
  return (kind === 'text' || kind === 'token') && broken === undefined;
}

/** The call whose arguments the caret stands among. */
export interface CallAt {
  readonly name: Token;
  /** Index of the argument. */
  readonly active: number;
}

export function callAt(text: string, offset: number, options: LexerOptions): CallAt | undefined {
  const open: { name: Token | undefined; commas: number }[] = [];
  let last: Token | undefined;
  for (const token of tokenize(text, options)) {
    if (token.kind === 'end' || token.end > offset) break;
    if (token.kind === 'symbol') {
      if (token.text === '(' || token.text === '[')
        open.push({ name: token.text === '(' && last?.kind === 'name' ? last : undefined, commas: 0 });
      else if (token.text === ')' || token.text === ']') open.pop();
      else if (token.text === ',') (open.at(-1) ?? { commas: 0 }).commas++;
    }
    last = token;
  }
  const inner = open.findLast((one) => one.name !== undefined);
  return inner?.name && { name: inner.name, active: inner.commas };
}

/** A signature as editors show it, taken apart: `substring(text, start, length?)`. */
export interface Signature {
  readonly label: string;
  readonly parameters: readonly string[];
  readonly active: number;
  readonly documentation?: string;
}

export function signatureOf(label: string, active: number, documentation: string): Signature {
  const inner = label.slice(label.indexOf('(') + 1, label.lastIndexOf(')'));
  const parameters = inner === '' ? [] : inner.split(',').map((parameter) => parameter.trim());
  return { label, parameters, active: Math.min(active, Math.max(0, parameters.length - 1)), documentation };
}
