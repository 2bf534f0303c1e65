import type { ZoneTransitions } from '@skerry/shared/expression/session';
import { zoneTransitions } from '@skerry/shared/expression/zone-from-intl';
import type { Locale } from './ports.ts';

/** Zone and language as Intl knows them; for hosts that have it, which are all of today's. */
export function intlLocale(language: string): Locale {
  const tables = new Map<string, ZoneTransitions>();
  return {
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: language,
    transitions(zone) {
      let table = tables.get(zone);
      if (!table) {
        table = zoneTransitions(zone) ?? [{ fromMs: 0, offsetMs: 0 }];
        tables.set(zone, table);
      }
      return table;
    },
  };
}
