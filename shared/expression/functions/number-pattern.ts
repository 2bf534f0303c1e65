import type Big from 'big.js';
import { decimalText, roundDecimal } from '../decimal.ts';

/** `prefix #,##0.00 suffix`: the only part that is not taken as it is are the digits, the comma and the point. */
const PATTERN = /^([^#0,.%]*)([#,]*[0#,]*0|[#,]+)?(?:\.(0*)(#*))?(%?)([^#0,.%]*)$/;

/** The number by a pattern as in `#,##0.00`, with the locale's separators; null when the pattern is none. */
export function formatByPattern(value: Big, pattern: string, locale: string): string | null {
  const match = PATTERN.exec(pattern);
  if (!match) return null;
  const [, prefix = '', whole = '', zeros = '', hashes = '', percent = '', suffix = ''] = match;
  const scaled = percent ? value.times(100) : value;
  const rounded = roundDecimal(scaled, Math.min(8, zeros.length + hashes.length), 'halfEven') ?? scaled;
  const text = decimalText(rounded);
  const [digits = '0', fraction = ''] = text.replace('-', '').split('.');
  const least = whole.replace(/[^0]/g, '').length;
  const comma = whole.lastIndexOf(',');
  const { group, point } = separators(locale);
  const padded = (least === 0 && digits === '0' && fraction !== '' ? '' : digits).padStart(least, '0');
  const grouped = comma < 0 ? padded : groupDigits(padded, whole.length - comma - 1, group);
  const shown = fraction.padEnd(zeros.length, '0');
  return `${text.startsWith('-') ? '-' : ''}${prefix}${grouped}${shown === '' ? '' : point + shown}${percent}${suffix}`;
}

/** Canonical digits with the locale's point, no grouping. */
export function formatPlain(value: Big, locale: string): string {
  return decimalText(value).replace('.', separators(locale).point);
}

/** The number a text says in the locale: its point, and its grouping sign anywhere before it. Null if it says none. */
export function normaliseNumber(text: string, locale: string): string | null {
  const { group, point } = separators(locale);
  const [whole = '', ...fractions] = text.trim().split(point);
  const plain = [whole.replaceAll(group, '').replaceAll('\u00a0', ''), ...fractions].join('.');
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? plain.replace('+', '') : null;
}

function groupDigits(digits: string, size: number, group: string): string {
  if (size < 1) return digits;
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= size) groups.unshift(digits.slice(Math.max(0, end - size), end));
  return groups.join(group);
}

const kept = new Map<string, { readonly group: string; readonly point: string }>();

function separators(locale: string): { readonly group: string; readonly point: string } {
  let known = kept.get(locale);
  if (!known) {
    const parts = numberFormat(locale).formatToParts(1234567.5);
    known = {
      group: parts.find((part) => part.type === 'group')?.value ?? ',',
      point: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    };
    kept.set(locale, known);
  }
  return known;
}

function numberFormat(locale: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale);
  } catch {
    // A tag that is none; numbers are then written as in English.
    return new Intl.NumberFormat('en');
  }
}
