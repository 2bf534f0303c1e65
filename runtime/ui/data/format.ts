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

/** A value as people read it. `type` says how moments are shown; errors and empties are nothing. */
export function formatForPeople(value: Value, around: FormatSurroundings, type?: AttributeType): string {
  if (value === null) return '';
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return around.say(value ? 'yes' : 'no');
    case 'number':
    case 'bigint':
      return new Intl.NumberFormat(around.language, { useGrouping: type?.kind !== 'AutoNumber' }).format(value);
  }
  if (value instanceof Big)
    return new Intl.NumberFormat(around.language, { maximumFractionDigits: 8 }).format(
      value.toFixed() as Intl.StringNumericLiteral,
    );
  switch (value.kind) {
    case 'dateTime':
      return formatMoment(value.ms, around, type);
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

function formatMoment(ms: number, { session, language }: FormatSurroundings, type?: AttributeType): string {
  // A moment that is not localised holds wall-clock time as if it were UTC.
  const timeZone = type?.kind === 'DateTime' && !type.localize ? 'UTC' : session.zone;
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(ms);
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
