import type { Diagnostic, Severity, Span } from '../base/diagnostic.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { BinaryOperator, Expression, ExpressionOf } from './ast.ts';
import { checkPath, type ExpressionDependency } from './check-path.ts';
import { FUNCTIONS, type FunctionEntry, type ParameterType } from './functions/table.ts';
import { fixedLengthMs, isLengthToken, isMomentToken, LENGTH_TOKENS, MOMENT_TOKENS } from './moment.ts';
import { factsOf, pathKey } from './narrowing.ts';
import { suggestion } from './nearest.ts';
import type { Reference } from './reference.ts';
import {
  BOOLEAN,
  DATE_TIME,
  DECIMAL,
  describeType,
  EMPTY,
  INTEGER,
  isAssignable,
  isNumeric,
  LONG,
  STRING,
  type Type,
  UNKNOWN,
} from './type.ts';

export type { ExpressionDependency } from './check-path.ts';

export interface ExpressionContext {
  readonly view: DomainView;
  /** Variables in scope, without `$`. `currentUser` is always there. */
  readonly variables: ReadonlyMap<string, Type>;
  /** What the place wants. */
  readonly expects?: Type;
}

export interface CheckedExpression {
  /** The same expression with every `+` between texts told from that of numbers; this is the one to evaluate. */
  readonly tree: Expression;
  readonly type: Type;
  /** Whether the value may be empty, as far as can be told. */
  readonly canBeEmpty: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly references: readonly Reference[];
  /** Everything that is read of objects, for hosts to load and the analyzer to follow. */
  readonly dependencies: readonly ExpressionDependency[];
}

/** Types an expression and resolves its names. Holes pass in silence: the parser has reported them. */
export function checkExpression(tree: Expression, context: ExpressionContext): CheckedExpression {
  const checker = new ExpressionChecker(context);
  const checked = checker.check(tree, new Set());
  const { expects } = context;
  if (expects && !isAssignable(checked.type, expects, context.view)) {
    checker.report(
      'error',
      'type-mismatch',
      `This place takes ${describeType(expects)}, and the expression gives ${describeType(checked.type)}.`,
      tree.span,
    );
  }
  const { diagnostics, references, dependencies } = checker;
  return { ...checked, diagnostics, references, dependencies };
}

/** A checked part of an expression. */
export interface Checked {
  readonly tree: Expression;
  readonly type: Type;
  readonly canBeEmpty: boolean;
}

/** Paths that are known not to be empty where an expression stands. */
export type Facts = ReadonlySet<string>;

export class ExpressionChecker {
  readonly view: DomainView;
  readonly variables: ReadonlyMap<string, Type>;
  readonly diagnostics: Diagnostic[] = [];
  readonly references: Reference[] = [];
  readonly dependencies: ExpressionDependency[] = [];

  constructor(context: ExpressionContext) {
    this.view = context.view;
    this.variables = context.variables.has('currentUser')
      ? context.variables
      : new Map<string, Type>([['currentUser', { kind: 'Object', entity: 'System.User' }], ...context.variables]);
  }

  report(severity: Severity, problem: string, message: string, span: Span): void {
    this.diagnostics.push({ code: `expression/${problem}`, severity, message, span });
  }

  error(problem: string, message: string, span: Span): Type {
    this.report('error', problem, message, span);
    return UNKNOWN;
  }

