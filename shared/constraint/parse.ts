import type { Diagnostic, Span } from '../base/diagnostic.ts';
import { type Token, tokenize } from '../expression/lexer.ts';
import { describe, TokenCursor } from '../expression/token-cursor.ts';
import type { ComparisonOperator, Condition, Constraint, ConstraintSegment, Operand } from './ast.ts';
import { parseTokenText } from './token-text.ts';

export interface ParsedConstraint {
  readonly tree: Constraint;
  readonly diagnostics: readonly Diagnostic[];
}

const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** Any text gives a tree; what could not be read is a hole with a diagnostic. Blank text is no constraint. */
export function parseConstraint(text: string): ParsedConstraint {
  const parser = new ConstraintParser(text);
  return { tree: parser.parse(), diagnostics: parser.cursor.diagnostics };
}

class ConstraintParser {
  readonly cursor: TokenCursor;
  readonly #length: number;

  constructor(text: string) {
    this.cursor = new TokenCursor(tokenize(text, { hyphens: true }), 'constraint');
    this.#length = text.length;
  }

  parse(): Constraint {
    const { cursor } = this;
    const brackets: Condition[] = [];
    while (cursor.token.kind !== 'end') {
      if (!cursor.isSymbol('[')) {
        const { token } = cursor;
        if (brackets.length > 0)
          cursor.report(
            'unexpected',
            `Unexpected ${describe(token)}: another "[" or the end was expected here.`,
            token,
          );
        else
          cursor.report('expected', `A constraint stands in brackets: expected "[", found ${describe(token)}.`, token);
        if (brackets.length > 0) break;
        brackets.push(this.#condition());
        cursor.takeSymbol(']');
        continue;
      }
      brackets.push(this.#bracket());
    }
    return { brackets, span: { start: 0, end: this.#length } };
  }

  #bracket(): Condition {
    this.cursor.next();
    const condition = this.#condition();
    this.cursor.expectSymbol(']', 'to close the bracket');
    return condition;
  }

  #condition(): Condition {
    return (
      this.cursor.nested(() => this.#chain('or', () => this.#chain('and', () => this.#unary()))) ??
      this.#emptyCondition()
    );
  }

  #chain(word: 'or' | 'and', operand: () => Condition): Condition {
    const first = operand();
    if (!this.cursor.isWord(word)) return first;
    const operands = [first];
    while (this.cursor.takeWord(word)) operands.push(operand());
    // What was in parentheses and joined by the same word is one chain: the grouping changes nothing.
    const flat = operands.flatMap((condition) => (condition.kind === word ? condition.operands : [condition]));
    return { kind: word, operands: flat, span: { start: first.span.start, end: operands.at(-1)!.span.end } };
  }

  #unary(): Condition {
    const { cursor } = this;
    const start = cursor.token.start;
    if (cursor.isWord('not')) {
      cursor.next();
      if (!cursor.takeSymbol('('))
        cursor.report(
          'expected',
          `Expected "(" after not, found ${describe(cursor.token)}. Write not(…).`,
          cursor.token,
        );
      const operand = this.#condition();
      cursor.expectSymbol(')', 'to close not(');
      return { kind: 'not', operand, span: { start, end: cursor.lastEnd } };
    }
    if (cursor.takeSymbol('(')) {
      const inner = this.#condition();
      cursor.expectSymbol(')', 'to close the parenthesis');
      return inner;
    }
    return this.#comparison();
  }

  #comparison(): Condition {
    const { cursor } = this;
    const left = this.#operand();
    const { kind, text } = cursor.token;
    if (kind !== 'symbol' || !COMPARISONS.has(text)) return { kind: 'alone', operand: left, span: left.span };
    cursor.next();
    const right = this.#operand();
    return {
      kind: 'comparison',
      operator: text as ComparisonOperator,
      left,
      right,
      span: { start: left.span.start, end: Math.max(right.span.end, cursor.lastEnd) },
    };
  }

