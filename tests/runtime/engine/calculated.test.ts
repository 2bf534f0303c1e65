import type { DeviceEvent } from '@skerry/runtime/engine/device-face';
import type { ElementId } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import { afterEach, describe, expect, test } from 'vitest';
import { type Kit, kit, objectId, PROFILE } from '../../support/device-kit.ts';
import { anApp, idOf, type Loose } from '../../support/model-builder.ts';

let world: Kit;
afterEach(() => world.end());

const by = (expression: string, kind = 'String'): Loose => ({
  type: { kind },
  calculatedBy: { kind: 'expression', expression },
});
const id = (place: string) => idOf(place) as ElementId;

/** Orders that add up, and greet the customer they are for. */
function orders() {
  const app = anApp()
    .withEntity('M.Customer', {
      attributes: { Name: 'String', Greeting: by("'Dear ' + $currentObject/Name") },
    })
    .withEntity('M.Order', {
      attributes: {
        Labour: 'Decimal',
        Material: 'Decimal',
        Total: by('$currentObject/Labour + $currentObject/Material', 'Decimal'),
        For: by("$currentObject/M.Order_Customer/M.Customer/Greeting + '!'"),
        Chicken: by('$currentObject/Egg'),
        Egg: by('$currentObject/Chicken'),
        Reached: by('isSynced($currentObject)', 'Boolean'),
      },
      associations: { Order_Customer: 'M.Customer' },
    })
    .withPage('M.Home', [])
    .withProfile(PROFILE, { home: 'M.Home', synchronization: { additional: ['M.Customer', 'M.Order'] } });
  world = kit(app);
  world.service.put(objectId(1), id('M.Customer'), { [idOf('M.Customer/Name')]: 'Ada' });
  world.service.put(objectId(2), id('M.Order'), {
    [idOf('M.Order/Labour')]: '10.5',
    [idOf('M.Order/Material')]: '2',
    [idOf('M.Order/Total')]: '99',
    [idOf('M.Order_Customer')]: objectId(1),
  });
}

async function order() {
  orders();
  const device = await world.device();
  await device.synchronize();
  return { device, values: async () => must((await device.load([objectId(2)]))[0], 'the order').values };
}

describe('a calculated attribute', () => {
  test('[SC6] is computed from what the row holds and from what it refers to', async () => {
    const { values } = await order();
    expect(await values()).toMatchObject({ Total: '12.5', For: 'Dear Ada!', Reached: true });
  });

  test('counts what is changed in memory, of the object and of others', async () => {
    const { device, values } = await order();
    await device.change(objectId(2), { Material: '4.5' });
    await device.change(objectId(1), { Name: 'Grace' });
    expect(await values()).toMatchObject({ Total: '15', For: 'Dear Grace!', Reached: false });
    await device.rollback([objectId(1), objectId(2)]);
    expect(await values()).toMatchObject({ Total: '12.5', For: 'Dear Ada!' });
  });

  test('is there for a new object, and for those that follow to it', async () => {
    const { device } = await order();
    const made = await device.create('M.Order');
    await device.change(made.id, { Labour: '1', Material: '2', 'M.Order_Customer': objectId(1) });
    const { objects } = await device.follow([objectId(1)], 'M.Order_Customer');
    expect(objects.map(({ values }) => values.Total).sort()).toEqual(['12.5', '3']);
  });

  test('is empty when its expression fails, and when it stands on itself', async () => {
    const { device, values } = await order();
    await device.change(objectId(2), { Material: null });
    expect(await values()).toMatchObject({ Total: null, Chicken: null, Egg: null });
  });

  test('is not to be written, and is never sent', async () => {
    const { device } = await order();
    const [before] = await device.load([objectId(2)]);
    expect(before?.writable).toEqual(['Labour', 'Material', 'M.Order_Customer']);
    expect(await device.change(objectId(2), { Total: '1' })).toMatchObject({
      ok: false,
      error: { code: 'object/invalid-value', members: [{ member: 'Total', message: 'Total is calculated.' }] },
    });
    await device.change(objectId(2), { Material: '3' });
    expect(await device.commit([objectId(2)])).toMatchObject({ ok: true });
    const [operation] = await device.inspect('SELECT "content" FROM "$operation"');
    expect(Object.keys(JSON.parse(String(operation?.content)).set)).toEqual([idOf('M.Order/Material')]);
  });

  test('[SC6] keeps the last value of the service when an input is withheld or not on the device', async () => {
    const { device, values } = await order();
    const { scope } = world.service;
    world.service.scope = (user, row, at) => {
      const rights = scope(user, row, at);
      return rights && { ...rights, read: rights.read.filter((member) => member !== idOf('M.Order/Labour')) };
    };
    await device.synchronize();
    expect(await values()).toMatchObject({ Total: '99', Material: '2', For: 'Dear Ada!' });
    world.service.scope = (user, row, at) => (at === objectId(1) ? null : scope(user, row, at));
    await device.synchronize();
    expect(await values()).toMatchObject({ Total: '12.5', For: null });
  });

  test('announces the objects that read what changed', async () => {
    const { device } = await order();
    const events: DeviceEvent[] = [];
    device.subscribe((event) => events.push(event));
    await device.change(objectId(1), { Name: 'Grace' });
    expect(events).toContainEqual({ kind: 'data', entities: ['M.Order'] });
    await device.commit([objectId(1)]);
    expect(events).toContainEqual({ kind: 'data', entities: ['M.Customer', 'M.Order'] });
  });

  test('is not searched, and breaks no search that names it', async () => {
    const { device } = await order();
    const { objects } = await device.retrieve({
      source: { kind: 'database', entity: 'M.Order', constraint: '', sort: [] },
      variables: {},
      search: { text: 'dear', members: ['For'] },
    });
    expect(objects).toHaveLength(1);
  });
});
