import type { Cell } from '@skerry/shared/base/cell';
import { decimalFrom, decimalText } from '@skerry/shared/expression/decimal';
import type { AttributeType } from '@skerry/shared/metamodel/entity';
import type { Word } from '../shell/words.ts';

/** What a typed text means for an attribute: a cell, or the word that says what is wrong with it. */
export type Typed = { readonly ok: true; readonly cell: Cell } | { readonly ok: false; readonly word: Word };

const INTEGER = /^-?\d+$/;
const DECIMAL = /^-?(\d+\.?\d*|\.\d+)$/;

/** Cleared inputs mean empty. Decimal commas are understood wherever a point is. */
export function readTyped(text: string, type: AttributeType): Typed {
  // U+0000 and lone surrogates cannot be kept anywhere; what people paste is mended, not refused.
  const clean = text.replaceAll('\0', '').toWellFormed();
  if (clean === '') return { ok: true, cell: null };
  const number = clean.trim().replace(',', '.').replace(/^\+/, '');
  switch (type.kind) {
    case 'Integer':
    case 'Long':
    case 'AutoNumber': {
      if (!INTEGER.test(number)) return { ok: false, word: 'notWhole' };
      const whole = BigInt(number);
      const bits = type.kind === 'Integer' ? 32 : 64;
      if (BigInt.asIntN(bits, whole) !== whole) return { ok: false, word: 'tooLargeNumber' };
      return { ok: true, cell: type.kind === 'Integer' ? Number(whole) : whole.toString() };
    }
    case 'Decimal': {
      if (!DECIMAL.test(number)) return { ok: false, word: 'notNumber' };
      const rounded = decimalFrom(number);
      return rounded ? { ok: true, cell: decimalText(rounded) } : { ok: false, word: 'tooLargeNumber' };
    }
    default:
      return { ok: true, cell: clean };
  }
}

/** A cell as the input shows it while it is edited. */
export function shownText(cell: Cell | undefined, language: string, type: AttributeType): string {
  if (cell === null || cell === undefined) return '';
  if (type.kind === 'Decimal') return usesComma(language) ? String(cell).replace('.', ',') : String(cell);
  return String(cell);
}

function usesComma(language: string): boolean {
  return new Intl.NumberFormat(language).format(1.5).includes(',');
}

/** A moment in a zone as the browser's date and time inputs want it; '' for empty. */
export function momentText(ms: number | null, mode: 'date' | 'time' | 'dateTime', zone: string): string {
  if (ms === null) return '';
  const part: { [type: string]: string } = {};
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  for (const { type, value } of format.formatToParts(ms)) part[type] = value;
  const date = `${part.year?.padStart(4, '0')}-${part.month}-${part.day}`;
  const time = `${part.hour}:${part.minute}`;
  return mode === 'date' ? date : mode === 'time' ? time : `${date}T${time}`;
}

/** The moment that an input's text means in a zone; what the input does not say (time, date) is taken from `before`. */
export function momentFrom(
  text: string,
  mode: 'date' | 'time' | 'dateTime',
  zone: string,
  before: number | null,
  nowMs: number,
): number | null {
  if (text === '') return null;
  const known = momentText(before ?? nowMs, 'dateTime', zone).split('T');
  const time = before === null ? '00:00' : (known[1] as string);
  const whole = mode === 'date' ? `${text}T${time}` : mode === 'time' ? `${known[0]}T${text}` : text;
  const match = /^(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(whole);
  if (!match) return before;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  return wallClockToMoment(utcMs(year, month, day, hour, minute), zone);
}

/** Finds the instant whose wall clock in the zone reads `wallMs`; two rounds settle changes of offset. */
function wallClockToMoment(wallMs: number, zone: string): number {
  let guess = wallMs;
  for (let round = 0; round < 2; round++) {
    const shown = momentText(guess, 'dateTime', zone);
    const [date, time] = shown.split('T') as [string, string];
    const [year, month, day] = date.split('-').map(Number) as [number, number, number];
    const [hour, minute] = time.split(':').map(Number) as [number, number];
    guess += wallMs - utcMs(year, month, day, hour, minute);
  }
  return guess;
}

/** Date.UTC takes years below 100 for the 1900s; a year that is being typed passes through them. */
function utcMs(year: number, month: number, day: number, hour: number, minute: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) + (hour * 60 + minute) * 60_000;
}
