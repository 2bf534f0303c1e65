import type { DatePart } from './resolved.ts';

export type ConstraintFunction =
  | { readonly kind: 'match'; readonly how: 'contains' | 'startsWith' | 'endsWith' }
  | { readonly kind: 'length' }
  | { readonly kind: 'datePart'; readonly part: DatePart };

/** As editors show it. */
export type DescribedFunction = ConstraintFunction & { readonly signature: string; readonly documentation: string };

const FOLDED = 'A–Z and a–z are the same.';

export const CONSTRAINT_FUNCTIONS: ReadonlyMap<string, DescribedFunction> = new Map<string, DescribedFunction>([
  match('contains', 'contains', 'Whether the part occurs in the text'),
  match('starts-with', 'startsWith', 'Whether the text begins with the part'),
  match('ends-with', 'endsWith', 'Whether the text ends with the part'),
  length('string-length'),
  length('length'),
  datePart('year', 'year', 'The year.'),
  datePart('quarter', 'quarter', 'The quarter, 1 to 4.'),
  datePart('month', 'month', 'The month, 1 to 12.'),
  datePart('week', 'week', 'The week by ISO 8601.'),
  datePart('day', 'day', 'The day of the month.'),
  datePart('day-of-year', 'dayOfYear', 'The day of the year, from 1.'),
  datePart('weekday', 'weekday', 'The day of the week, 1 (Sunday) to 7.'),
  datePart('hours', 'hours', 'The hour, 0 to 23.'),
  datePart('minutes', 'minutes', 'The minute.'),
  datePart('seconds', 'seconds', 'The second.'),
]);

function match(
  name: string,
  how: 'contains' | 'startsWith' | 'endsWith',
  documentation: string,
): [string, DescribedFunction] {
  return [name, { kind: 'match', how, signature: `${name}(text, part)`, documentation: `${documentation}; ${FOLDED}` }];
}

function length(name: string): [string, DescribedFunction] {
  return [name, { kind: 'length', signature: `${name}(text)`, documentation: 'Number of code points.' }];
}

function datePart(name: string, part: DatePart, documentation: string): [string, DescribedFunction] {
  const full = `${name}-from-dateTime`;
  const where = "In the session's zone, or in the one given.";
  return [
    full,
    { kind: 'datePart', part, signature: `${full}(moment, zone?)`, documentation: `${documentation} ${where}` },
  ];
}
