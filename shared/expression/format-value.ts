import { asDecimal, isNumber } from './arithmetic.ts';
import type { EnumerationInfo } from './environment.ts';
import { captionOf } from './functions/conversion-functions.ts';
import { formatShort } from './functions/moment-pattern.ts';
import { formatByPattern, formatPlain } from './functions/number-pattern.ts';
import { toWallClock } from './local-time.ts';
import type { Session } from './session.ts';
import type { Value } from './value.ts';

/** How the place that shows a value wants it. */
export interface ValueFormat {
  /** For moments; absent: both. */
  readonly moment?: 'date' | 'time' | 'dateTime';
  /** A DateTime that is not localised holds wall-clock time as UTC. */
  readonly isLocalised?: boolean;
  /** A number's pattern, like `#,##0.00`. */
  readonly pattern?: string;
  readonly enumeration?: (name: string) => EnumerationInfo | undefined;
  /** Words for true and false; absent: Yes and No. */
  readonly words?: { readonly true: string; readonly false: string };
}

/** A value for people to read, in the session's language and zone. Empty, objects and lists read as ''. */
export function formatValue(value: Value, session: Session, format: ValueFormat = {}): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return format.words?.[`${value}`] ?? (value ? 'Yes' : 'No');
  if (isNumber(value)) {
    const decimal = asDecimal(value);
    if (!decimal) return String(value);
    return (
      (format.pattern === undefined ? null : formatByPattern(decimal, format.pattern, session.locale)) ??
      formatPlain(decimal, session.locale)
    );
  }
  switch (value.kind) {
    case 'dateTime': {
      const wall = format.isLocalised === false ? value.ms : toWallClock(value.ms, session.transitions);
      return formatShort(wall, session.locale, { date: format.moment !== 'time', time: format.moment !== 'date' });
    }
    case 'enumeration': {
      const caption = captionOf(value, { session, enumeration: format.enumeration ?? (() => undefined) });
      return typeof caption === 'string' ? caption : '';
    }
    case 'error':
      return value.message;
    case 'object':
    case 'list':
      return '';
  }
}
