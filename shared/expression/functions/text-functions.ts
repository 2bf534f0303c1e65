import { failure } from '../arithmetic.ts';
import { BOOLEAN, INTEGER, STRING } from '../type.ts';
import type { Value } from '../value.ts';
import type { FunctionEntry, ParameterType } from './function-entry.ts';
import { regularExpression } from './regular-expression.ts';

export const TEXT_FUNCTIONS: readonly FunctionEntry[] = [
  text('toUpperCase', 'The text in capitals.', (value) => value.toUpperCase()),
  text('toLowerCase', 'The text in small letters.', (value) => value.toLowerCase()),
  text('trim', 'The text without white space at its ends.', (value) => value.trim()),
  text('urlEncode', 'The text as a part of a URL; spaces become +.', (value) =>
    encodeURIComponent(value).replaceAll('%20', '+'),
  ),
  text('urlDecode', 'The text that a part of a URL stands for.', decode),
  {
    name: 'length',
    signature: 'length(text)',
    parameters: ['text'],
    takesEmpty: true,
    isFilled: true,
    result: INTEGER,
    documentation: 'Number of code points; 0 for empty.',
    call: ([value]) => (value === null ? 0 : [...(value as string)].length),
  },
  {
    name: 'substring',
    signature: 'substring(text, start, length?)',
    parameters: ['text', 'whole', 'whole'],
    required: 2,
    result: STRING,
    documentation:
      'The part from start (the first is 0), so many code points long or up to the end. What lies outside the text is left out.',
    call: ([value, start, length]) => {
      const points = [...(value as string)];
      const from = Math.max(0, Number(start));
      return points
        .slice(from, length === undefined ? undefined : Math.max(from, Number(start) + Number(length)))
        .join('');
    },
  },
  {
    name: 'find',
    signature: 'find(text, part, start?)',
    parameters: ['text', 'text', 'whole'],
    required: 2,
    result: INTEGER,
    documentation: 'Where the part first occurs, at or after start; -1 if it does not. The first place is 0.',
    call: ([value, part, start]) =>
      place(value as string, (whole, toUnits) =>
        whole.indexOf(part as string, start === undefined ? 0 : toUnits(Number(start))),
      ),
  },
  {
    name: 'findLast',
    signature: 'findLast(text, part, start?)',
    parameters: ['text', 'text', 'whole'],
    required: 2,
    result: INTEGER,
    documentation: 'Where the part last occurs, at or before start; -1 if it does not. The first place is 0.',
    call: ([value, part, start]) => {
      if (start !== undefined && Number(start) < 0) return -1;
      return place(value as string, (whole, toUnits) =>
        whole.lastIndexOf(part as string, start === undefined ? undefined : toUnits(Number(start))),
      );
    },
  },
  test('contains', 'Whether the part occurs in the text, exactly as written.', (value, part) => value.includes(part)),
  test('startsWith', 'Whether the text begins with the part, exactly as written.', (value, part) =>
    value.startsWith(part),
  ),
  test('endsWith', 'Whether the text ends with the part, exactly as written.', (value, part) => value.endsWith(part)),
  {
    name: 'isMatch',
    signature: 'isMatch(text, regularExpression)',
    parameters: ['text', 'text'],
    takesEmpty: true,
    isFilled: true,
    result: BOOLEAN,
    documentation: 'Whether the whole text matches the regular expression.',
    call: ([value, pattern]) =>
      value === null || pattern === null
        ? false
        : withPattern(pattern as string, 'whole', (expression) => expression.test(value as string)),
  },
  replacing(
    'replaceAll',
    'all',
    'The text with every match of the regular expression replaced; $1 stands for the first group.',
  ),
  replacing(
    'replaceFirst',
    'first',
    'The text with the first match of the regular expression replaced; $1 stands for the first group.',
  ),
];

function text(name: string, documentation: string, map: (value: string) => Value): FunctionEntry {
  return {
    name,
    documentation,
    signature: `${name}(text)`,
    parameters: ['text'],
    result: STRING,
    call: ([value]) => map(value as string),
  };
}

function test(name: string, documentation: string, holds: (value: string, part: string) => boolean): FunctionEntry {
  return {
    name,
    documentation,
    signature: `${name}(text, part)`,
    parameters: ['text', 'text'],
    takesEmpty: true,
    isFilled: true,
    result: BOOLEAN,
    call: ([value, part]) => value !== null && part !== null && holds(value as string, part as string),
  };
}

function replacing(name: string, extent: 'all' | 'first', documentation: string): FunctionEntry {
  const parameters: ParameterType[] = ['text', 'text', 'text'];
  return {
    name,
    documentation,
    parameters,
    signature: `${name}(text, regularExpression, replacement)`,
    result: STRING,
    call: ([value, pattern, replacement]) =>
      withPattern(pattern as string, extent, (expression) =>
        (value as string).replace(expression, replacement as string),
      ),
  };
}

function withPattern(pattern: string, extent: 'whole' | 'all' | 'first', use: (expression: RegExp) => Value): Value {
  const expression = regularExpression(pattern, extent);
  return expression ? use(expression) : failure('invalid-regular-expression', `"${pattern}" is no regular expression.`);
}

function decode(value: string): Value {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    // The only way the platform has to say that a text is no encoded one.
    return failure(
      'invalid-url-text',
      `"${value}" is no part of a URL: a % is not followed by two digits of a character.`,
    );
  }
}

/** A place counted in code points, found by one counted in UTF-16 units. */
function place(value: string, search: (value: string, toUnits: (place: number) => number) => number): number {
  const units = search(value, (at) => [...value].slice(0, Math.max(0, at)).join('').length);
  return units < 0 ? -1 : [...value.slice(0, units)].length;
}
