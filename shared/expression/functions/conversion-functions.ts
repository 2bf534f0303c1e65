import { asDecimal, failure, isNumber, type Numeric, whole } from '../arithmetic.ts';
import { decimalText, parseDecimalText } from '../decimal.ts';
import type { EvaluationEnvironment } from '../environment.ts';
import { offsetAt, UTC } from '../local-time.ts';
import type { ZoneTransitions } from '../session.ts';
import { BOOLEAN, DATE_TIME, DECIMAL, INTEGER, STRING } from '../type.ts';
import type { DateTimeValue, EnumerationValue, Value } from '../value.ts';
import type { FunctionEntry, ParameterType } from './function-entry.ts';
import { dateTimeValue, moment } from './moment-functions.ts';
import { formatMoment, formatShort, parseMoment, readPattern } from './moment-pattern.ts';
import { formatByPattern, formatPlain } from './number-pattern.ts';

export const CONVERSION_FUNCTIONS: readonly FunctionEntry[] = [
  {
    name: 'toString',
    signature: 'toString(value)',
    parameters: ['any'],
    result: STRING,
    call: ([value], environment) => textOf(value!, environment),
    documentation:
      'The value as a text: numbers without grouping, moments as ISO 8601 in UTC, enumerations by the name of the value.',
  },
  parsing('parseInteger', INTEGER, 'The whole number a text says.', (text) => {
    const trimmed = text.trim();
    return /^[+-]?\d{1,40}$/.test(trimmed) ? whole(BigInt(trimmed.replace('+', ''))) : null;
  }),
  parsing('parseDecimal', DECIMAL, 'The number a text says, with a point and without grouping.', (text) =>
    parseDecimalText(text.trim().replace(/^\+/, '')),
  ),
  parsing('parseBoolean', BOOLEAN, "True for 'true', false for 'false', whatever their case.", (text) => {
    const lower = text.trim().toLowerCase();
    return lower === 'true' ? true : lower === 'false' ? false : null;
  }),
  {
    name: 'formatDecimal',
    signature: 'formatDecimal(number, pattern?)',
    parameters: ['number', 'text'],
    required: 1,
    result: STRING,
    documentation: "The number with the locale's signs, by a pattern like '#,##0.00' if there is one.",
    call: ([value, pattern], environment) => {
      const decimal = asDecimal(value as Numeric);
      if (!decimal) return failure('overflow', 'The number has more than 20 digits before the point.');
      if (pattern === undefined) return formatPlain(decimal, environment.session.locale);
      return (
        formatByPattern(decimal, pattern as string, environment.session.locale) ??
        failure('invalid-pattern', `"${pattern as string}" is no pattern for numbers. Write one like '#,##0.00'.`)
      );
    },
  },
  ...momentFunctions('', (environment) => environment.session.transitions),
  ...momentFunctions('UTC', () => UTC),
  {
    name: 'getCaption',
    signature: 'getCaption(value)',
    parameters: ['enumeration'],
    result: STRING,
    documentation: "The caption of an enumeration's value in the session's language.",
    call: ([value], environment) => captionOf(value as EnumerationValue, environment),
  },
  {
    name: 'getKey',
    signature: 'getKey(value)',
    parameters: ['enumeration'],
    result: STRING,
    documentation: "The name of an enumeration's value.",
    call: ([value], environment) => keyOf(value as EnumerationValue, environment),
  },
];

/** A value as a text, as toString and `+` write it. Objects and lists have none. */
export function textOf(value: Value, environment: EvaluationEnvironment): Value {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (isNumber(value)) return typeof value === 'object' ? decimalText(value) : String(value);
  switch (value.kind) {
    case 'dateTime':
      return new Date(value.ms).toISOString();
    case 'enumeration':
      return keyOf(value, environment);
    case 'error':
      return value;
    case 'object':
    case 'list':
      return failure('type-mismatch', 'Objects have no text. Name one of their members.');
  }
}

function keyOf(value: EnumerationValue, environment: EvaluationEnvironment): Value {
  const found = environment.enumeration(value.enumeration)?.values.find(({ id }) => id === value.value);
  return found ? found.name : failure('unknown-enumeration-value', `${value.enumeration} no longer has this value.`);
}

