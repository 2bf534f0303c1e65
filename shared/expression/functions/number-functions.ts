import { asDecimal, calculate, compareNumbers, failure, type Numeric, whole } from '../arithmetic.ts';
import {
  decimalFrom,
  decimalText,
  isDecimal,
  multiplyDecimals,
  type Rounding,
  roundDecimal,
  squareRoot,
} from '../decimal.ts';
import { DECIMAL, INTEGER, type Type } from '../type.ts';
import type { Value } from '../value.ts';
import type { FunctionEntry } from './function-entry.ts';

export const NUMBER_FUNCTIONS: readonly FunctionEntry[] = [
  extreme('max', 1, 'The largest of the numbers.'),
  extreme('min', -1, 'The smallest of the numbers.'),
  {
    name: 'round',
    signature: 'round(number, digits?)',
    parameters: ['number', 'whole'],
    required: 1,
    documentation: 'Rounded to whole, or to so many digits after the point; a half goes to the even neighbour.',
    result: (types) => (types.length > 1 ? DECIMAL : INTEGER),
    call: ([value, digits]) =>
      digits === undefined ? toWhole(value as Numeric, 'halfEven') : roundTo(value as Numeric, Number(digits)),
  },
  {
    name: 'random',
    signature: 'random()',
    parameters: [],
    documentation: 'A number from 0 up to, not including, 1.',
    result: DECIMAL,
    call: (_values, environment) => decimalFrom(Math.floor(environment.random() * 1e8).toString())!.div(1e8),
  },
  {
    name: 'floor',
    signature: 'floor(number)',
    parameters: ['number'],
    documentation: 'The next whole number below.',
    result: INTEGER,
    call: ([value]) => toWhole(value as Numeric, 'floor'),
  },
  {
    name: 'ceil',
    signature: 'ceil(number)',
    parameters: ['number'],
    documentation: 'The next whole number above.',
    result: INTEGER,
    call: ([value]) => toWhole(value as Numeric, 'ceil'),
  },
  {
    name: 'pow',
    signature: 'pow(base, exponent)',
    parameters: ['number', 'number'],
    documentation: 'The base to the power of the exponent.',
    result: DECIMAL,
    call: ([base, exponent]) => power(base as Numeric, exponent as Numeric),
  },
  {
    name: 'sqrt',
    signature: 'sqrt(number)',
    parameters: ['number'],
    documentation: 'The square root.',
    result: DECIMAL,
    call: ([value]) => {
      const decimal = asDecimal(value as Numeric);
      if (!decimal || decimal.lt(0)) return failure('out-of-range', 'A negative number has no square root.');
      return squareRoot(decimal);
    },
  },
  {
    name: 'abs',
    signature: 'abs(number)',
    parameters: ['number'],
    documentation: 'The number without its sign.',
    result: (types) => types[0] ?? INTEGER,
    call: ([value]) => (compareNumbers(value as Numeric, 0) < 0 ? calculate('-', 0, value as Numeric) : value!),
  },
];

function extreme(name: string, sign: 1 | -1, documentation: string): FunctionEntry {
  return {
    name,
    documentation,
    signature: `${name}(number, number, …)`,
    parameters: ['number', 'number'],
    required: 1,
    variadic: true,
    result: (types) => widestNumber(types),
    call: (values) =>
      values.reduce((best, value) => (compareNumbers(value as Numeric, best as Numeric) * sign > 0 ? value : best)),
  };
}

export function widestNumber(types: readonly Type[]): Type {
  return types.find((type) => type.kind === 'Decimal') ?? types.find((type) => type.kind === 'Long') ?? INTEGER;
}

function toWhole(value: Numeric, rounding: Rounding): Value {
  if (!isDecimal(value)) return value;
  const rounded = roundDecimal(value, 0, rounding);
  return rounded ? whole(BigInt(decimalText(rounded))) : failure('overflow', 'The result has more than 20 digits.');
}

function roundTo(value: Numeric, digits: number): Value {
  const decimal = asDecimal(value);
  const rounded = decimal && roundDecimal(decimal, Math.max(-20, Math.min(8, digits)), 'halfEven');
  return rounded ?? failure('overflow', 'The result has more than 20 digits before the point.');
}

function power(base: Numeric, exponent: Numeric): Value {
  const [x, y] = [asDecimal(base), asDecimal(exponent)];
  const tooLarge = failure('overflow', 'The result has more than 20 digits before the point.');
  if (!x || !y) return tooLarge;
  const times = Number(decimalText(y));
  if (Number.isInteger(times) && times >= 0 && times <= 1000) {
    // Settled after each step, like a row of multiplications.
    let result = decimalFrom(1);
    for (let at = 0; at < times && result; at++) result = multiplyDecimals(result, x);
    return result ?? tooLarge;
  }
  const estimate = Number(decimalText(x)) ** times;
  if (Number.isNaN(estimate)) return failure('out-of-range', 'This power is not a real number.');
  return Number.isFinite(estimate) ? (decimalFrom(estimate) ?? tooLarge) : tooLarge;
}