  check(tree: Expression, facts: Facts): Checked {
    switch (tree.kind) {
      case 'text':
        if (tree.value.startsWith('[%') && tree.value.endsWith('%]'))
          this.report('warning', 'quoted-token', 'This is a text. Tokens are written without quotes here.', tree.span);
        return { tree, type: STRING, canBeEmpty: false };
      case 'number':
        return { tree, type: this.#number(tree), canBeEmpty: false };
      case 'boolean':
        return { tree, type: BOOLEAN, canBeEmpty: false };
      case 'empty':
        return { tree, type: EMPTY, canBeEmpty: true };
      case 'token':
        return { tree, type: this.#token(tree), canBeEmpty: false };
      case 'name':
        return { tree, type: this.#name(tree), canBeEmpty: false };
      case 'constant':
        return { tree, type: this.#constant(tree), canBeEmpty: false };
      case 'path': {
        const { type, canBeEmpty } = checkPath(tree, this);
        return { tree, type, canBeEmpty: canBeEmpty && !facts.has(pathKey(tree)) };
      }
      case 'call':
        return this.#call(tree, facts);
      case 'negate': {
        const operand = this.check(tree.operand, facts);
        const isFine = isNumeric(operand.type) || operand.type.kind === 'Unknown';
        const type = isFine
          ? operand.type
          : this.error(
              'type-mismatch',
              `Only numbers have a negative; this is ${describeType(operand.type)}.`,
              tree.operand.span,
            );
        return { tree: { ...tree, operand: operand.tree }, type, canBeEmpty: false };
      }
      case 'binary':
        return this.#binary(tree, facts);
      case 'if':
        return this.#if(tree, facts);
      case 'hole':
        return { tree, type: UNKNOWN, canBeEmpty: false };
    }
  }

  #number({ text, span }: ExpressionOf<'number'>): Type {
    const digits = text.replace(/^0+/, '');
    if (text.includes('.'))
      return digits.split('.')[0]!.length > 20
        ? this.error('number-too-large', 'A number has at most 20 digits before the point.', span)
        : DECIMAL;
    if (digits.length > 20)
      return this.error('number-too-large', 'A number has at most 20 digits before the point.', span);
    const value = BigInt(text);
    if (BigInt.asIntN(64, value) !== value) return DECIMAL;
    return BigInt.asIntN(32, value) === value ? INTEGER : LONG;
  }

  #token({ name, span }: ExpressionOf<'token'>): Type {
    if (isMomentToken(name)) return DATE_TIME;
    if (fixedLengthMs(name) !== undefined) return LONG;
    if (isLengthToken(name))
      return this.error(
        'unknown-token',
        `Months and years are not all of a length. Use addMonths or addYears instead of [%${name}%].`,
        span,
      );
    if (name === 'CurrentUser') return this.variables.get('currentUser')!;
    if (name === 'CurrentObject')
      return (
        this.variables.get('currentObject') ?? this.error('unknown-variable', 'There is no current object here.', span)
      );
    const roleName = name.startsWith('UserRole_') ? name.slice('UserRole_'.length) : null;
    if (roleName === null)
      return this.error(
        'unknown-token',
        `There is no token [%${name}%].${suggestion(name, ['CurrentUser', 'CurrentObject', ...MOMENT_TOKENS, ...LENGTH_TOKENS])}`,
        span,
      );
    const roles = this.view.model.security.userRoles;
    const role = roles.find((candidate) => candidate.name === roleName);
    if (!role)
      return this.error(
        'unknown-user-role',
        `There is no user role "${roleName}".${suggestion(
          roleName,
          roles.map((candidate) => candidate.name),
        )}`,
        span,
      );
    this.references.push({ kind: 'userRole', name: roleName, id: role.id, span });
    return { kind: 'Object', entity: 'System.UserRole' };
  }

  #name({ name, span }: ExpressionOf<'name'>): Type {
    const parts = name.split('.');
    const { model } = this.view;
    if (parts.length !== 3) {
      const variable = this.variables.has(name) ? ` Did you mean "$${name}"?` : suggestion(name, FUNCTIONS.keys());
      return this.error(
        'unknown-name',
        `"${name}" means nothing here. Variables begin with $, texts stand in quotes, values of enumerations are Module.Enumeration.Value.${variable}`,
        span,
      );
    }
    const enumeration = `${parts[0]}.${parts[1]}`;
    const found = model.find('enumeration', enumeration);
    if (!found)
      return this.error(
        'unknown-enumeration',
        `There is no enumeration ${enumeration}.${suggestion(enumeration, model.all('enumeration').keys())}`,
        span,
      );
    const value = found.content.values.find((candidate) => candidate.name === parts[2]);
    if (!value) {
      return this.error(
        'unknown-enumeration-value',
        `${enumeration} has no value "${parts[2]}".${suggestion(
          parts[2]!,
          found.content.values.map((candidate) => candidate.name),
        )}`,
        span,
      );
    }
    this.references.push({ kind: 'enumerationValue', name, id: value.id, span });
    return { kind: 'Enumeration', enumeration };
  }

  #constant({ name, span }: ExpressionOf<'constant'>): Type {
    if (name === '') return UNKNOWN;
    const { model } = this.view;
    const constant = model.find('constant', name);
    if (!constant)
      return this.error(
        'unknown-constant',
        `There is no constant ${name}.${suggestion(name, model.all('constant').keys())}`,
        span,
      );
    this.references.push({ kind: 'constant', name, id: constant.content.id, span });
    return { kind: constant.content.type };
  }