export function captionOf(
  value: EnumerationValue,
  environment: Pick<EvaluationEnvironment, 'session' | 'enumeration'>,
): Value {
  const found = environment.enumeration(value.enumeration)?.values.find(({ id }) => id === value.value);
  if (!found) return failure('unknown-enumeration-value', `${value.enumeration} no longer has this value.`);
  const { locale } = environment.session;
  return found.caption[locale] ?? found.caption[locale.split('-')[0]!] ?? Object.values(found.caption)[0] ?? found.name;
}

/** A function of a text and perhaps a default for texts that say nothing of the kind. */
function parsing(
  name: string,
  result: FunctionEntry['result'],
  documentation: string,
  parse: (text: string) => Value,
): FunctionEntry {
  const defaultType: ParameterType = name === 'parseInteger' ? 'whole' : name === 'parseDecimal' ? 'number' : 'boolean';
  return {
    name,
    result,
    signature: `${name}(text, default?)`,
    parameters: ['text', defaultType],
    required: 1,
    takesEmpty: true,
    documentation: `${documentation} A text that says none gives the default; without one, an error.`,
    call: ([text, ...defaults]) => {
      if (text === null) return defaults.length > 0 ? defaults[0]! : null;
      return parse(text as string) ?? orDefault(defaults, text as string);
    },
  };
}

function orDefault(defaults: readonly Value[], text: string): Value {
  return defaults.length > 0 ? defaults[0]! : failure('unreadable-text', `"${text}" cannot be read as such a value.`);
}

function momentFunctions(
  suffix: '' | 'UTC',
  zoneOf: (environment: EvaluationEnvironment) => ZoneTransitions,
): FunctionEntry[] {
  const where = suffix === '' ? "in the session's zone" : 'in UTC';
  const short = (name: string, what: { date: boolean; time: boolean }, documentation: string): FunctionEntry => ({
    name: `${name}${suffix}`,
    signature: `${name}${suffix}(moment)`,
    parameters: ['dateTime'],
    result: STRING,
    documentation: `${documentation} as the locale writes it, ${where}.`,
    call: ([value], environment) => {
      const { ms } = value as DateTimeValue;
      return formatShort(ms + offsetAt(zoneOf(environment), ms), environment.session.locale, what);
    },
  });
  return [
    {
      name: `formatDateTime${suffix}`,
      signature: `formatDateTime${suffix}(moment, pattern?)`,
      parameters: ['dateTime', 'text'],
      required: 1,
      result: STRING,
      documentation: `The moment by a pattern like 'yyyy-MM-dd HH:mm', or as the locale writes it, ${where}.`,
      call: ([value, pattern], environment) => {
        const { ms } = value as DateTimeValue;
        const zone = zoneOf(environment);
        if (pattern === undefined)
          return formatShort(ms + offsetAt(zone, ms), environment.session.locale, { date: true, time: true });
        const pieces = readPattern(pattern as string);
        return pieces ? formatMoment(ms, pieces, zone, environment.session.locale) : wrongPattern(pattern as string);
      },
    },
    short('formatDate', { date: true, time: false }, 'The date'),
    short('formatTime', { date: false, time: true }, 'The time'),
    {
      name: `parseDateTime${suffix}`,
      signature: `parseDateTime${suffix}(text, pattern, default?)`,
      parameters: ['text', 'text', 'dateTime'],
      required: 2,
      takesEmpty: true,
      result: DATE_TIME,
      documentation: `The moment a text says by a pattern, ${where}. A text that says none gives the default; without one, an error.`,
      call: ([text, pattern, ...defaults], environment) => {
        if (text === null || pattern === null) return defaults.length > 0 ? defaults[0]! : null;
        const pieces = readPattern(pattern as string);
        if (!pieces) return wrongPattern(pattern as string);
        const read = parseMoment(text as string, pieces, environment.session.locale);
        const value = read && momentOfFields(read.fields, read.offsetMs, zoneOf(environment));
        return value ?? orDefault(defaults, text as string);
      },
    },
  ];
}

function momentOfFields(fields: readonly number[], offsetMs: number | null, zone: ZoneTransitions): Value {
  const value = moment(fields, offsetMs === null ? zone : UTC);
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'dateTime') return null;
  return offsetMs === null ? value : dateTimeValue(value.ms - offsetMs);
}

function wrongPattern(pattern: string): Value {
  return failure('invalid-pattern', `"${pattern}" is no pattern for moments. Write one like 'yyyy-MM-dd HH:mm'.`);
}