  #operand(): Operand {
    const { cursor } = this;
    const token = cursor.token;
    const span = spanOf(token);
    switch (token.kind) {
      case 'text':
        cursor.next();
        return this.#text(token.text, span);
      case 'number':
        cursor.next();
        return { kind: 'number', text: token.text, span };
      case 'token':
        cursor.next();
        cursor.report('token-without-quotes', `Tokens stand in quotes here: '[%${token.text}%]'.`, token);
        return { kind: 'token', name: token.text, terms: [], span };
      case 'constant':
        cursor.next();
        return { kind: 'constant', name: token.text, span };
      case 'variable': {
        cursor.next();
        const segments = cursor.takeSymbol('/') ? this.#segments() : [];
        return {
          kind: 'variable',
          name: token.text,
          nameSpan: span,
          segments,
          span: { start: span.start, end: cursor.lastEnd },
        };
      }
      case 'name':
        return this.#named();
      case 'symbol':
        return token.text === '-' && cursor.peek().kind === 'number' ? this.#negative() : this.#missing();
      case 'invalid':
        cursor.report(
          'unknown-character',
          `"${token.text}" means nothing in a constraint. Remove it, or put it in quotes if it is text.`,
          token,
        );
        cursor.next();
        return { kind: 'hole', span };
      case 'end':
        return this.#missing();
    }
  }

  #negative(): Operand {
    const start = this.cursor.next().start;
    const digits = this.cursor.next();
    return { kind: 'number', text: `-${digits.text}`, span: { start, end: digits.end } };
  }

  #text(value: string, span: Span): Operand {
    if (!value.trimStart().startsWith('[%')) return { kind: 'text', value, span };
    const token = parseTokenText(value);
    if (token) return { kind: 'token', ...token, span };
    this.cursor.report(
      'malformed-token',
      `This is not a token. Write '[%Name%]', or for a moment '[%Name%] - 3 * [%DayLength%]'.`,
      span,
    );
    return { kind: 'hole', span };
  }

  #named(): Operand {
    const { cursor } = this;
    const token = cursor.token;
    const span = spanOf(token);
    if (cursor.peek().kind === 'symbol' && cursor.peek().text === '(') return this.#call(token);
    if (token.text === 'and' || token.text === 'or') return this.#missing();
    if (!(cursor.peek().kind === 'symbol' && (cursor.peek().text === '/' || cursor.peek().text === '['))) {
      if (token.text === 'empty' || token.text === 'NULL') {
        cursor.next();
        return { kind: 'empty', span };
      }
      if (token.text === 'true' || token.text === 'false') {
        cursor.next();
        return { kind: 'boolean', value: token.text === 'true', span };
      }
      if (token.text.split('.').length === 3 && !token.broken) {
        cursor.next();
        return { kind: 'value', name: token.text, span };
      }
    }
    const segments = this.#segments();
    return { kind: 'path', segments, span: { start: span.start, end: cursor.lastEnd } };
  }

  #segments(): ConstraintSegment[] {
    const { cursor } = this;
    const segments: ConstraintSegment[] = [];
    do {
      const token = cursor.token;
      if (token.kind !== 'name') {
        cursor.report(
          'expected',
          `Expected an association, an entity or an attribute, found ${describe(token)}.`,
          token,
        );
        segments.push({ name: '', span: { start: cursor.lastEnd, end: cursor.lastEnd }, reversed: false, filters: [] });
        break;
      }
      cursor.next();
      let reversed = false;
      const filters: Condition[] = [];
      while (cursor.isSymbol('[')) {
        if (cursor.peek().text === 'reversed' && cursor.peek(2).text === '(') {
          this.#reversed();
          reversed = true;
        } else {
          filters.push(this.#bracket());
        }
      }
      segments.push({ name: token.text, span: spanOf(token), reversed, filters });
    } while (cursor.takeSymbol('/'));
    return segments;
  }

  #reversed(): void {
    const { cursor } = this;
    cursor.next();
    cursor.next();
    cursor.next();
    cursor.expectSymbol(')', 'after reversed(');
    cursor.expectSymbol(']', 'after [reversed()');
  }

  #call(token: Token): Operand {
    const { cursor } = this;
    cursor.next();
    cursor.next();
    const list: Operand[] = [];
    if (!cursor.isSymbol(')')) {
      do {
        list.push(cursor.nested(() => this.#operand()) ?? this.#hole());
      } while (cursor.takeSymbol(','));
    }
    cursor.expectSymbol(')', `to close the arguments of ${token.text}`);
    const span = { start: token.start, end: cursor.lastEnd };
    if ((token.text === 'true' || token.text === 'false') && list.length === 0)
      return { kind: 'boolean', value: token.text === 'true', span };
    return { kind: 'call', name: token.text, nameSpan: spanOf(token), arguments: list, span };
  }

  #missing(): Operand {
    const token = this.cursor.token;
    this.cursor.report('expected-value', `A value or a path was expected here, found ${describe(token)}.`, token);
    // Something that can never begin an operand would be met again and again.
    if (token.kind === 'symbol' && !STOPS.has(token.text)) this.cursor.next();
    return this.#hole();
  }

  #hole(): Operand {
    const { start } = this.cursor.token;
    return { kind: 'hole', span: { start, end: start } };
  }

  #emptyCondition(): Condition {
    const operand = this.#hole();
    return { kind: 'alone', operand, span: operand.span };
  }
}

const STOPS = new Set([']', ')', ',', '[', '(', ...COMPARISONS]);

function spanOf(token: Span): Span {
  return { start: token.start, end: token.end };
}
