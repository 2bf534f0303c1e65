import { datePartSql, offsetSql } from '@skerry/shared/constraint/date-part-sql';
import { renderSql, sql } from '@skerry/shared/constraint/fragment';
import { daysFromCivil } from '@skerry/shared/expression/calendar';
import { beginOf, endOf, fromWallClock, offsetAt, partsOf, toWallClock } from '@skerry/shared/expression/local-time';
import { zoneTransitions } from '@skerry/shared/expression/zone-from-intl';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const zones = [
  'Europe/Amsterdam',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
];
const moment = fc.integer({ min: Date.UTC(1951, 0, 1), max: Date.UTC(2049, 0, 1) });

describe.each(zones)('local time in %s', (zone) => {
  const table = zoneTransitions(zone)!;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

  it("[CX7] agrees with the platform's calendar", () => {
    fc.assert(
      fc.property(moment, (ms) => {
        const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
        const { year, month, day, hours, minutes, seconds } = partsOf(toWallClock(ms, table));
        expect([year, month, day, hours, minutes, seconds]).toEqual([
          parts.year,
          parts.month,
          parts.day,
          parts.hour,
          parts.minute,
          parts.second,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('[CX7] finds the moment of a local time again, but for hours that come twice or never', () => {
    fc.assert(
      fc.property(moment, (ms) => {
        const wall = toWallClock(ms, table);
        const back = fromWallClock(wall, table);
        expect(toWallClock(back, table)).toBe(wall);
        expect(back).toBeLessThanOrEqual(ms);
      }),
    );
  });

  it('[CX7] begins and ends units without a gap between them', () => {
    fc.assert(
      fc.property(
        moment,
        fc.constantFrom('Minute', 'Hour', 'Day', 'Week', 'Month', 'Quarter', 'Year'),
        fc.nat(6),
        (ms, unit, firstDay) => {
          const begin = beginOf(unit, ms, table, firstDay);
          const end = endOf(unit, ms, table, firstDay);
          expect(begin).toBeLessThanOrEqual(ms);
          expect(end).toBeGreaterThanOrEqual(ms);
          if (unit !== 'Hour' && unit !== 'Minute') expect(beginOf(unit, end + 1, table, firstDay)).toBe(end + 1);
        },
      ),
    );
  });

  it('[CX7] is the same in SQL', () => {
    const database = new Database(':memory:');
    database.exec('CREATE TABLE t (m INTEGER) STRICT');
    const number = (value: number) => sql`CAST(${[{ value, cast: 'bigint' }]} AS INTEGER)`;
    const wall = sql`m + ${offsetSql(['m'], table, number)}`;
    const columns = (
      ['year', 'quarter', 'month', 'week', 'day', 'dayOfYear', 'weekday', 'hours', 'minutes', 'seconds'] as const
    ).map((part) => ({ part, query: renderSql(sql`SELECT ${datePartSql(part, wall)} AS v FROM t`, 'sqlite') }));
    const around = table.flatMap(({ fromMs }) => [fromMs - 1, fromMs, fromMs + 1]);
    const moments = [
      ...around,
      ...fc.sample(moment, { numRuns: 400, seed: 7 }),
      ...fc.sample(fc.integer({ min: -60_000_000_000_000, max: 60_000_000_000_000 }), { numRuns: 200, seed: 8 }),
    ];
    const insert = database.prepare('INSERT INTO t VALUES (?)');
    for (const ms of moments) insert.run(BigInt(ms));
    for (const { part, query } of columns) {
      const found = database
        .prepare<unknown[], { v: number }>(query.sql)
        .all(...query.parameters)
        .map(({ v }) => v);
      expect(found).toEqual(moments.map((ms) => partsOf(toWallClock(ms, table))[part]));
    }
  });
});

it('[CX7] counts days as Date does', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -3000, max: 6000 }),
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: 1, max: 28 }),
      (year, month, day) => {
        const date = new Date(0);
        date.setUTCFullYear(year, month, day);
        expect(daysFromCivil(year, month + 1, day) * 86_400_000).toBe(date.getTime());
      },
    ),
  );
});

it('[CX7] knows the zones there are, and no others', () => {
  expect(zoneTransitions('Nowhere/Atlantis')).toBeNull();
  expect(offsetAt(zoneTransitions('UTC')!, 0)).toBe(0);
});