  #call(tree: ExpressionOf<'call'>, facts: Facts): Checked {
    const operands = tree.arguments.map((argument) => this.check(argument, facts));
    const checked = { ...tree, arguments: operands.map((operand) => operand.tree) };
    const entry = FUNCTIONS.get(tree.name);
    if (!entry) {
      return {
        tree: checked,
        type: this.error(
          'unknown-function',
          `There is no function "${tree.name}".${suggestion(tree.name, FUNCTIONS.keys())}`,
          tree.nameSpan,
        ),
        canBeEmpty: false,
      };
    }
    this.references.push({ kind: 'function', name: tree.name, span: tree.nameSpan });
    const required = entry.required ?? entry.parameters.length;
    const count = operands.length;
    if (count < required || (!entry.variadic && count > entry.parameters.length)) {
      return {
        tree: checked,
        type: this.error(
          'wrong-arity',
          `${entry.signature} cannot take ${count} argument${count === 1 ? '' : 's'}.`,
          tree.span,
        ),
        canBeEmpty: false,
      };
    }
    for (const [at, operand] of operands.entries()) this.#argument(operand, entry, at);
    const type =
      typeof entry.result === 'function' ? entry.result(operands.map((operand) => operand.type)) : entry.result;
    return { tree: checked, type, canBeEmpty: !entry.isFilled && operands.some((operand) => operand.canBeEmpty) };
  }

  #argument({ type, tree }: Checked, entry: FunctionEntry, at: number): void {
    const wanted = entry.parameters[Math.min(at, entry.parameters.length - 1)]!;
    if (type.kind === 'Unknown' || type.kind === 'Empty' || ACCEPTED[wanted].includes(type.kind)) return;
    this.error(
      'type-mismatch',
      `${entry.signature} takes ${PARAMETER_WORDS[wanted]} here, not ${describeType(type)}.`,
      tree.span,
    );
  }

  #if(tree: ExpressionOf<'if'>, facts: Facts): Checked {
    const condition = this.#condition(tree.condition, facts);
    const then = this.check(tree.then, new Set([...facts, ...factsOf(tree.condition, true)]));
    const otherwise = this.check(tree.else, new Set([...facts, ...factsOf(tree.condition, false)]));
    return {
      tree: { ...tree, condition: condition.tree, then: then.tree, else: otherwise.tree },
      type: this.#common(then.type, otherwise.type, tree.span),
      canBeEmpty: then.canBeEmpty || otherwise.canBeEmpty,
    };
  }

  #condition(tree: Expression, facts: Facts): Checked {
    const checked = this.check(tree, facts);
    const { kind } = checked.type;
    if (kind !== 'Boolean' && kind !== 'Unknown' && kind !== 'Empty')
      this.error('type-mismatch', `A condition is true or false; this is ${describeType(checked.type)}.`, tree.span);
    return checked;
  }

  #common(a: Type, b: Type, span: Span): Type {
    if (a.kind === 'Empty' || a.kind === 'Unknown') return b;
    if (b.kind === 'Empty' || b.kind === 'Unknown') return a;
    if (isNumeric(a) && isNumeric(b)) return widerNumber(a, b);
    if (isAssignable(b, a, this.view)) return a;
    if (isAssignable(a, b, this.view)) return b;
    return this.error('type-mismatch', `The two branches give ${describeType(a)} and ${describeType(b)}.`, span);
  }

  #binary(tree: ExpressionOf<'binary'>, facts: Facts): Checked {
    const { operator } = tree;
    if (operator === 'and' || operator === 'or') {
      const left = this.#condition(tree.left, facts);
      const right = this.#condition(tree.right, new Set([...facts, ...factsOf(tree.left, operator === 'and')]));
      return { tree: { ...tree, left: left.tree, right: right.tree }, type: BOOLEAN, canBeEmpty: false };
    }
    const left = this.check(tree.left, facts);
    const right = this.check(tree.right, facts);
    const isText = operator === '+' && (left.type.kind === 'String' || right.type.kind === 'String');
    const checked: Expression = { ...tree, operator: isText ? '&' : operator, left: left.tree, right: right.tree };
    if (left.type.kind === 'Unknown' || right.type.kind === 'Unknown')
      return {
        tree: checked,
        type: COMPARISONS.has(operator) ? BOOLEAN : isText ? STRING : UNKNOWN,
        canBeEmpty: false,
      };
    if (isText) return { tree: checked, type: this.#join(left, right), canBeEmpty: false };
    if (COMPARISONS.has(operator)) return { tree: checked, type: this.#compare(tree, left, right), canBeEmpty: false };
    return { tree: checked, type: this.#arithmetic(tree, left, right), canBeEmpty: false };
  }

  #join(left: Checked, right: Checked): Type {
    for (const { type, tree } of [left, right]) {
      if (!TEXTS.includes(type.kind))
        this.error('type-mismatch', `${describeType(type)} has no text. Name one of its members.`, tree.span);
    }
    return STRING;
  }

  #compare({ operator, span }: ExpressionOf<'binary'>, left: Checked, right: Checked): Type {
    const isOrdering = operator !== '=' && operator !== '!=';
    const [a, b] = [left.type, right.type];
    if (a.kind === 'Empty' || b.kind === 'Empty') {
      if (isOrdering)
        this.report('warning', 'ordering-empty', `Nothing is before or after empty: this is always false.`, span);
      return BOOLEAN;
    }
    const isSame = (isNumeric(a) && isNumeric(b)) || isAssignable(a, b, this.view) || isAssignable(b, a, this.view);
    if (!isSame) this.error('type-mismatch', `${describeType(a)} cannot be compared with ${describeType(b)}.`, span);
    else if (isOrdering && !ORDERED.includes(a.kind))
      this.error('type-mismatch', `${describeType(a)} has no order. Use = or !=.`, span);
    else if (isOrdering) this.#warnOfEmpty([left, right], 'The comparison is then false.');
    return BOOLEAN;
  }

  #arithmetic({ operator }: ExpressionOf<'binary'>, left: Checked, right: Checked): Type {
    const [a, b] = [left.type, right.type];
    const isLength = (type: Type) => type.kind === 'Long' || type.kind === 'Integer';
    if (a.kind === 'DateTime' && isLength(b) && (operator === '+' || operator === '-')) return DATE_TIME;
    if (b.kind === 'DateTime' && isLength(a) && operator === '+') return DATE_TIME;
    for (const { type, tree } of [left, right]) {
      if (type.kind === 'Empty')
        this.report('warning', 'empty-operand', `"${operator}" with empty is an error when it runs.`, tree.span);
      else if (!isNumeric(type))
        return this.error('type-mismatch', `"${operator}" works on numbers; this is ${describeType(type)}.`, tree.span);
    }
    if (a.kind === 'Empty' || b.kind === 'Empty')
      return operator === 'div' ? DECIMAL : a.kind === 'Empty' ? (b.kind === 'Empty' ? UNKNOWN : b) : a;
    this.#warnOfEmpty([left, right], 'That is then an error; test with != empty before.');
    return operator === 'div' ? DECIMAL : widerNumber(a, b);
  }

  #warnOfEmpty(operands: readonly Checked[], consequence: string): void {
    for (const { canBeEmpty, tree } of operands) {
      if (canBeEmpty) this.report('information', 'may-be-empty', `This may be empty. ${consequence}`, tree.span);
    }
  }
}

