import { failure } from '../arithmetic.ts';
import { daysFromCivil, daysInMonth } from '../calendar.ts';
import { decimalFrom, divideDecimals } from '../decimal.ts';
import type { EvaluationEnvironment } from '../environment.ts';
import {
  addDaysLocal,
  addMonthsLocal,
  beginOf,
  endOf,
  fromWallClock,
  MOMENT_LIMIT_MS,
  partsOf,
  toWallClock,
  type Unit,
  UTC,
} from '../local-time.ts';
import type { ZoneTransitions } from '../session.ts';
import { DATE_TIME, DECIMAL, INTEGER, LONG } from '../type.ts';
import type { DateTimeValue, Value } from '../value.ts';
import type { FunctionEntry } from './function-entry.ts';

/** Each function twice: in the session's zone, and with UTC behind its name. */
function inBothZones(
  make: (
    suffix: '' | 'UTC',
    zone: (environment: EvaluationEnvironment) => ZoneTransitions,
    where: string,
  ) => FunctionEntry,
): FunctionEntry[] {
  return [
    make('', (environment) => environment.session.transitions, "in the session's zone"),
    make('UTC', () => UTC, 'in UTC'),
  ];
}

const BETWEEN: { readonly [unit: string]: number } = {
  milliseconds: 1,
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};
const FIXED_STEPS: { readonly [unit: string]: number } = {
  Milliseconds: 1,
  Seconds: 1000,
  Minutes: 60_000,
  Hours: 3_600_000,
};
const CALENDAR_STEPS: { readonly [unit: string]: { readonly days: number } | { readonly months: number } } = {
  Days: { days: 1 },
  Weeks: { days: 7 },
  Months: { months: 1 },
  Quarters: { months: 3 },
  Years: { months: 12 },
};
const EDGES: readonly Unit[] = ['Day', 'Week', 'Month', 'Quarter', 'Year'];
const TRIMS: readonly Unit[] = ['Second', 'Minute', 'Hour', 'Day', 'Month', 'Year'];

export const MOMENT_FUNCTIONS: readonly FunctionEntry[] = [
  ...inBothZones((suffix, zone, where) => ({
    name: `dateTime${suffix}`,
    signature: `dateTime${suffix}(year, month?, day?, hour?, minute?, second?)`,
    parameters: ['whole', 'whole', 'whole', 'whole', 'whole', 'whole'],
    required: 1,
    documentation: `The moment ${where}.`,
    result: DATE_TIME,
    call: (values, environment) => moment(values as (number | bigint)[], zone(environment)),
  })),
  ...EDGES.flatMap((unit) =>
    inBothZones((suffix, zone, where) =>
      edge('beginOf', unit, suffix, `The first millisecond of the ${unit.toLowerCase()} ${where}.`, (ms, environment) =>
        beginOf(unit, ms, zone(environment), environment.session.firstDayOfWeek),
      ),
    ),
  ),
  ...EDGES.flatMap((unit) =>
    inBothZones((suffix, zone, where) =>
      edge('endOf', unit, suffix, `The last millisecond of the ${unit.toLowerCase()} ${where}.`, (ms, environment) =>
        endOf(unit, ms, zone(environment), environment.session.firstDayOfWeek),
      ),
    ),
  ),
  ...TRIMS.flatMap((unit) =>
    inBothZones((suffix, zone, where) => ({
      ...edge(
        'trimTo',
        unit,
        suffix,
        `The moment without what is smaller than ${unit.toLowerCase()}s, ${where}.`,
        (ms, environment) => beginOf(unit, ms, zone(environment), 0),
      ),
      name: `trimTo${unit}s${suffix}`,
      signature: `trimTo${unit}s${suffix}(moment)`,
    })),
  ),
  ...Object.entries(BETWEEN).map(([unit, ms]) => between(unit, ms)),
  ...inBothZones((suffix, zone, where) =>
    calendarBetween(
      `calendarMonthsBetween${suffix}`,
      1,
      zone,
      `Whole months from the first moment to the second, ${where}; negative when the second is earlier.`,
    ),
  ),
  ...inBothZones((suffix, zone, where) =>
    calendarBetween(
      `calendarYearsBetween${suffix}`,
      12,
      zone,
      `Whole years from the first moment to the second, ${where}; negative when the second is earlier.`,
    ),
  ),
  ...(['add', 'subtract'] as const).flatMap((verb) => [
    ...Object.entries(FIXED_STEPS).map(([unit, length]) => step(verb, unit, '', (ms, count) => ms + count * length)),
    ...Object.entries(CALENDAR_STEPS).flatMap(([unit, size]) =>
      inBothZones((suffix, zone) =>
        step(verb, unit, suffix, (ms, count, environment) =>
          'days' in size
            ? addDaysLocal(ms, count * size.days, zone(environment))
            : addMonthsLocal(ms, count * size.months, zone(environment)),
        ),
      ),
    ),
  ]),
  {
    name: 'dateTimeToEpoch',
    signature: 'dateTimeToEpoch(moment)',
    parameters: ['dateTime'],
    documentation: 'Milliseconds since 1970-01-01 in UTC.',
    result: LONG,
    call: ([value]) => BigInt((value as DateTimeValue).ms),
  },
  {
    name: 'epochToDateTime',
    signature: 'epochToDateTime(milliseconds)',
    parameters: ['whole'],
    documentation: 'The moment so many milliseconds after 1970-01-01 in UTC.',
    result: DATE_TIME,
    call: ([value]) => dateTimeValue(Number(value)),
  },
];

