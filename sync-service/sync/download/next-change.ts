import { bound } from '../../base/column.ts';
import { quoted } from '../../base/quoted.ts';
import type { Sql } from '../../base/sql.ts';
import { concreteInfos, type EntityReads } from './candidates.ts';
import { momentAt } from './moments.ts';
import type { State } from './scope-query.ts';

const FAR_MS = 400 * 86_400_000;

/**
 * When the clock alone next moves an object across a compared moment; null for not within a year. Moments never run
 * backwards, so that the instant at which one reaches the next value can be searched for.
 */
export async function nextScopeChange(sql: Sql, reads: readonly EntityReads[], state: State): Promise<number | null> {
  const now = state.viewpoint.environment.session.now;
  let next: number | null = null;
  for (const clock of reads.flatMap((one) => one.clocks)) {
    const at = (ms: number) => momentAt(clock.moment, state.viewpoint, ms);
    for (const info of concreteInfos(state.viewpoint.model, clock.entity)) {
      const column = info.columnOf.get(clock.member);
      if (!column) continue;
      const [row] = await sql.all(
        `SELECT min(${quoted(column.name)}) AS "value" FROM ${quoted(info.table)} WHERE ${quoted(column.name)} >= ?`,
        [bound(at(now), column)],
      );
      if (row?.value === null || row?.value === undefined) continue;
      const value = Number(row.value);
      // A value the moment stands on changes sides when the moment passes it.
      const change = firstInstant(at, value === at(now) ? value + 1 : value, now);
      if (change !== null && (next === null || change < next)) next = change;
    }
  }
  return next;
}

/** The first instant after `now` at which the moment is at least `value`. */
function firstInstant(at: (ms: number) => number, value: number, now: number): number | null {
  let high = now + FAR_MS;
  if (at(high) < value) return null;
  let low = now;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle) >= value) high = middle;
    else low = middle;
  }
  return high;
}
