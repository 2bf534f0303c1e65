import type { Span } from '../base/diagnostic.ts';
import { type ArithmeticOperator, calculate, failure, isNumber } from './arithmetic.ts';
import type { BinaryOperator } from './ast.ts';
import { compareValues, isSame } from './compare-values.ts';
import type { EvaluationEnvironment } from './environment.ts';
import { textOf } from './functions/conversion-functions.ts';
import type { ErrorValue, Value } from './value.ts';
import { isError, kindOf, located, place } from './value-kinds.ts';

/** Empty is false. */
export function truth(value: Value, span: Span): boolean | ErrorValue {
  if (value === null) return false;
  if (typeof value === 'boolean' || isError(value)) return value;
  return located(failure('type-mismatch', 'A condition has to be true or false.'), span);
}

type Combine = (a: Value, b: Value, span: Span, environment: EvaluationEnvironment) => Value;

export const OPERATORS: { readonly [operator in Exclude<BinaryOperator, 'and' | 'or'>]: Combine } = {
  '=': (a, b) => isSame(a, b),
  '!=': (a, b) => !isSame(a, b),
  '<': ordering((difference) => difference < 0),
  '<=': ordering((difference) => difference <= 0),
  '>': ordering((difference) => difference > 0),
  '>=': ordering((difference) => difference >= 0),
  '+': (a, b, span, environment) =>
    typeof a === 'string' || typeof b === 'string' ? join(a, b, span, environment) : plus(a, b, span),
  '&': (a, b, span, environment) => join(a, b, span, environment),
  '-': (a, b, span) => minus(a, b, span),
  '*': (a, b, span) => arithmetic('*', a, b, span),
  div: (a, b, span) => arithmetic('div', a, b, span),
  mod: (a, b, span) => arithmetic('mod', a, b, span),
};

function ordering(holds: (difference: number) => boolean): Combine {
  return (a, b, span, environment) => {
    if (a === null || b === null) return false;
    const difference = compareValues(a, b, environment);
    return difference === null
      ? located(failure('type-mismatch', 'These values have no order.'), span)
      : holds(difference);
  };
}

function join(a: Value, b: Value, span: Span, environment: EvaluationEnvironment): Value {
  const left = textOf(a, environment);
  const right = textOf(b, environment);
  if (typeof left !== 'string') return place(left, span);
  return typeof right === 'string' ? left + right : place(right, span);
}

function plus(a: Value, b: Value, span: Span): Value {
  if (a === null && b === null) return null;
  return isMoment(a) || isMoment(b)
    ? shift(isMoment(a) ? a : b, isMoment(a) ? b : a, 1, span)
    : arithmetic('+', a, b, span);
}

function minus(a: Value, b: Value, span: Span): Value {
  return isMoment(a) && !isMoment(b) ? shift(a, b, -1, span) : arithmetic('-', a, b, span);
}

function isMoment(value: Value): value is Extract<Value, { kind: 'dateTime' }> {
  return kindOf(value) === 'dateTime';
}

/** A moment and a length in milliseconds, as `[%CurrentDateTime%] - 3 * [%DayLength%]` has them. */
function shift(moment: Value, length: Value, sign: 1 | -1, span: Span): Value {
  if (!isMoment(moment) || (typeof length !== 'number' && typeof length !== 'bigint'))
    return arithmetic('+', moment, length, span);
  return { kind: 'dateTime', ms: moment.ms + sign * Number(length) };
}

export function arithmetic(operator: ArithmeticOperator, a: Value, b: Value, span: Span): Value {
  if (isError(a)) return a;
  if (isError(b)) return b;
  if (a === null || b === null)
    return located(failure('empty-operand', `"${operator}" was given empty. Test with != empty before.`), span);
  if (!isNumber(a) || !isNumber(b)) return located(failure('type-mismatch', `"${operator}" works on numbers.`), span);
  return place(calculate(operator, a, b), span);
}
