import { compareCodePoints } from '../base/json.ts';

const UPPER = /[A-Z]+/g;

/** A–Z become a–z, nothing else changes. */
export function foldAscii(text: string): string {
  return text.replace(UPPER, (letters) => letters.toLowerCase());
}

/** The one order of texts everywhere: folded, then by code point. */
export function compareTexts(a: string, b: string): number {
  return compareCodePoints(foldAscii(a), foldAscii(b)) || compareCodePoints(a, b);
}
