import { fromBind, toBind } from '@skerry/shared/relational/bind';
import { fromOrderText, orderTextOfInteger, toOrderText } from '@skerry/shared/relational/decimal-order';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const scaled = fc.bigInt({ min: -(10n ** 28n) + 1n, max: 10n ** 28n - 1n });

/** The canonical text of so many hundred-millionths. */
function decimalOf(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(9, '0');
  const fraction = digits.slice(-8).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -8)}${fraction === '' ? '' : `.${fraction}`}`;
}

describe('decimals as text', () => {
  it('order as the numbers do, and come back the same', () => {
    fc.assert(
      fc.property(scaled, scaled, (a, b) => {
        const [x, y] = [toOrderText(decimalOf(a)), toOrderText(decimalOf(b))];
        expect(x < y).toBe(a < b);
        expect(x === y).toBe(a === b);
        expect(fromOrderText(x)).toBe(decimalOf(a));
      }),
    );
  });

  it('are what SQL makes of a whole number', () => {
    const database = new Database(':memory:');
    const statement = database.prepare<[bigint], { text: string }>(
      `SELECT ${orderTextOfInteger('n')} AS text FROM (SELECT ? AS n)`,
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
          fc.constantFrom(0n, -1n, -(2n ** 63n), 2n ** 63n - 1n, -(10n ** 10n), 10n ** 10n),
        ),
        (value) => {
          expect(statement.get(value)!.text).toBe(toOrderText(String(value)));
        },
      ),
    );
  });
});

describe('cells as parameters and back', () => {
  it('keeps every value in both dialects', () => {
    const cells = [
      ['text', 'x'],
      ['integer', -3],
      ['long', '-9223372036854775808'],
      ['decimal', '-0.00000001'],
      ['boolean', true],
      ['boolean', false],
      ['dateTime', 1_750_000_000_000],
      ['enumeration', 'id'],
      ['reference', 'id'],
      ['binary', 'AA=='],
      ['text', null],
    ] as const;
    for (const [type, cell] of cells) {
      for (const dialect of ['sqlite', 'postgres'] as const)
        expect(fromBind(toBind(cell, type, dialect), type, dialect)).toBe(cell);
    }
    expect(fromBind('12.50000000', 'decimal', 'postgres')).toBe('12.5');
    expect(fromBind('0.00000000', 'decimal', 'postgres')).toBe('0');
    expect(fromBind('1750000000000', 'dateTime', 'postgres')).toBe(1_750_000_000_000);
    expect(fromBind('100', 'decimal', 'postgres')).toBe('100');
  });
});
