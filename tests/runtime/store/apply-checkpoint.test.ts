import type { HttpAnswer } from '@skerry/runtime/platform/ports';
import type { DownloadAnswer } from '@skerry/shared/protocol/download';
import { afterEach, expect, test } from 'vitest';
import { type Kit, kit, objectId, SITE, SITE_NAME } from '../../support/device-kit.ts';

let world: Kit;
afterEach(() => world.end());

test('[L5] an object whose own delete is applied stays away when its entity is compared as a whole in the same pull', async () => {
  world = kit();
  for (const site of [1, 2]) world.service.put(objectId(site), SITE, { [SITE_NAME]: `Quay ${site}` });
  const device = await world.device();
  await device.synchronize();
  await device.delete([objectId(1)]);
  world.service.reconcile.add(SITE);
  // A comparison lists what is there; what went is not named.
  world.service.intercept = (request, go) => (request.path === '/api/sync/download' ? withoutRemovals(go()) : null);
  expect(await device.synchronize()).toMatchObject({ ok: true, applied: 1, reconciled: [{ entity: 'M.Site' }] });
  expect((await device.load([objectId(1), objectId(2)])).map(({ id }) => id)).toEqual([objectId(2)]);
  expect(await device.inspect('SELECT * FROM "$base"')).toEqual([]);
});

function withoutRemovals(answer: HttpAnswer): HttpAnswer {
  const page = JSON.parse(new TextDecoder().decode(answer.body)) as DownloadAnswer;
  expect(page.removals).toHaveLength(1);
  return { ...answer, body: new TextEncoder().encode(JSON.stringify({ ...page, removals: [] })) };
}
