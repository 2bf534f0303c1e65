import { isoWeekOfDays } from '../calendar.ts';
import { type LocalParts, offsetAt, partsOf } from '../local-time.ts';
import type { ZoneTransitions } from '../session.ts';

/** A run of one letter, or text to be taken as it is. */
type Piece = { readonly letter: string; readonly width: number } | { readonly text: string };

const LETTERS = 'yYMdDHhkKmsSaEuwZX';

/** The pieces of a pattern like `yyyy-MM-dd 'at' HH:mm`; null when a letter means nothing. */
export function readPattern(pattern: string): readonly Piece[] | null {
  const pieces: Piece[] = [];
  for (const match of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g)) {
    const [whole, quoted, letter] = match;
    if (quoted !== undefined) pieces.push({ text: quoted === '' ? "'" : quoted.replaceAll("''", "'") });
    else if (letter === undefined) pieces.push({ text: whole });
    else if (LETTERS.includes(letter)) pieces.push({ letter, width: whole.length });
    else return null;
  }
  return pieces;
}

export function formatMoment(ms: number, pieces: readonly Piece[], zone: ZoneTransitions, locale: string): string {
  const offset = offsetAt(zone, ms);
  const wall = ms + offset;
  const parts = partsOf(wall);
  return pieces
    .map((piece) =>
      'text' in piece ? piece.text : formatLetter(piece.letter, piece.width, wall, parts, offset, locale),
    )
    .join('');
}

function formatLetter(
  letter: string,
  width: number,
  wall: number,
  parts: LocalParts,
  offset: number,
  locale: string,
): string {
  const number = (value: number) => String(value).padStart(width, '0');
  switch (letter) {
    case 'y':
      return width === 2 ? String(parts.year % 100).padStart(2, '0') : number(parts.year);
    case 'Y':
      return number(isoWeekOfDays(Math.floor(wall / 86_400_000)).year);
    case 'M':
      return width >= 3 ? named(wall, locale, { month: width === 3 ? 'short' : 'long' }) : number(parts.month);
    case 'd':
      return number(parts.day);
    case 'D':
      return number(parts.dayOfYear);
    case 'H':
      return number(parts.hours);
    case 'k':
      return number(parts.hours === 0 ? 24 : parts.hours);
    case 'K':
      return number(parts.hours % 12);
    case 'h':
      return number(parts.hours % 12 === 0 ? 12 : parts.hours % 12);
    case 'm':
      return number(parts.minutes);
    case 's':
      return number(parts.seconds);
    case 'S':
      return number(((wall % 1000) + 1000) % 1000);
    case 'a':
      return dayPeriod(parts.hours, locale);
    case 'E':
      return named(wall, locale, { weekday: width <= 3 ? 'short' : 'long' });
    case 'u':
      // 1 Monday … 7 Sunday.
      return number(parts.weekday === 1 ? 7 : parts.weekday - 1);
    case 'w':
      return number(parts.week);
    default:
      return formatOffset(offset, letter === 'X');
  }
}

