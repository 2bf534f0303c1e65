import type { Span } from '../base/diagnostic.ts';
import { failure, isNumber } from './arithmetic.ts';
import type { Expression, ExpressionOf } from './ast.ts';
import { fitsInteger, fitsLong } from './convert.ts';
import { parseDecimalText } from './decimal.ts';
import type { EvaluationEnvironment } from './environment.ts';
import { FUNCTIONS, type ParameterType } from './functions/table.ts';
import { fixedLengthMs, isMomentToken, momentOf } from './moment.ts';
import { arithmetic, OPERATORS, truth } from './operators.ts';
import { userRoleObjectId } from './user-role.ts';
import type { ObjectValue, Value } from './value.ts';
import { isError, isList, isObject, kindOf, located, place } from './value-kinds.ts';

/** An expression made ready, to be evaluated again and again. */
export type Evaluate = (environment: EvaluationEnvironment) => Value;

const compiled = new WeakMap<Expression, Evaluate>();

/**
 * The value of an expression. Never throws: what goes wrong is an error value with the place where it did. Trees from
 * the checker know which `+` join texts; in others two empties joined by `+` are empty.
 */
export function evaluateExpression(tree: Expression, environment: EvaluationEnvironment): Value {
  return compileExpression(tree)(environment);
}

/** Kept with the tree, so that a tree is made ready once. */
export function compileExpression(tree: Expression): Evaluate {
  let evaluate = compiled.get(tree);
  if (!evaluate) {
    evaluate = compile(tree);
    compiled.set(tree, evaluate);
  }
  return evaluate;
}

function compile(tree: Expression): Evaluate {
  switch (tree.kind) {
    case 'text':
    case 'boolean':
      return constantly(tree.value);
    case 'empty':
      return constantly(null);
    case 'number':
      return constantly(number(tree));
    case 'token':
      return token(tree);
    case 'name':
      return enumerationValue(tree);
    case 'constant':
      return (environment) => environment.constant(tree.name);
    case 'path':
      return path(tree);
    case 'call':
      return call(tree);
    case 'negate': {
      const operand = compile(tree.operand);
      return (environment) => arithmetic('-', 0, operand(environment), tree.span);
    }
    case 'binary':
      return binary(tree);
    case 'if': {
      const condition = compile(tree.condition);
      const then = compile(tree.then);
      const otherwise = compile(tree.else);
      return (environment) => {
        const decided = truth(condition(environment), tree.condition.span);
        return isError(decided) ? decided : (decided ? then : otherwise)(environment);
      };
    }
    case 'hole':
      return constantly(located(failure('incomplete', 'The expression is not complete.'), tree.span));
  }
}

function constantly(value: Value): Evaluate {
  return () => value;
}

function number(tree: ExpressionOf<'number'>): Value {
  if (!tree.text.includes('.')) {
    const value = BigInt(tree.text);
    if (fitsInteger(value)) return Number(value);
    if (fitsLong(value)) return value;
  }
  return (
    parseDecimalText(tree.text) ??
    located(failure('overflow', 'The number has more than 20 digits before the point.'), tree.span)
  );
}

const ROLE_PREFIX = 'UserRole_';

function token(tree: ExpressionOf<'token'>): Evaluate {
  const { name, span } = tree;
  if (isMomentToken(name)) return ({ session }) => ({ kind: 'dateTime', ms: momentOf(name, [], session) });
  const length = fixedLengthMs(name);
  if (length !== undefined) return constantly(BigInt(length));
  if (name === 'CurrentUser' || name === 'CurrentObject')
    return variable(name === 'CurrentUser' ? 'currentUser' : 'currentObject', span);
  const unknown = located(failure('unknown-token', `[%${name}%] means nothing here.`), span);
  if (!name.startsWith(ROLE_PREFIX)) return constantly(unknown);
  return (environment) => {
    const role = environment.userRole(name.slice(ROLE_PREFIX.length));
    return role === undefined ? unknown : { kind: 'object', entity: 'System.UserRole', id: userRoleObjectId(role) };
  };
}

function enumerationValue({ name, span }: ExpressionOf<'name'>): Evaluate {
  const at = name.lastIndexOf('.');
  const enumeration = name.slice(0, at);
  const key = name.slice(at + 1);
  return (environment) => {
    const value = environment.enumeration(enumeration)?.values.find((candidate) => candidate.name === key);
    return value
      ? { kind: 'enumeration', enumeration, value: value.id }
      : located(failure('unknown-name', `${name} is no enumeration's value.`), span);
  };
}

