import type { ZoneTransitions } from '@skerry/shared/expression/session';
import type { Locale } from './ports.ts';

const FIRST_YEAR = 1990;
const LAST_YEAR = 2060;
const DAY_MS = 86_400_000;

/** Zone and language as Intl knows them. Hosts with Intl (all of today's) share it; it touches nothing else. */
export function intlLocale(language: string): Locale {
  const tables = new Map<string, ZoneTransitions>();
  return {
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: language,
    transitions(zone) {
      let table = tables.get(zone);
      if (!table) tables.set(zone, (table = zoneTransitions(zone)));
      return table;
    },
  };
}

/** Walks the years day by day for changes of offset and halves each such day down to the millisecond. */
export function zoneTransitions(zone: string): ZoneTransitions {
  const offsetAt = offsetReader(zone);
  const found: { fromMs: number; offsetMs: number }[] = [];
  let at = Date.UTC(FIRST_YEAR, 0, 1);
  let offset = offsetAt(at);
  found.push({ fromMs: at, offsetMs: offset });
  const end = Date.UTC(LAST_YEAR, 0, 1);
  // No zone changes twice within a week, so a week's step finds each change.
  for (const step = 7 * DAY_MS; at < end; at += step) {
    const next = offsetAt(at + step);
    if (next === offset) continue;
    let low = at;
    let high = at + step;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    found.push({ fromMs: high, offsetMs: next });
    offset = next;
  }
  return found;
}

function offsetReader(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', era: 'short',
  });
  return (ms) => {
    const part: { [type: string]: number } = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    const local = Date.UTC(part.year as number, (part.month as number) - 1, part.day, part.hour, part.minute, part.second);
    return local - Math.floor(ms / 1000) * 1000;
  };
}