function formatOffset(offsetMs: number, isIso: boolean): string {
  if (isIso && offsetMs === 0) return 'Z';
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((value) => String(value).padStart(2, '0'));
  return `${offsetMs < 0 ? '-' : '+'}${hours}${isIso ? ':' : ''}${rest}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) {
    try {
      known = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    } catch {
      // A tag that is none; the texts are then English.
      known = new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' });
    }
    formats.set(key, known);
  }
  return known;
}

function named(wall: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return format(locale, options).format(wall);
}

function dayPeriod(hours: number, locale: string): string {
  const parts = format(locale, { hour: 'numeric', hour12: true }).formatToParts(hours * 3_600_000);
  return parts.find((part) => part.type === 'dayPeriod')?.value ?? (hours < 12 ? 'AM' : 'PM');
}

/** Date, time or both as the locale writes them in short. */
export function formatShort(
  wall: number,
  locale: string,
  what: { readonly date: boolean; readonly time: boolean },
): string {
  return format(locale, {
    ...(what.date ? { dateStyle: 'short' } : {}),
    ...(what.time ? { timeStyle: 'short' } : {}),
  }).format(wall);
}

/** Year, month, day, hour, minute, second, millisecond as read from a text; null when the text is not of the pattern. */
export function parseMoment(
  text: string,
  pieces: readonly Piece[],
  locale: string,
): { readonly fields: number[]; readonly offsetMs: number | null } | null {
  const fields = [1970, 1, 1, 0, 0, 0, 0];
  let offsetMs: number | null = null;
  let isAfternoon: boolean | null = null;
  let rest = text;
  for (const piece of pieces) {
    if ('text' in piece) {
      if (!rest.startsWith(piece.text)) return null;
      rest = rest.slice(piece.text.length);
      continue;
    }
    const read = parseLetter(piece.letter, piece.width, rest, locale);
    if (!read) return null;
    rest = rest.slice(read.length);
    if (piece.letter === 'a') isAfternoon = read.value === 1;
    else if (piece.letter === 'Z' || piece.letter === 'X') offsetMs = read.value;
    else if (read.field >= 0) fields[read.field] = read.value;
  }
  if (rest !== '') return null;
  if (isAfternoon !== null) fields[3] = (fields[3]! % 12) + (isAfternoon ? 12 : 0);
  return { fields, offsetMs };
}

const FIELDS: { readonly [letter: string]: number } = { y: 0, M: 1, d: 2, H: 3, h: 3, k: 3, K: 3, m: 4, s: 5, S: 6 };

function parseLetter(
  letter: string,
  width: number,
  text: string,
  locale: string,
): { field: number; value: number; length: number } | null {
  if ((letter === 'M' && width >= 3) || letter === 'E') return parseName(letter, text, locale);
  if (letter === 'a') {
    const index = [dayPeriod(0, locale), dayPeriod(12, locale)].findIndex((name) =>
      text.toLowerCase().startsWith(name.toLowerCase()),
    );
    return index < 0 ? null : { field: -1, value: index, length: dayPeriod(index * 12, locale).length };
  }
  if (letter === 'Z' || letter === 'X') {
    const match = /^(?:Z|([+-])(\d\d):?(\d\d))/.exec(text);
    if (!match) return null;
    const ms = match[1] ? (Number(match[2]) * 60 + Number(match[3])) * 60_000 * (match[1] === '-' ? -1 : 1) : 0;
    return { field: -1, value: ms, length: match[0].length };
  }
  const field = FIELDS[letter];
  // What only follows from a date (week, weekday) cannot say one.
  if (field === undefined) return null;
  const match = new RegExp(`^\\d{1,${Math.max(width, letter === 'y' ? 4 : letter === 'S' ? 3 : 2)}}`).exec(text);
  if (!match) return null;
  const value = Number(match[0]);
  const century = letter === 'y' && width === 2 && match[0].length <= 2 ? (value < 70 ? 2000 : 1900) : 0;
  return { field, value: letter === 'k' && value === 24 ? 0 : value + century, length: match[0].length };
}

function parseName(
  letter: string,
  text: string,
  locale: string,
): { field: number; value: number; length: number } | null {
  const lower = text.toLowerCase();
  const count = letter === 'M' ? 12 : 7;
  for (const style of ['long', 'short'] as const) {
    for (let at = 0; at < count; at++) {
      // Months by their tenth day; the first week of 2023 began on a Sunday.
      const name =
        letter === 'M'
          ? named(Date.UTC(2023, at, 10), locale, { month: style })
          : named(Date.UTC(2023, 0, 1 + at), locale, { weekday: style });
      if (lower.startsWith(name.toLowerCase()))
        return { field: letter === 'M' ? 1 : -1, value: at + 1, length: name.length };
    }
  }
  return null;
}