function variable(name: string, span: Span): Evaluate {
  const unknown = located(failure('unknown-variable', `There is no variable $${name}.`), span);
  return (environment) => {
    const value = environment.variable(name);
    return value === undefined ? unknown : value;
  };
}

function path(tree: ExpressionOf<'path'>): Evaluate {
  const start = variable(tree.variable, tree.variableSpan);
  if (tree.segments.length === 0) return start;
  const names = tree.segments.map((segment) => segment.name);
  const member = names.at(-1)!.includes('.') ? null : names.pop()!;
  const steps: { association: string; entity: string | undefined }[] = [];
  for (let at = 0; at < names.length; at += 2) steps.push({ association: names[at]!, entity: names[at + 1] });
  return (environment) => {
    let value = start(environment);
    for (const step of steps) value = follow(value, step.association, step.entity, environment);
    if (member === null || value === null || isError(value)) return place(value, tree.span);
    return isObject(value)
      ? environment.read(value, member)
      : located(failure('not-an-object', `"${member}" is asked of something that is not one object.`), tree.span);
  };
}

function follow(
  value: Value,
  association: string,
  entity: string | undefined,
  environment: EvaluationEnvironment,
): Value {
  if (value === null || isError(value)) return value;
  const keeps = (object: ObjectValue) => entity === undefined || environment.isA(object.entity, entity);
  if (isObject(value)) {
    const reached = environment.follow(value, association);
    if (isObject(reached)) return keeps(reached) ? reached : null;
    return isList(reached) ? { ...reached, items: reached.items.filter(keeps) } : reached;
  }
  if (!isList(value)) return failure('not-an-object', `${association} starts at objects only.`);
  const items = value.items.flatMap((item) => {
    const reached = environment.follow(item, association);
    return isObject(reached) ? [reached] : isList(reached) ? reached.items : [];
  });
  const distinct = [...new Map(items.filter(keeps).map((item) => [item.id, item])).values()];
  return { kind: 'list', entity: entity ?? distinct[0]?.entity ?? value.entity, items: distinct };
}

function call(tree: ExpressionOf<'call'>): Evaluate {
  const entry = FUNCTIONS.get(tree.name);
  const { span } = tree;
  if (!entry)
    return constantly(located(failure('unknown-function', `There is no function "${tree.name}".`), tree.nameSpan));
  const required = entry.required ?? entry.parameters.length;
  if (tree.arguments.length < required || (!entry.variadic && tree.arguments.length > entry.parameters.length)) {
    return constantly(
      located(failure('wrong-arity', `${entry.signature} was given ${tree.arguments.length} arguments.`), span),
    );
  }
  const operands = tree.arguments.map(compile);
  const types = operands.map((_, at) => entry.parameters[Math.min(at, entry.parameters.length - 1)]!);
  return (environment) => {
    const values: Value[] = [];
    let isEmpty = false;
    for (const [at, operand] of operands.entries()) {
      const value = operand(environment);
      if (isError(value)) return value;
      if (value === null) isEmpty = true;
      else if (!ACCEPTS[types[at]!](value))
        return located(
          failure('type-mismatch', `${entry.name} takes something else as its argument ${at + 1}.`),
          tree.arguments[at]!.span,
        );
      values.push(value);
    }
    if (isEmpty && !entry.takesEmpty) return null;
    return place(entry.call(values, environment) ?? null, span);
  };
}

const ACCEPTS: { readonly [type in ParameterType]: (value: NonNullable<Value>) => boolean } = {
  text: (value) => typeof value === 'string',
  whole: (value) => typeof value === 'number' || typeof value === 'bigint',
  number: isNumber,
  boolean: (value) => typeof value === 'boolean',
  dateTime: (value) => kindOf(value) === 'dateTime',
  enumeration: (value) => kindOf(value) === 'enumeration',
  object: (value) => kindOf(value) === 'object',
  any: () => true,
};

function binary(tree: ExpressionOf<'binary'>): Evaluate {
  const { operator, span } = tree;
  const left = compile(tree.left);
  const right = compile(tree.right);
  if (operator === 'and' || operator === 'or') {
    const ends = operator === 'or';
    return (environment) => {
      const first = truth(left(environment), tree.left.span);
      if (isError(first) || first === ends) return first;
      return truth(right(environment), tree.right.span);
    };
  }
  const combine = OPERATORS[operator];
  return (environment) => {
    const a = left(environment);
    if (isError(a)) return a;
    const b = right(environment);
    if (isError(b)) return b;
    return combine(a, b, span, environment);
  };
}
