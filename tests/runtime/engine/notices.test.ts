import type { ElementId } from '@skerry/shared/base/ids';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Kit, kit, NOTE, objectId, RATING, SITE, SITE_NAME, VISIT } from '../../support/device-kit.ts';

let world: Kit;
beforeEach(() => {
  world = kit();
  world.service.put(objectId(1), SITE, { [SITE_NAME]: 'Quay' });
  world.service.put(objectId(3), VISIT, { [NOTE]: 'first', [RATING]: 1 });
});
afterEach(() => world.end());

/** A device whose note met that of somebody who was first. */
async function replaced(mine: string, theirs: string) {
  const folder = world.folder();
  const device = await world.device({ folder });
  await device.synchronize();
  await device.change(objectId(3), { Note: mine, Rating: 4 });
  await device.commit([objectId(3)]);
  world.service.put(objectId(3), VISIT, { [NOTE]: theirs, [RATING]: 1 });
  world.service.decide = () => ({ kind: 'applied', firstWins: [NOTE as ElementId] });
  await device.synchronize();
  return { device, folder };
}

describe('[L5] a value that a policy gave to somebody else', () => {
  test('is told with both values, survives a restart, and goes when the user has seen it', async () => {
    const { device, folder } = await replaced('mine', 'theirs');
    expect((await device.load([objectId(3)]))[0]?.values).toMatchObject({ Note: 'theirs', Rating: 4 });
    const told = { object: objectId(3), entity: 'M.Visit', member: 'Note', mine: 'mine', theirs: 'theirs' };
    expect(await device.notices()).toMatchObject([told]);
    expect(await device.status()).toMatchObject({ pending: 0, inbox: 0, notices: 1 });

    await device.close();
    const again = await world.device({ folder });
    const notices = await again.notices();
    expect(notices).toMatchObject([told]);
    expect((await again.status()).notices).toBe(1);
    await again.dismissNotices(notices.map(({ id }) => id));
    expect(await again.notices()).toEqual([]);
    expect((await again.status()).notices).toBe(0);
  });

  test('is not told before the service’s value stands here', async () => {
    const device = await world.device();
    await device.synchronize();
    await device.change(objectId(3), { Note: 'mine' });
    await device.commit([objectId(3)]);
    world.service.put(objectId(3), VISIT, { [NOTE]: 'theirs', [RATING]: 1 });
    world.service.decide = () => ({ kind: 'applied', firstWins: [NOTE as ElementId] });
    world.service.intercept = (request, go) => {
      if (request.path.includes('/download')) throw new Error('cut');
      return go();
    };
    await device.synchronize();
    expect((await device.load([objectId(3)]))[0]?.values.Note).toBe('mine');
    expect(await device.notices()).toEqual([]);
    world.service.intercept = () => null;
    await device.synchronize();
    expect(await device.notices()).toHaveLength(1);
  });

  test('is nothing to tell when both wrote the same', async () => {
    const { device } = await replaced('same', 'same');
    expect(await device.notices()).toEqual([]);
  });

  test('goes with its user', async () => {
    const { device } = await replaced('mine', 'theirs');
    expect((await device.signOut()).ok).toBe(true);
    await device.signIn('bob', 'secret');
    expect(await device.notices()).toEqual([]);
  });
});
