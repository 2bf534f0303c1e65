import type { BundleContent } from '@skerry/shared/bundle/content';
import type { Session } from '@skerry/shared/expression/session';
import type { Value } from '@skerry/shared/expression/value';
import type { AttributeType } from '@skerry/shared/metamodel/entity';
import type { Text } from '@skerry/shared/metamodel/schema';
import Big from 'big.js';
import type { Say } from '../shell/words.ts';

export interface FormatSurroundings {
  readonly content: BundleContent;
  readonly session: Session;
  readonly language: string;
  readonly say: Say;
}

/** The text in the user's language, else the app's default, else any. */
export function textIn(text: Text | undefined, language: string, defaultLanguage: string): string {
  if (!text) return '';
  return text[language] ?? text[language.split('-')[0] ?? ''] ?? text[defaultLanguage] ?? Object.values(text)[0] ?? '';
}

/** What of a moment is shown. */
export type MomentParts = 'date' | 'time' | 'dateTime';

/**
 * A value as people read it; errors and empties are nothing. `type` says in which zone moments are and whether numbers
 * are grouped. Without `parts` a moment shows its date and time, one that is not localised and at midnight only its date.
 */
export function formatForPeople(
  value: Value,
  around: FormatSurroundings,
  type?: AttributeType,
  parts?: MomentParts,
): string {
  if (value === null) return '';
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return around.say(value ? 'yes' : 'no');
    case 'number':
    case 'bigint':
      return new Intl.NumberFormat(around.language, { useGrouping: type?.kind !== 'AutoNumber' }).format(value);
    default:
  }
  if (value instanceof Big)
    return new Intl.NumberFormat(around.language, { maximumFractionDigits: 8 }).format(
      value.toFixed() as Intl.StringNumericLiteral,
    );
  switch (value.kind) {
    case 'dateTime':
      return formatMoment(value.ms, around, type, parts);
    case 'enumeration': {
      const found = around.content.model
        .find('enumeration', value.enumeration)
        ?.content.values.find(({ id }) => id === value.value);
      return found
        ? textIn(found.caption, around.language, around.content.model.app.defaultLanguage) || found.name
        : '';
    }
    default:
      return '';
  }
}

const DAY_MS = 86_400_000;

function formatMoment(
  ms: number,
  { session, language }: FormatSurroundings,
  type?: AttributeType,
  parts?: MomentParts,
): string {
  // A moment that is not localised holds wall-clock time as if it were UTC.
  const isWallClock = type?.kind === 'DateTime' && !type.localize;
  const shown = parts ?? (isWallClock && ms % DAY_MS === 0 ? 'date' : 'dateTime');
  return new Intl.DateTimeFormat(language, {
    ...(shown === 'time' ? {} : { dateStyle: 'medium' }),
    ...(shown === 'date' ? {} : { timeStyle: 'short' }),
    timeZone: isWallClock ? 'UTC' : session.zone,
  }).format(ms);
}

const relativeUnits: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** '5 minutes ago', for the status. */
export function formatAgo(ms: number, nowMs: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const passed = ms - nowMs;
  for (const [unit, length] of relativeUnits) {
    if (Math.abs(passed) >= length) return format.format(Math.round(passed / length), unit);
  }
  return format.format(0, 'second');
}
