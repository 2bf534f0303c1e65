/**
 * Decimals as text that SQLite orders as numbers: a sign ('0' negative, '1' not), 20 digits, 8 digits; the digits of
 * negative ones are complemented to nine.
 */
const WHOLE = 20;
const FRACTION = 8;
const POINT = 1 + WHOLE;

/** @param text canonical decimal text with at most 20 + 8 digits */
export function toOrderText(text: string): string {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const digits = whole.padStart(WHOLE, '0') + fraction.padEnd(FRACTION, '0');
  return negative ? `0${complement(digits)}` : `1${digits}`;
}

/** The canonical decimal text. */
export function fromOrderText(ordered: string): string {
  const negative = ordered.startsWith('0');
  const digits = negative ? `0${complement(ordered.slice(1))}` : ordered;
  const whole = digits.slice(1, POINT).replace(/^0+(?=\d)/, '');
  const fraction = digits.slice(POINT).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * The same form for a whole number, in SQL. By halves, because the complement of 20 digits does not fit 64 bits.
 * @param sql gives an integer or NULL; it is repeated, so it should be cheap
 */
export function orderTextOfInteger(sql: string): string {
  const half = 10_000_000_000;
  const nines = half - 1;
  return (
    `(CASE WHEN ${sql} < 0 THEN '0' || printf('%010d', ${nines} + ${sql} / ${half}) || printf('%010d', ${nines} + ${sql} % ${half}) || '99999999'` +
    ` WHEN ${sql} >= 0 THEN '1' || printf('%010d', ${sql} / ${half}) || printf('%010d', ${sql} % ${half}) || '00000000' END)`
  );
}

function complement(digits: string): string {
  let out = '';
  for (const digit of digits) out += 9 - Number(digit);
  return out;
}
