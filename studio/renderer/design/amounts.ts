const COUNT = new Intl.NumberFormat('en', { useGrouping: true });
/** Groups of digits are parted by a narrow space: commas and points mean different things in different places. */
const SPACE = '\u202f';

/** `2 310` */
export function countText(count: number): string {
  return COUNT.format(count).replaceAll(',', SPACE);
}

/** Bytes in decimal units, as networks count them: `310 KB`, `0.6 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  // From half a megabyte on, a tenth of a megabyte says it as well and compares more easily.
  if (bytes < 500_000) return `${tidy(bytes / 1000)} KB`;
  if (bytes < 1e9) return `${tidy(bytes / 1e6)} MB`;
  return `${tidy(bytes / 1e9)} GB`;
}

/** `0.4`, `12` */
export function secondsText(seconds: number): string {
  return seconds < 0.05 ? '<0.1' : tidy(seconds);
}

function tidy(value: number): string {
  return value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : countText(Math.round(value));
}