/** The moment, or an error outside the range that moments have. */
export function dateTimeValue(ms: number): Value {
  return Math.abs(ms) <= MOMENT_LIMIT_MS
    ? { kind: 'dateTime', ms }
    : failure('out-of-range', 'The moment lies too far away.');
}

function edge(
  verb: string,
  unit: Unit,
  suffix: string,
  documentation: string,
  map: (ms: number, environment: EvaluationEnvironment) => number,
): FunctionEntry {
  const name = `${verb}${unit}${suffix}`;
  return {
    name,
    documentation,
    signature: `${name}(moment)`,
    parameters: ['dateTime'],
    result: DATE_TIME,
    call: ([value], environment) => dateTimeValue(map((value as DateTimeValue).ms, environment)),
  };
}

function between(unit: string, lengthMs: number): FunctionEntry {
  const name = `${unit}Between`;
  return {
    name,
    signature: `${name}(moment, moment)`,
    parameters: ['dateTime', 'dateTime'],
    result: lengthMs === 1 ? LONG : DECIMAL,
    documentation: `The time between two moments in ${unit}${lengthMs === 1 ? '' : ', with fractions'}, whichever is earlier.`,
    call: ([a, b]) => {
      const ms = Math.abs((b as DateTimeValue).ms - (a as DateTimeValue).ms);
      return lengthMs === 1 ? BigInt(ms) : divideDecimals(decimalFrom(ms)!, decimalFrom(lengthMs)!);
    },
  };
}

function calendarBetween(
  name: string,
  monthsPerUnit: number,
  zone: (environment: EvaluationEnvironment) => ZoneTransitions,
  documentation: string,
): FunctionEntry {
  return {
    name,
    documentation,
    signature: `${name}(moment, moment)`,
    parameters: ['dateTime', 'dateTime'],
    result: INTEGER,
    call: ([a, b], environment) => {
      const from = toWallClock((a as DateTimeValue).ms, zone(environment));
      const to = toWallClock((b as DateTimeValue).ms, zone(environment));
      return Math.trunc((from <= to ? wholeMonths(from, to) : -wholeMonths(to, from)) / monthsPerUnit);
    },
  };
}

/** @param from not after `to`, both wall clocks */
function wholeMonths(from: number, to: number): number {
  const [x, y] = [partsOf(from), partsOf(to)];
  const months = (y.year - x.year) * 12 + y.month - x.month;
  return addMonthsLocal(from, months, UTC) > to ? months - 1 : months;
}

function step(
  verb: 'add' | 'subtract',
  unit: string,
  suffix: string,
  move: (ms: number, count: number, environment: EvaluationEnvironment) => number,
): FunctionEntry {
  const name = `${verb}${unit}${suffix}`;
  const sign = verb === 'add' ? 1 : -1;
  return {
    name,
    signature: `${name}(moment, count)`,
    parameters: ['dateTime', 'whole'],
    result: DATE_TIME,
    documentation: `The moment so many ${unit.toLowerCase()} ${sign > 0 ? 'later' : 'earlier'}${suffix ? ', by the calendar of UTC' : ''}.`,
    call: ([value, count], environment) => {
      const steps = sign * Number(count);
      return Math.abs(steps) > MOMENT_LIMIT_MS
        ? dateTimeValue(Number.POSITIVE_INFINITY)
        : dateTimeValue(move((value as DateTimeValue).ms, steps, environment));
    },
  };
}

/** The moment of a local date and time; an error when there is no such date. */
export function moment(fields: readonly (number | bigint)[], zone: ZoneTransitions): Value {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = fields.map(Number);
  const isDate = Math.abs(year) <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  const isTime =
    hour >= 0 &&
    hour <= 23 &&
    minute >= 0 &&
    minute <= 59 &&
    second >= 0 &&
    second <= 59 &&
    millisecond >= 0 &&
    millisecond <= 999;
  if (!isDate || !isTime)
    return failure('out-of-range', `There is no ${[year, month, day].join('-')} ${[hour, minute, second].join(':')}.`);
  const days = daysFromCivil(year, month, day);
  return dateTimeValue(
    fromWallClock(days * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond, zone),
  );
}
