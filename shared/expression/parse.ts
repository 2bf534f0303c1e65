import type { Diagnostic, Span } from '../base/diagnostic.ts';
import type { BinaryOperator, Expression, PathSegment } from './ast.ts';
import { tokenize } from './lexer.ts';
import { describe, MAX_TREE_HEIGHT, TokenCursor } from './token-cursor.ts';

export interface ParsedExpression {
  readonly tree: Expression;
  readonly diagnostics: readonly Diagnostic[];
}

/** Binding powers, loosest first; all bind from the left. */
export const PRECEDENCE: { readonly [operator in BinaryOperator]: number } = {
  or: 1,
  and: 2,
  '=': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '&': 4,
  '*': 5,
  div: 5,
  mod: 5,
};
/** Words that end an operand or begin one, and so are never a name. */
export const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'if', 'then', 'else', 'div', 'mod']);

/** Any text gives a tree; what could not be read is a hole with a diagnostic. Blank text is one hole. */
export function parseExpression(text: string): ParsedExpression {
  const parser = new ExpressionParser(text);
  return { tree: parser.parse(), diagnostics: parser.cursor.diagnostics };
}

class ExpressionParser {
  readonly cursor: TokenCursor;
  /** Height of the tree returned last. */
  #height = 0;

  constructor(text: string) {
    this.cursor = new TokenCursor(tokenize(text, { hyphens: false }), 'expression');
  }

  parse(): Expression {
    const tree = this.#expression(0);
    const rest = this.cursor.token;
    if (rest.kind !== 'end') {
      this.cursor.report('unexpected', `Unexpected ${describe(rest)}: an operator or the end was expected here.`, rest);
    }
    return tree;
  }

  #expression(minimum: number): Expression {
    const tree = this.cursor.nested(() => this.#binary(minimum));
    return tree ?? this.#hole();
  }

  #binary(minimum: number): Expression {
    let left = this.#unary();
    let height = this.#height;
    for (;;) {
      const operator = this.#operator();
      if (!operator || PRECEDENCE[operator] <= minimum) break;
      this.cursor.next();
      const right = this.#expression(PRECEDENCE[operator]);
      height = Math.max(height, this.#height) + 1;
      left = {
        kind: 'binary',
        operator,
        left,
        right,
        span: { start: left.span.start, end: Math.max(right.span.end, left.span.end) },
      };
      if (height > MAX_TREE_HEIGHT) {
        this.cursor.tooDeep();
        break;
      }
    }
    this.#height = height;
    return left;
  }

  #operator(): BinaryOperator | null {
    const { kind, text } = this.cursor.token;
    if (kind === 'symbol' && text === ':') return 'div';
    if (kind !== 'symbol' && kind !== 'name') return null;
    return Object.hasOwn(PRECEDENCE, text) ? (text as BinaryOperator) : null;
  }

  #unary(): Expression {
    const { cursor } = this;
    const start = cursor.token.start;
    if (cursor.takeSymbol('-')) {
      const operand = cursor.nested(() => this.#unary()) ?? this.#hole();
      this.#height++;
      return { kind: 'negate', operand, span: { start, end: operand.span.end } };
    }
    if (cursor.isWord('if')) return this.#condition();
    this.#height = 1;
    return this.#primary();
  }

  #condition(): Expression {
    const { cursor } = this;
    const start = cursor.next().start;
    const condition = this.#expression(0);
    let height = this.#height;
    const branch = (word: 'then' | 'else'): Expression => {
      if (!cursor.takeWord(word)) {
        cursor.report(
          'expected',
          `Expected "${word}", found ${describe(cursor.token)}. A condition is written if … then … else ….`,
          cursor.token,
        );
        if (cursor.token.kind === 'end') return this.#hole();
      }
      const tree = this.#expression(0);
      height = Math.max(height, this.#height);
      return tree;
    };
    const then = branch('then');
    const otherwise = branch('else');
    this.#height = height + 1;
    return {
      kind: 'if',
      condition,
      then,
      else: otherwise,
      span: { start, end: Math.max(otherwise.span.end, cursor.lastEnd) },
    };
  }

  #primary(): Expression {
    const { cursor } = this;
    const token = cursor.token;
    const span = { start: token.start, end: token.end };
    switch (token.kind) {
      case 'text':
        cursor.next();
        return { kind: 'text', value: token.text, span };
      case 'number':
        cursor.next();
        return { kind: 'number', text: token.text, span };
      case 'token':
        cursor.next();
        return { kind: 'token', name: token.text, span };
      case 'constant':
        cursor.next();
        return { kind: 'constant', name: token.text, span };
      case 'variable':
        return this.#path();
      case 'name':
        return RESERVED.has(token.text) ? this.#missing() : this.#name();
      case 'symbol':
        return token.text === '(' ? this.#group() : this.#missing();
      case 'invalid':
        cursor.report(
          'unknown-character',
          `"${token.text}" means nothing in an expression. Remove it, or put it in quotes if it is text.`,
          token,
        );
        cursor.next();
        return { kind: 'hole', span };
      case 'end':
        return this.#missing();
    }
  }

  #group(): Expression {
    this.cursor.next();
    const tree = this.#expression(0);
    const height = this.#height;
    this.cursor.expectSymbol(')', 'to close the parenthesis');
    this.#height = height;
    return tree;
  }

  #path(): Expression {
    const { cursor } = this;
    const variable = cursor.next();
    const segments: PathSegment[] = [];
    while (cursor.takeSymbol('/')) {
      const slashEnd = cursor.lastEnd;
      const token = cursor.token;
      if (token.kind === 'name') {
        cursor.next();
        segments.push({ name: token.text, span: spanOf(token) });
      } else {
        cursor.report(
          'expected',
          `Expected a member, an association or an entity after "/", found ${describe(token)}.`,
          token,
        );
        segments.push({ name: '', span: { start: slashEnd, end: slashEnd } });
      }
    }
    return {
      kind: 'path',
      variable: variable.text,
      variableSpan: spanOf(variable),
      segments,
      span: { start: variable.start, end: cursor.lastEnd },
    };
  }

  #name(): Expression {
    const { cursor } = this;
    const token = cursor.next();
    const span = spanOf(token);
    if (cursor.isSymbol('(')) return this.#call(token.text, span);
    if (token.text === 'empty') return { kind: 'empty', span };
    if (token.text === 'true' || token.text === 'false') return { kind: 'boolean', value: token.text === 'true', span };
    return { kind: 'name', name: token.text, span };
  }

  #call(name: string, nameSpan: Span): Expression {
    const { cursor } = this;
    cursor.next();
    const list: Expression[] = [];
    let height = 0;
    if (!cursor.isSymbol(')')) {
      do {
        list.push(this.#expression(0));
        height = Math.max(height, this.#height);
      } while (cursor.takeSymbol(','));
    }
    cursor.expectSymbol(')', `to close the arguments of ${name}`);
    this.#height = height + 1;
    const span = { start: nameSpan.start, end: cursor.lastEnd };
    if ((name === 'true' || name === 'false') && list.length === 0)
      return { kind: 'boolean', value: name === 'true', span };
    return { kind: 'call', name, nameSpan, arguments: list, span };
  }

  #missing(): Expression {
    const token = this.cursor.token;
    this.cursor.report('expected-value', `A value was expected here, found ${describe(token)}.`, token);
    return this.#hole();
  }

  #hole(): Expression {
    this.#height = 1;
    const { start } = this.cursor.token;
    return { kind: 'hole', span: { start, end: start } };
  }
}

function spanOf(token: Span): Span {
  return { start: token.start, end: token.end };
}
