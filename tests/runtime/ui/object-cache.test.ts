import type { Device } from '@skerry/runtime/engine/device-face';
import { createObjectCache, NotLoaded } from '@skerry/runtime/ui/data/object-cache';
import { describe, expect, test } from 'vitest';
import { eventually, id, uiWorld } from './ui-world.ts';

/** A device that counts what is asked of it. */
function counted(device: Device) {
  const loads: (readonly string[])[] = [];
  const follows: (readonly string[])[] = [];
  const counting: Device = {
    ...device,
    load(ids) {
      loads.push(ids);
      return device.load(ids);
    },
    follow(ids, ...more) {
      follows.push(ids);
      return device.follow(ids, ...more);
    },
  };
  return { counting, loads, follows };
}

/** Lets everything that is under way come to an end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function world() {
  const { device } = uiWorld();
  const { counting, loads, follows } = counted(device);
  return { device, cache: createObjectCache(counting), loads, follows };
}

describe('the cache of what screens know', () => {
  test('says that something is not loaded, asks for it, and announces it', async () => {
    const { cache } = world();
    expect(() => cache.get(id(30))).toThrow(NotLoaded);
    expect((await eventually(cache, () => cache.get(id(30))))?.values.Name).toBe('Pump');
    expect(cache.version()).toBe(1);
  });

  test('asks for everything that was missed in one turn at once, and for each thing once', async () => {
    const { cache, loads, follows } = world();
    for (const serial of [30, 31, 30, 10]) expect(() => cache.get(id(serial))).toThrow(NotLoaded);
    for (const serial of [10, 11])
      expect(() => cache.follow(id(serial), 'Shop.Machine_Place', undefined, true)).toThrow(NotLoaded);
    await settled();
    expect(loads).toEqual([[id(30), id(31), id(10)]]);
    expect(follows).toEqual([[id(10), id(11)]]);
    expect(cache.follow(id(10), 'Shop.Machine_Place', undefined, true)).toEqual([id(30)]);
    expect(cache.follow(id(11), 'Shop.Machine_Place', undefined, true)).toEqual([]);
  });

  test('knows what is gone, and does not ask for it again', async () => {
    const { cache, loads } = world();
    expect(await eventually(cache, () => cache.get(id(99)))).toBeUndefined();
    expect(cache.get(id(99))).toBeUndefined();
    await settled();
    expect(loads).toHaveLength(1);
  });

  test('shows what stands while it asks again, and the new state after', async () => {
    const { cache, device } = world();
    await eventually(cache, () => cache.get(id(31)));
    await device.change(id(31), { Name: 'Derrick' });
    expect(cache.get(id(31))?.values.Name).toBe('Crane');
    await settled();
    expect(cache.get(id(31))?.values.Name).toBe('Derrick');
  });

  test('asks again only for the entities an event names, and for what it thought was gone', async () => {
    const { cache, device, loads } = world();
    for (const serial of [10, 31, 99]) await eventually(cache, () => cache.get(id(serial)));
    loads.length = 0;
    device.announce({ kind: 'data', entities: ['Shop.Place'] });
    await settled();
    expect(loads.map((ids) => [...ids].sort())).toEqual([[id(10), id(99)]]);
  });

  test('follows associations anew when data changes', async () => {
    const { cache, device } = world();
    const machines = () => cache.follow(id(10), 'Shop.Machine_Place', undefined, true);
    expect(await eventually(cache, machines)).toEqual([id(30)]);
    await device.change(id(31), { 'Shop.Machine_Place': id(10) });
    await settled();
    expect(machines()).toEqual([id(30), id(31)]);
  });

  test('comes to rest: an event leads to one question, not to more events', async () => {
    const { cache, device, loads, follows } = world();
    await eventually(cache, () => [cache.get(id(30)), cache.follow(id(10), 'Shop.Machine_Place', undefined, true)]);
    await settled();
    const [before, version] = [loads.length + follows.length, cache.version()];
    device.announce({ kind: 'data', entities: null });
    device.announce({ kind: 'data', entities: null });
    await settled();
    await settled();
    expect(loads.length + follows.length - before).toBe(2);
    expect(cache.version() - version).toBe(1);
  });

  test('forgets everything with another bundle or when somebody signs out', async () => {
    const { cache, device } = world();
    await eventually(cache, () => cache.get(id(30)));
    device.announce({ kind: 'signedOut', because: 'asked' });
    expect(() => cache.get(id(30))).toThrow(NotLoaded);
  });

  test('asks again after the engine was away, with the next question and not in a loop', async () => {
    const { device } = uiWorld();
    let tries = 0;
    const cache = createObjectCache({
      ...device,
      load: async (ids) => {
        tries++;
        if (tries === 1) throw new Error('engine-moved');
        return device.load(ids);
      },
    });
    expect(() => cache.get(id(30))).toThrow(NotLoaded);
    await settled();
    expect(tries).toBe(1);
    expect((await eventually(cache, () => cache.get(id(30))))?.values.Name).toBe('Pump');
  });

  test('says nothing after it was closed', async () => {
    const { cache, device } = world();
    let announced = 0;
    cache.subscribe(() => announced++);
    expect(() => cache.get(id(30))).toThrow(NotLoaded);
    cache.close();
    device.announce({ kind: 'data', entities: null });
    await settled();
    expect(announced).toBe(0);
  });
});
