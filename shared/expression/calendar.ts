/** Proleptic Gregorian calendar over days and milliseconds since 1970-01-01, by whole numbers alone. */

export const DAY_MS = 86_400_000;

export interface Civil {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  /** 1–31 */
  readonly day: number;
}

export function floorDivide(a: number, b: number): number {
  return Math.floor(a / b);
}

export function floorModulo(a: number, b: number): number {
  return a - b * Math.floor(a / b);
}

/** Days from 1970-01-01; months and days outside their ranges carry over. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = year + floorDivide(month - 3, 12);
  const era = floorDivide(shifted, 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * floorModulo(month - 3, 12) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468 + day - 1;
}

export function civilFromDays(days: number): Civil {
  const shifted = days + 719_468;
  const era = floorDivide(shifted, 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  return daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOfDays(days: number): number {
  return floorModulo(days + 4, 7);
}

/** ISO 8601 week and the year it belongs to. */
export function isoWeekOfDays(days: number): { readonly year: number; readonly week: number } {
  const thursday = days - floorModulo(days + 3, 7) + 3;
  const { year } = civilFromDays(thursday);
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 };
}
