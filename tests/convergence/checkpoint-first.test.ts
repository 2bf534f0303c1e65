import { AppTables } from '@skerry/runtime/store/app-tables';
import { CheckpointWriter } from '@skerry/runtime/store/apply-checkpoint';
import { writeLocally } from '@skerry/runtime/store/lay-over';
import { writeMeta } from '@skerry/runtime/store/meta';
import { openStore } from '@skerry/runtime/store/open-store';
import { readOutbox } from '@skerry/runtime/store/pending-work';
import { RightsDictionary } from '@skerry/runtime/store/rights-dictionary';
import type { ServiceClient } from '@skerry/runtime/sync/service-client';
import { uploadBatch } from '@skerry/runtime/sync/upload';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { readModel } from '@skerry/shared/metamodel/model';
import type { DownloadAnswer } from '@skerry/shared/protocol/download';
import { planTables } from '@skerry/shared/relational/plan-tables';
import type { Verdict } from '@skerry/shared/sync/verdict';
import { expect, it } from 'vitest';
import { appDocuments, attributeId, entityId, RELEASES } from './world/app-model.ts';
import { firstId, START_MS } from './world/first-data.ts';
import { Disk } from './world/sql-store.ts';
import { VirtualTime } from './world/virtual-time.ts';

const id = '019b8805-3000-7000-8000-000000000001';
const verdict: Verdict = { kind: 'applied', sequence: 1, transaction: id, resolutions: [] };

// The loop sends before it fetches, so that the simulator cannot bring this about.
it('a checkpoint that contains work whose verdict has not come lifts it, and the verdict then ends it', async () => {
  const disk = new Disk();
  const opener = disk.opener({ beat: () => {}, onCommit: () => {} });
  const { queue } = await openStore(
    opener,
    'store.db',
    new VirtualTime(START_MS).clock(
      () => 0,
      () => true,
    ),
  );
  const tables = new AppTables(planTables(readModel(appDocuments(RELEASES[0]))));
  const context = {
    tables,
    rights: new RightsDictionary(),
    mirrored: new Set<ElementId>(),
    held: new Set<ElementId>(),
  };
  const [entity, label, tag] = [entityId('Tag') as ElementId, attributeId('Tag', 'Label'), firstId('red') as ObjectId];
  await queue.transact(async (transaction) => {
    for (const sql of tables.statements()) await transaction.exec(sql);
    const header = { id, user: firstId('ann'), bundleVersion: '1.0.0', flow: null, atMs: START_MS };
    await writeLocally(transaction, context, header, {
      kind: 'create',
      entityId: entity,
      objectId: tag,
      set: { [label]: 'mine' },
    });
    await transaction.run('UPDATE "$outbox" SET "sequence" = 1');
    await writeMeta(transaction, 'lastSequence', 1);
  });

  const page: DownloadAnswer = {
    encoding: 'json-rows-1',
    rights: [{ rules: [], read: [label], write: [], delete: false }],
    upserts: [{ entityId: entity, columns: [label], rows: [[tag, 1, 0, 'theirs']] }],
    removals: [],
    reconciled: [],
    settled: [],
    totalRows: null,
    pageToken: null,
    checkpoint: { cursor: 'c', coversSequence: 1, nextScopeChangeMs: null, atMs: START_MS },
  };
  await queue.transact(async (transaction) => {
    const writer = new CheckpointWriter(transaction, context);
    await writer.page(page, false);
    if (page.checkpoint) await writer.finish(page.checkpoint, false);
  });
  const shown = await queue.read((reader) => tables.row(reader, entity, tag));
  expect(shown?.cells[label]).toBe('theirs');
  expect(await queue.read(readOutbox)).toMatchObject([{ id, sequence: 1, verdict: null, covered: true }]);

  const client = { ask: async () => ({ verdicts: [verdict] }) } as unknown as ServiceClient;
  expect(await uploadBatch({ queue, client, profile: 'Phone', newDeviceId: () => tag })).toEqual([verdict]);
  expect(await queue.read(readOutbox)).toEqual([]);
  expect((await queue.read((reader) => tables.row(reader, entity, tag)))?.cells[label]).toBe('theirs');
  disk.close();
});
