import type { ZoneTransitions } from './session.ts';

const YEAR_MS = 31_556_952_000;
/** Rules beyond these years are guesses anyway; what lies outside keeps the nearest offset. */
const FROM_MS = -20 * YEAR_MS;
const UNTIL_MS = 80 * YEAR_MS;
/** No zone has changed twice within this time for lasting purposes but Morocco's Ramadan, which is some 30 days. */
const STEP_MS = 7 * 86_400_000;

/** A zone's table from Intl, for hosts to make sessions with. Null when Intl does not know the zone. */
export function zoneTransitions(zone: string): ZoneTransitions | null {
  const offset = offsetReader(zone);
  if (!offset) return null;
  const table = [{ fromMs: FROM_MS, offsetMs: offset(FROM_MS) }];
  for (let at = FROM_MS; at < UNTIL_MS; at += STEP_MS) {
    const after = offset(at + STEP_MS);
    if (after === table.at(-1)!.offsetMs) continue;
    let low = at;
    let high = at + STEP_MS;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (middle <= low) break;
      if (offset(middle) === after) high = middle;
      else low = middle;
    }
    table.push({ fromMs: Math.floor(high / 1000) * 1000, offsetMs: after });
  }
  return table;
}

function offsetReader(zone: string): ((ms: number) => number) | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  } catch {
    // Intl's own answer to a name it does not know is an exception.
    return null;
  }
  return (ms) => {
    const part: { [type: string]: number } = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    return (
      Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) -
      Math.floor(ms / 1000) * 1000
    );
  };
}
