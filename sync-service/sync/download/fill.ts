import type { ObjectId } from '@skerry/shared/base/ids';
import type { Sql } from '../../base/sql.ts';
import { candidateIds, readsOf } from './candidates.ts';
import type { Page } from './page.ts';
import { type EntityScope, rightsOf, rowsInScope, type ScopedRow, type State } from './scope-query.ts';
import type { Step } from './tokens.ts';

/** Ids judged at a time, so that a long list of candidates costs no more memory than a page. */
const CHUNK = 500;

/**
 * One entity's part of a page.
 *
 * @param after the last id that earlier pages have dealt with
 * @returns the id to go on after, or null when the entity is done
 */
export async function fillEntity(
  sql: Sql,
  page: Page,
  scope: EntityScope,
  step: Step,
  states: { readonly before: State | null; readonly now: State },
  after: string,
): Promise<string | null> {
  if (step.how === 'delta' && states.before) return fillDelta(sql, page, scope, states.before, states.now, after);
  const rows = await rowsInScope(sql, scope, states.now, { ids: null, after, limit: page.room, withCells: true });
  const isFull = rows.length > 0 && rows.length === page.room;
  if (step.how === 'reconcile')
    page.listReconciled(
      step.entityId,
      step.because,
      rows.map((row) => row.id),
    );
  await page.addRows(sql, scope, rows, states.now.overlay);
  return isFull ? (rows.at(-1)?.id ?? null) : null;
}

/** The one rule: scope now against scope at the cursor, on candidates only. */
async function fillDelta(
  sql: Sql,
  page: Page,
  scope: EntityScope,
  before: State,
  now: State,
  after: string,
): Promise<string | null> {
  const candidates = (await candidateIds(sql, scope, readsOf(scope), before, now)).filter((id) => id > after);
  for (let at = 0; at < candidates.length; ) {
    if (page.room === 0) return candidates[at - 1] ?? after;
    const chunk = candidates.slice(at, at + Math.min(CHUNK, page.room));
    await addDifferences(sql, page, scope, before, now, chunk);
    at += chunk.length;
  }
  return null;
}

async function addDifferences(
  sql: Sql,
  page: Page,
  scope: EntityScope,
  before: State,
  now: State,
  ids: readonly ObjectId[],
): Promise<void> {
  const asked = { ids, after: '', limit: ids.length };
  const there = new Map(
    (await rowsInScope(sql, scope, before, { ...asked, withCells: false })).map((row) => [row.id, row]),
  );
  const rows = await rowsInScope(sql, scope, now, { ...asked, withCells: true });
  const here = new Set(rows.map((row) => row.id));
  await page.addRows(
    sql,
    scope,
    rows.filter((row) => isNews(scope, there.get(row.id), row)),
    now.overlay,
  );
  page.remove(
    scope,
    ids.filter((id) => there.has(id) && !here.has(id)),
  );
}

/** Rights are content: the same cells under other rights are another row. */
function isNews(scope: EntityScope, before: ScopedRow | undefined, now: ScopedRow): boolean {
  if (!before || before.rev !== now.rev) return true;
  return JSON.stringify(rightsOf(scope, before.holds)) !== JSON.stringify(rightsOf(scope, now.holds));
}
