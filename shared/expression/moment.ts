import { addMonthsLocal, beginOf, endOf, toWallClock, type Unit, UTC } from './local-time.ts';
import type { Session } from './session.ts';

/** A length added to or taken from a moment. */
export interface MomentTerm {
  readonly sign: 1 | -1;
  readonly factor: number;
  readonly length: string;
}

const LENGTH_MS: { readonly [name: string]: number } = {
  SecondLength: 1000,
  MinuteLength: 60_000,
  HourLength: 3_600_000,
  DayLength: 86_400_000,
  WeekLength: 604_800_000,
};
const LENGTH_MONTHS: { readonly [name: string]: number } = { MonthLength: 1, YearLength: 12 };

const UNITS: { readonly [name: string]: readonly [unit: Unit, shift: number] } = {
  CurrentMinute: ['Minute', 0],
  CurrentHour: ['Hour', 0],
  CurrentDay: ['Day', 0],
  Yesterday: ['Day', -1],
  Tomorrow: ['Day', 1],
  CurrentWeek: ['Week', 0],
  CurrentMonth: ['Month', 0],
  CurrentYear: ['Year', 0],
};
const BOUNDARY = /^(BeginOf|EndOf)(\w+?)(UTC)?$/;

export const MOMENT_TOKENS: readonly string[] = [
  'CurrentDateTime',
  ...['BeginOf', 'EndOf'].flatMap((edge) =>
    Object.keys(UNITS).flatMap((unit) => [`${edge}${unit}`, `${edge}${unit}UTC`]),
  ),
];
export const LENGTH_TOKENS: readonly string[] = [...Object.keys(LENGTH_MS), ...Object.keys(LENGTH_MONTHS)];
const MOMENTS: ReadonlySet<string> = new Set(MOMENT_TOKENS);

export function isMomentToken(name: string): boolean {
  return MOMENTS.has(name);
}

export function isLengthToken(name: string): boolean {
  return Object.hasOwn(LENGTH_MS, name) || Object.hasOwn(LENGTH_MONTHS, name);
}

/** Milliseconds of a length that is always the same; undefined for months and years. */
export function fixedLengthMs(name: string): number | undefined {
  return Object.hasOwn(LENGTH_MS, name) ? LENGTH_MS[name] : undefined;
}

/**
 * The moment a token with its terms means. Steps of months and years go by the zone of the token.
 * @param name one of MOMENT_TOKENS
 * @param wallClock whether local time is wanted as if it were UTC: for what is compared with a DateTime that is not localised
 */
export function momentOf(name: string, terms: readonly MomentTerm[], session: Session, wallClock = false): number {
  const boundary = BOUNDARY.exec(name);
  const zone = boundary?.[3] ? UTC : session.transitions;
  let ms = session.now;
  if (boundary) {
    const [unit, shift] = UNITS[boundary[2]!]!;
    ms = (boundary[1] === 'BeginOf' ? beginOf : endOf)(unit, ms, zone, session.firstDayOfWeek, shift);
  }
  for (const { sign, factor, length } of terms) {
    const fixed = fixedLengthMs(length);
    ms =
      fixed === undefined
        ? addMonthsLocal(ms, sign * factor * LENGTH_MONTHS[length]!, zone)
        : ms + sign * factor * fixed;
  }
  return wallClock ? toWallClock(ms, zone) : ms;
}