const COMPARISONS: ReadonlySet<BinaryOperator> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const TEXTS: readonly Type['kind'][] = [
  'String',
  'Integer',
  'Long',
  'Decimal',
  'Boolean',
  'DateTime',
  'Enumeration',
  'Empty',
  'Unknown',
];
const ORDERED: readonly Type['kind'][] = ['String', 'Integer', 'Long', 'Decimal', 'DateTime', 'Enumeration'];
const NUMBERS: readonly Type['kind'][] = ['Integer', 'Long', 'Decimal'];

const ACCEPTED: { readonly [type in ParameterType]: readonly Type['kind'][] } = {
  text: ['String'],
  whole: ['Integer', 'Long'],
  number: NUMBERS,
  boolean: ['Boolean'],
  dateTime: ['DateTime'],
  enumeration: ['Enumeration'],
  object: ['Object'],
  any: TEXTS,
};
const PARAMETER_WORDS: { readonly [type in ParameterType]: string } = {
  text: 'a String',
  whole: 'an Integer or Long',
  number: 'a number',
  boolean: 'a Boolean',
  dateTime: 'a DateTime',
  enumeration: 'a value of an enumeration',
  object: 'an object',
  any: 'a value',
};

function widerNumber(a: Type, b: Type): Type {
  if (a.kind === 'Decimal' || b.kind === 'Decimal') return DECIMAL;
  return a.kind === 'Long' || b.kind === 'Long' ? LONG : INTEGER;
}
