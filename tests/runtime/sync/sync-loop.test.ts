import { fakeClock } from '@skerry/runtime/platform/memory/memory-ports';
import { type StoredFacts, SyncLoop, type SyncWork } from '@skerry/runtime/sync/sync-loop';
import { expect, test } from 'vitest';

const START_MS = Date.UTC(2026, 0, 5, 8);
const HOUR_MS = 3_600_000;

test('a clock that jumps in the middle of a run is compared again before the same moment is asked for once more', async () => {
  const clock = fakeClock(START_MS);
  const calls: string[] = [];
  let clockOffsetMs = 0;
  const facts = (): StoredFacts => ({
    signedIn: true,
    hasBundle: true,
    foreignService: false,
    unanswered: 0,
    uncovered: 0,
    firstSyncDone: true,
    openPull: false,
    uploadsOnSave: true,
    bodiesToSend: 0,
    bodiesToFetch: 0,
    nextScopeChangeMs: START_MS + HOUR_MS,
    clockOffsetMs,
  });
  const work: SyncWork = {
    facts: async () => facts(),
    // The service's clock stands still; a day ahead of it, the moment seems to have come here.
    greet: async () => {
      calls.push('greet');
      clockOffsetMs = START_MS - clock.now();
    },
    download: async () => {
      calls.push('download');
      if (calls.length > 9) throw new Error('It asks again and again.');
      clock.set(START_MS + 24 * HOUR_MS);
      return { downloaded: 0, removed: 0, reconciled: [], entities: new Set() };
    },
    upload: async () => [],
    sendBodies: async () => 0,
    fetchBodies: async () => 0,
    bytes: () => 0,
    nameOf: (id) => id,
    finished: async () => {},
    expired: () => {},
    statusChanged: () => {},
    failed: (defect) => {
      throw defect;
    },
  };
  const loop = new SyncLoop(work, { clock, random: () => 0, everyMinutes: () => undefined, automatic: false });
  expect(await loop.synchronize()).toMatchObject({ ok: true });
  expect(calls).toEqual(['greet', 'download', 'greet', 'download']);
  await loop.stop();
});
