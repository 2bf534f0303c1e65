import {
  civilFromDays,
  DAY_MS,
  daysFromCivil,
  daysInMonth,
  floorDivide,
  floorModulo,
  isoWeekOfDays,
  weekdayOfDays,
} from './calendar.ts';
import type { ZoneTransitions } from './session.ts';

/** A "wall clock" below is local time written as if it were UTC milliseconds. */

export const UTC: ZoneTransitions = [{ fromMs: 0, offsetMs: 0 }];

/** Moments outside ±10^14 ms (some 3,000 years) are refused by what makes moments. */
export const MOMENT_LIMIT_MS = 100_000_000_000_000;

export function offsetAt(transitions: ZoneTransitions, ms: number): number {
  let low = 0;
  let high = transitions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (transitions[middle]!.fromMs <= ms) low = middle;
    else high = middle - 1;
  }
  return transitions[low]?.offsetMs ?? 0;
}

export function toWallClock(ms: number, transitions: ZoneTransitions): number {
  return ms + offsetAt(transitions, ms);
}

/** The moment of a local time: the earlier one where clocks go back, moved on by the gap where they go forward. */
export function fromWallClock(wallMs: number, transitions: ZoneTransitions): number {
  const before = offsetAt(transitions, wallMs - DAY_MS);
  const after = offsetAt(transitions, wallMs + DAY_MS);
  if (
    before !== after &&
    offsetAt(transitions, wallMs - before) !== before &&
    offsetAt(transitions, wallMs - after) === after
  ) {
    return wallMs - after;
  }
  return wallMs - before;
}

export interface LocalParts {
  readonly year: number;
  readonly quarter: number;
  readonly month: number;
  readonly week: number;
  readonly day: number;
  readonly dayOfYear: number;
  /** 1 Sunday … 7 Saturday. */
  readonly weekday: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

export function partsOf(wallMs: number): LocalParts {
  const days = floorDivide(wallMs, DAY_MS);
  const ofDay = wallMs - days * DAY_MS;
  const { year, month, day } = civilFromDays(days);
  return {
    year,
    month,
    day,
    quarter: Math.floor((month + 2) / 3),
    week: isoWeekOfDays(days).week,
    dayOfYear: days - daysFromCivil(year, 1, 1) + 1,
    weekday: weekdayOfDays(days) + 1,
    hours: Math.floor(ofDay / 3_600_000),
    minutes: Math.floor(ofDay / 60_000) % 60,
    seconds: Math.floor(ofDay / 1000) % 60,
  };
}

export type Unit = 'Second' | 'Minute' | 'Hour' | 'Day' | 'Week' | 'Month' | 'Quarter' | 'Year';

const FIXED_MS = { Second: 1000, Minute: 60_000, Hour: 3_600_000 } as const;

/** First millisecond of the unit that holds `ms`, or of the one `shift` units later. @param firstDayOfWeek 0 Sunday … 6 Saturday */
export function beginOf(
  unit: Unit,
  ms: number,
  transitions: ZoneTransitions,
  firstDayOfWeek: number,
  shift = 0,
): number {
  const wall = toWallClock(ms, transitions);
  if (unit === 'Second' || unit === 'Minute' || unit === 'Hour') {
    // Subtracting keeps to the same side of a change of clocks.
    return ms - floorModulo(wall, FIXED_MS[unit]) + shift * FIXED_MS[unit];
  }
  return fromWallClock(beginDay(unit, floorDivide(wall, DAY_MS), firstDayOfWeek, shift) * DAY_MS, transitions);
}

/** Last millisecond of the unit. */
export function endOf(unit: Unit, ms: number, transitions: ZoneTransitions, firstDayOfWeek: number, shift = 0): number {
  return beginOf(unit, ms, transitions, firstDayOfWeek, shift + 1) - 1;
}

function beginDay(
  unit: 'Day' | 'Week' | 'Month' | 'Quarter' | 'Year',
  days: number,
  firstDayOfWeek: number,
  shift: number,
): number {
  if (unit === 'Day') return days + shift;
  if (unit === 'Week') return days - floorModulo(weekdayOfDays(days) - firstDayOfWeek, 7) + shift * 7;
  const { year, month } = civilFromDays(days);
  if (unit === 'Month') return daysFromCivil(year, month + shift, 1);
  if (unit === 'Quarter') return daysFromCivil(year, month - ((month - 1) % 3) + shift * 3, 1);
  return daysFromCivil(year + shift, 1, 1);
}

/** Calendar days keep the local time of day; a day that does not exist in the month becomes its last. */
export function addDaysLocal(ms: number, days: number, transitions: ZoneTransitions): number {
  return days === 0 ? ms : fromWallClock(toWallClock(ms, transitions) + days * DAY_MS, transitions);
}

export function addMonthsLocal(ms: number, months: number, transitions: ZoneTransitions): number {
  if (months === 0) return ms;
  const wall = toWallClock(ms, transitions);
  const days = floorDivide(wall, DAY_MS);
  const { year, month, day } = civilFromDays(days);
  const first = civilFromDays(daysFromCivil(year, month + months, 1));
  const target = daysFromCivil(first.year, first.month, Math.min(day, daysInMonth(first.year, first.month)));
  return fromWallClock(target * DAY_MS + (wall - days * DAY_MS), transitions);
}
