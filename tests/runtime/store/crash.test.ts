import type { Device } from '@skerry/runtime/engine/device-face';
import type { SqlDriver, SqlOpener } from '@skerry/runtime/platform/ports';
import { afterEach, describe, expect, test } from 'vitest';
import { type Kit, kit, NOTE, objectId, SITE, SITE_NAME, VISIT } from '../../support/device-kit.ts';

let world: Kit;
afterEach(() => world.end());

/** Fails at the n-th call of the driver and at every one after it, as a process that was killed does not go on. */
class Killer {
  calls = 0;
  at = Number.POSITIVE_INFINITY;

  readonly wrap = (opener: SqlOpener): SqlOpener => ({
    ...opener,
    open: async (name) => this.#driver(await opener.open(name)),
  });

  #driver(driver: SqlDriver): SqlDriver {
    const live = <T>(call: () => Promise<T>): Promise<T> =>
      ++this.calls >= this.at ? Promise.reject(new Error('killed')) : call();
    return {
      all: (sql, parameters) => live(() => driver.all(sql, parameters)),
      run: (sql, parameters) => live(() => driver.run(sql, parameters)),
      runMany: (sql, rows) => live(() => driver.runMany(sql, rows)),
      exec: (sql) => live(() => driver.exec(sql)),
      close: () => driver.close(),
    };
  }
}

/** A little day's work; ends quietly wherever it is killed. Answers whether the commit was acknowledged. */
async function work(device: Device): Promise<boolean> {
  await device.change(objectId(3), { Note: 'mine' });
  const committed = await device.commit([objectId(3)]);
  void device.synchronize();
  return committed.ok;
}

describe('a device that is killed', () => {
  test('[L6] at every third call of its store loses nothing that was acknowledged and applies nothing twice', async () => {
    let survived = 0;
    for (let at = 1; ; at += 3) {
      world = kit();
      world.service.put(objectId(1), SITE, { [SITE_NAME]: 'Quay' });
      world.service.put(objectId(3), VISIT, { [NOTE]: 'first' });
      const folder = world.folder();
      const killer = new Killer();
      const device = await world.device({ folder, sql: killer.wrap });
      await device.synchronize();
      killer.at = killer.calls + at;
      const acknowledged = await work(device).catch(() => false);
      await settled(device, killer);
      const wasKilled = killer.calls >= killer.at;
      await device.close().catch(() => undefined);

      const again = await world.device({ folder });
      const shown = (await again.load([objectId(3)]))[0]?.values.Note;
      if (acknowledged) expect(shown, `killed at ${at}`).toBe('mine');
      expect(await again.synchronize(), `killed at ${at}`).toMatchObject({ ok: true });
      const served = world.service.rows.get(objectId(3))?.cells[NOTE];
      expect((await again.load([objectId(3)]))[0]?.values.Note, `killed at ${at}`).toBe(served);
      if (acknowledged) expect(served, `killed at ${at}`).toBe('mine');
      expect(new Set(world.service.applied).size, `killed at ${at}`).toBe(world.service.applied.length);
      expect(
        await again.inspect('SELECT (SELECT count(*) FROM "$outbox") + (SELECT count(*) FROM "$base") AS n'),
      ).toEqual([{ n: 0 }]);
      await again.close();
      await world.end();
      if (!wasKilled) break;
      survived++;
    }
    // The work takes that many calls at least, or the killing proves little.
    expect(survived).toBeGreaterThan(20);
  }, 120_000);
});

/** Waits until the device rests: it has synchronised, or its store is dead. */
async function settled(device: Device, killer: Killer): Promise<void> {
  for (let last = -1; last !== killer.calls; ) {
    last = killer.calls;
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  await device.status();
}
