import type { ZoneTransitions } from '../expression/session.ts';
import { type Fragment, sql } from './fragment.ts';
import type { DatePart } from './resolved.ts';

const DAY = 86_400_000;

/**
 * The offset at a moment: a tree of comparisons, so that some hundred transitions take seven.
 * @param moment is repeated, so it should be a column
 * @param number writes a whole number as a parameter
 */
export function offsetSql(
  moment: Fragment,
  transitions: ZoneTransitions,
  number: (value: number) => Fragment,
): Fragment {
  const search = (from: number, to: number): Fragment => {
    if (to - from <= 1) return number(transitions[from]?.offsetMs ?? 0);
    const middle = (from + to) >> 1;
    const bound = number(transitions[middle]!.fromMs);
    return sql`CASE WHEN ${moment} < ${bound} THEN ${search(from, middle)} ELSE ${search(middle, to)} END`;
  };
  return sql`(${search(0, transitions.length)})`;
}

/**
 * SQL of a part of a wall clock in milliseconds. NULL stays NULL. Whole-number division cuts off, so it is floored here.
 * @param wall is written once
 */
export function datePartSql(part: DatePart, wall: Fragment): Fragment {
  switch (part) {
    case 'hours':
      return sql`(SELECT (${floorModulo('l', DAY)}) / 3600000 FROM ${oneRow(sql`SELECT ${wall} AS l`, 'wall')})`;
    case 'minutes':
      return sql`(SELECT (${floorModulo('l', 3_600_000)}) / 60000 FROM ${oneRow(sql`SELECT ${wall} AS l`, 'wall')})`;
    case 'seconds':
      return sql`(SELECT (${floorModulo('l', 60_000)}) / 1000 FROM ${oneRow(sql`SELECT ${wall} AS l`, 'wall')})`;
    case 'weekday':
      return sql`(SELECT ${floorModulo('(d + 4)', 7)} + 1 FROM ${oneRow(daysSql(wall), 'days')})`;
    case 'week': {
      const thursday = sql`SELECT d - (${floorModulo('(d + 3)', 7)}) + 3 AS d FROM ${oneRow(daysSql(wall), 'days')}`;
      return sql`(SELECT (n - ${newYearSql('y')}) / 7 + 1 FROM ${civilSql(thursday)})`;
    }
    case 'dayOfYear':
      return sql`(SELECT n - ${newYearSql('y')} + 1 FROM ${civilSql(daysSql(wall))})`;
    case 'year':
      return sql`(SELECT y FROM ${civilSql(daysSql(wall))})`;
    case 'month':
      return sql`(SELECT m FROM ${civilSql(daysSql(wall))})`;
    case 'quarter':
      return sql`(SELECT (m + 2) / 3 FROM ${civilSql(daysSql(wall))})`;
    case 'day':
      return sql`(SELECT dom FROM ${civilSql(daysSql(wall))})`;
  }
}

/**
 * A level of the computation. The limit changes nothing but keeps planners from putting each level's text into every
 * place of the next that uses it, which would grow it a thousandfold.
 */
function oneRow(select: Fragment, alias: string): Fragment {
  return sql`(${select} LIMIT 1) ${alias}`;
}

function floorModulo(value: string, by: number): string {
  return `(${value} % ${by} + ${by}) % ${by}`;
}

function daysSql(wall: Fragment): Fragment {
  return sql`SELECT (l - ((l % ${DAY} + ${DAY}) % ${DAY})) / ${DAY} AS d FROM ${oneRow(sql`SELECT ${wall} AS l`, 'wall')}`;
}

/**
 * The calendar date (y, m, dom) of a number of days (n) as a table of one row. Each level names what the next one
 * uses. Days before the year -4000 do not occur (moments are limited), so that shifting by ten eras keeps all positive.
 */
function civilSql(days: Fragment): Fragment {
  const shift = 719_468 + 10 * 146_097;
  const eras = sql`SELECT d AS n, (d + ${shift}) / 146097 AS era, (d + ${shift}) % 146097 AS doe FROM ${oneRow(days, 'civil0')}`;
  const years = sql`SELECT n, era, doe, (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365 AS yoe FROM ${oneRow(eras, 'civil1')}`;
  const ofYear = sql`SELECT n, era, yoe, doe - (365 * yoe + yoe / 4 - yoe / 100) AS doy FROM ${oneRow(years, 'civil2')}`;
  const months = sql`SELECT n, era, yoe, doy, (5 * doy + 2) / 153 AS mp FROM ${oneRow(ofYear, 'civil3')}`;
  const date = sql`SELECT n, yoe + (era - 10) * 400 + CASE WHEN mp >= 10 THEN 1 ELSE 0 END AS y, CASE WHEN mp < 10 THEN mp + 3 ELSE mp - 9 END AS m, doy - (153 * mp + 2) / 5 + 1 AS dom FROM ${oneRow(months, 'civil4')}`;
  return oneRow(date, 'civil');
}

/** Days from 1970-01-01 to the first of January of a year above -4000. */
function newYearSql(year: string): string {
  const before = `(${year} + 3999)`;
  return `(${before} * 365 + ${before} / 4 - ${before} / 100 + ${before} / 400 - 2180132)`;
}
