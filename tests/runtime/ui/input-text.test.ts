import { momentFrom, momentText, readTyped, shownText } from '@skerry/runtime/ui/data/input-text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const decimal = { kind: 'Decimal' } as const;
const text = { kind: 'String', length: null } as const;
const berlin = 'Europe/Berlin';

describe('typed text', () => {
  test.each([
    ['12,5', '12.5'],
    ['12.5', '12.5'],
    [' 7 ', '7'],
    ['-0,00000001', '-0.00000001'],
    ['1.123456785', '1.12345678'],
  ])('"%s" is the decimal %s', (typed, cell) => {
    expect(readTyped(typed, decimal)).toEqual({ ok: true, cell });
  });

  test.each(['12,5,1', 'abc', '1 000', '12a', ','])('"%s" is no number', (typed) => {
    expect(readTyped(typed, decimal)).toEqual({ ok: false, word: 'notNumber' });
  });

  test('whole numbers refuse fractions, and keep every digit of a long one', () => {
    expect(readTyped('1,5', { kind: 'Integer' })).toEqual({ ok: false, word: 'notWhole' });
    expect(readTyped('9007199254740993', { kind: 'Long' })).toEqual({ ok: true, cell: '9007199254740993' });
  });

  test('numbers that do not fit are refused instead of rounded', () => {
    expect(readTyped('9007199254740993', { kind: 'Integer' })).toEqual({ ok: false, word: 'tooLargeNumber' });
    expect(readTyped('9223372036854775808', { kind: 'Long' })).toEqual({ ok: false, word: 'tooLargeNumber' });
    expect(readTyped('-9223372036854775808', { kind: 'Long' }).ok).toBe(true);
    expect(readTyped('123456789012345678901', decimal)).toEqual({ ok: false, word: 'tooLargeNumber' });
    expect(readTyped('12345678901234567890,5', decimal).ok).toBe(true);
    expect(readTyped('1e400', decimal)).toEqual({ ok: false, word: 'notNumber' });
  });

  test('cleared means empty', () => {
    expect(readTyped('', text)).toEqual({ ok: true, cell: null });
    expect(readTyped('', decimal)).toEqual({ ok: true, cell: null });
  });

  test('what cannot be kept is mended: U+0000 goes, lone surrogates become replacement characters', () => {
    expect(readTyped('a\0b\ud800c', text)).toEqual({ ok: true, cell: 'ab\ufffdc' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const read = readTyped(typed, text);
        const cell = read.ok ? read.cell : '';
        expect(cell === null || (typeof cell === 'string' && cell.isWellFormed() && !cell.includes('\0'))).toBe(true);
      }),
    );
  });

  test('a decimal is shown with the comma of its language and read back the same', () => {
    expect(shownText('1234.5', 'de', decimal)).toBe('1234,5');
    expect(shownText('1234.5', 'en', decimal)).toBe('1234.5');
    expect(readTyped(shownText('-0.25', 'de', decimal), decimal)).toEqual({ ok: true, cell: '-0.25' });
    expect(shownText(null, 'de', decimal)).toBe('');
  });
});

describe('moments', () => {
  test('are shown in their zone', () => {
    const ms = Date.UTC(2026, 6, 1, 22, 30);
    expect(momentText(ms, 'dateTime', berlin)).toBe('2026-07-02T00:30');
    expect(momentText(ms, 'date', 'UTC')).toBe('2026-07-01');
    expect(momentText(ms, 'time', 'America/St_Johns')).toBe('20:00');
    expect(momentText(null, 'date', berlin)).toBe('');
  });

  test('keep the time of day when only the date changes, and the date when only the time does', () => {
    const before = Date.UTC(2026, 10, 30, 8, 30);
    expect(momentFrom('2026-12-01', 'date', berlin, before, 0)).toBe(Date.UTC(2026, 11, 1, 8, 30));
    expect(momentFrom('10:15', 'time', berlin, before, 0)).toBe(Date.UTC(2026, 10, 30, 9, 15));
    expect(momentFrom('', 'date', berlin, before, 0)).toBeNull();
  });

  test('a date where none was is that day at midnight; a time is of today', () => {
    expect(momentFrom('2026-07-02', 'date', berlin, null, 0)).toBe(Date.UTC(2026, 6, 1, 22));
    expect(momentFrom('08:00', 'time', berlin, null, Date.UTC(2026, 6, 2, 12))).toBe(Date.UTC(2026, 6, 2, 6));
  });

  test('keep the wall clock across the change to summer time', () => {
    const saturday = Date.UTC(2026, 2, 28, 8);
    const sunday = momentFrom('2026-03-29', 'date', berlin, saturday, 0);
    expect(momentText(saturday, 'dateTime', berlin)).toBe('2026-03-28T09:00');
    expect(momentText(sunday, 'dateTime', berlin)).toBe('2026-03-29T09:00');
  });

  test('an hour that a change of the clocks leaves out becomes a real moment beside it', () => {
    const skipped = momentFrom('2026-03-29T02:30', 'dateTime', berlin, null, 0);
    expect(['2026-03-29T01:30', '2026-03-29T03:30']).toContain(momentText(skipped, 'dateTime', berlin));
  });

  test('a year that is still being typed stays that year', () => {
    expect(momentText(momentFrom('0020-05-01', 'date', 'UTC', null, 0), 'date', 'UTC')).toBe('0020-05-01');
  });

  test('what stands in an input is read back as what was shown', () => {
    const zones = ['UTC', berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
    const minutes = fc.integer({ min: Date.UTC(1971, 0) / 60_000, max: Date.UTC(2099, 0) / 60_000 });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
        const shown = momentText(minute * 60_000, 'dateTime', zone);
        expect(momentText(momentFrom(shown, 'dateTime', zone, null, 0), 'dateTime', zone)).toBe(shown);
      }),
    );
  });
});
