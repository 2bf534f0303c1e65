import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeClock } from '@skerry/runtime/platform/memory/memory-ports';
import { folderSqlOpener } from '@skerry/runtime/platform/node/better-sqlite-driver';
import { AppTables } from '@skerry/runtime/store/app-tables';
import { readMeta, writeMeta } from '@skerry/runtime/store/meta';
import { closeStore, openStore } from '@skerry/runtime/store/open-store';
import { RightsDictionary } from '@skerry/runtime/store/rights-dictionary';
import type { SqlQueue } from '@skerry/runtime/store/sql-queue';
import { download } from '@skerry/runtime/sync/download';
import type { ServiceClient } from '@skerry/runtime/sync/service-client';
import type { DownloadAnswer } from '@skerry/shared/protocol/download';
import { planTables } from '@skerry/shared/relational/plan-tables';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { objectId, SITE, SITE_NAME, START_MS, visitsApp } from '../../support/device-kit.ts';

let folder: string;
let queue: SqlQueue;
const tables = new AppTables(planTables(visitsApp().model()));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'skerry-download-'));
  ({ queue } = await openStore(folderSqlOpener(folder), 'store.db', fakeClock(START_MS)));
  await queue.transact(async (transaction) => {
    for (const sql of tables.statements()) await transaction.exec(sql);
    await writeMeta(transaction, 'cursor', 'before');
    await writeMeta(transaction, 'checkpointMs', START_MS);
  });
});
afterEach(async () => {
  await closeStore(queue);
  rmSync(folder, { recursive: true });
});

function page(site: number, isLast: boolean): DownloadAnswer {
  return {
    encoding: 'json-rows-1',
    rights: [{ rules: [], read: [SITE_NAME], write: [], delete: false }],
    upserts: [{ entityId: SITE, columns: [SITE_NAME], rows: [[objectId(site), 1, 0, `Quay ${site}`]] }],
    removals: [],
    reconciled: [],
    settled: [],
    totalRows: 2,
    pageToken: isLast ? null : 'more',
    checkpoint: isLast ? { cursor: 'after', coversSequence: 0, nextScopeChangeMs: null, atMs: START_MS } : null,
  };
}

const count = async (table: string) =>
  Number((await queue.read((reader) => reader.first(`SELECT count(*) AS n FROM "${table}"`)))?.n);

/** A pull of two pages; `between` runs when the first is staged and the second has not arrived. */
function pull(between: () => Promise<unknown>) {
  let asked = 0;
  const ask = async () => {
    if (asked++ === 0) return page(1, false);
    while ((await count('$staging')) === 0);
    await between();
    return page(2, true);
  };
  const request = {
    profile: 'Phone',
    bundleVersion: '1.0.0',
    planHash: 'plan',
    encodings: ['json-rows-1' as const],
    zone: 'UTC',
    locale: 'en',
    firstDayOfWeek: 1,
  };
  return download({
    queue,
    client: { ask } as unknown as ServiceClient,
    checkpoint: { tables, rights: new RightsDictionary(), mirrored: new Set([SITE]), held: new Set() },
    request,
    onProgress: () => {},
    onData: () => {},
    isCancelled: () => false,
    onFailedTurn: () => {},
  });
}

test('[L4] pages come into the tables with the checkpoint, all at once', async () => {
  const outcome = await pull(async () => expect(await count('M$Site')).toBe(0));
  expect(outcome).toMatchObject({ downloaded: 2 });
  expect(await count('M$Site')).toBe(2);
});

test('[L2] a pull under which the bundle is switched is given up whole: no row of it, and not its cursor', async () => {
  const switched = pull(() =>
    queue.transact(async (transaction) => {
      await transaction.run('DELETE FROM "$staging"');
      await writeMeta(transaction, 'pull', null);
    }),
  );
  await expect(switched).rejects.toMatchObject({ code: 'sync/pull-superseded' });
  expect(await count('M$Site')).toBe(0);
  expect(await queue.read((reader) => readMeta(reader, 'cursor'))).toBe('before');
});
