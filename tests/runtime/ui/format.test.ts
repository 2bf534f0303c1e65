import { formatAgo, formatForPeople, textIn } from '@skerry/runtime/ui/data/format';
import { sayIn } from '@skerry/runtime/ui/shell/words';
import Big from 'big.js';
import { describe, expect, test } from 'vitest';
import { idOf } from '../../support/model-builder.ts';
import { content, NOW, session } from './ui-world.ts';

const inLanguage = (language: string) => ({ content, session, language, say: sayIn(language) });
const en = inLanguage('en');
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('values for people', () => {
  test('nothing is shown as nothing', () => {
    expect(formatForPeople(null, en)).toBe('');
    expect(formatForPeople({ kind: 'list', entity: 'Shop.Tag', items: [] }, en)).toBe('');
  });

  test('numbers are grouped in the user’s way, serial numbers are not', () => {
    expect(formatForPeople(1001, en)).toBe('1,001');
    expect(formatForPeople(1001n, inLanguage('de'))).toBe('1.001');
    expect(formatForPeople(1001n, en, { kind: 'AutoNumber', start: 1 })).toBe('1001');
  });

  test('decimals show all they have and no more than eight places', () => {
    expect(formatForPeople(new Big('1234567890123456789.5'), en)).toBe('1,234,567,890,123,456,789.5');
    expect(formatForPeople(new Big('0.00000001'), inLanguage('de'))).toBe('0,00000001');
  });

  test('truth is said in words', () => {
    expect(formatForPeople(true, en)).toBe('Yes');
    expect(formatForPeople(false, inLanguage('de'))).toBe('Nein');
  });

  test('enumeration values by their caption; one the app does not know as nothing', () => {
    const red = { kind: 'enumeration', enumeration: 'Shop.Colour', value: idOf('Shop.Colour.Red') } as const;
    expect(formatForPeople(red as never, en)).toBe('Red');
    expect(formatForPeople({ ...red, value: 'gone' } as never, en)).toBe('');
  });

  test('localised moments in the session’s zone, others as wall clock', () => {
    const moment = { kind: 'dateTime', ms: Date.UTC(2026, 6, 1, 22, 30) } as const;
    expect(plain(formatForPeople(moment, en, { kind: 'DateTime', localize: true }))).toBe('Jul 2, 2026, 12:30 AM');
    expect(plain(formatForPeople(moment, en, { kind: 'DateTime', localize: false }))).toBe('Jul 1, 2026, 10:30 PM');
  });

  test('a wall-clock day has no time; the part that was asked for is the part that is shown', () => {
    const day = { kind: 'dateTime', ms: Date.UTC(2026, 6, 1) } as const;
    expect(formatForPeople(day, en, { kind: 'DateTime', localize: false })).toBe('Jul 1, 2026');
    expect(formatForPeople(day, en, { kind: 'DateTime', localize: true }, 'date')).toBe('Jul 1, 2026');
    expect(plain(formatForPeople(day, en, { kind: 'DateTime', localize: true }, 'time'))).toBe('2:00 AM');
  });
});

test('texts fall back from region to language to the app’s default to any', () => {
  const text = { de: 'Tag', en: 'Day' };
  expect(textIn(text, 'de-AT', 'en')).toBe('Tag');
  expect(textIn(text, 'fr', 'en')).toBe('Day');
  expect(textIn({ it: 'Giorno' }, 'fr', 'en')).toBe('Giorno');
  expect(textIn(undefined, 'fr', 'en')).toBe('');
});

test.each([
  [10_000, 'now'],
  [120_000, '2 minutes ago'],
  [3 * 3_600_000, '3 hours ago'],
  [86_400_000, 'yesterday'],
])('%d ms past are "%s"', (passed, words) => {
  expect(formatAgo(NOW - passed, NOW, 'en')).toBe(words);
});
