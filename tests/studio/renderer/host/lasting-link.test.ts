import { BridgeFault } from '@skerry/studio/bridge/bridge-fault';
import type { Handlers } from '@skerry/studio/bridge/calls/index';
import type { Channel } from '@skerry/studio/bridge/channel';
import { memoryChannels } from '@skerry/studio/bridge/memory-channel';
import type { Notify } from '@skerry/studio/bridge/notifications';
import { serveHost } from '@skerry/studio/bridge/serve-host';
import { expect, test } from 'vitest';
import { type LastingLink, lastingLink } from '../../../../studio/renderer/host/lasting-link.ts';

test('a link finds back after its channel broke, says so, and keeps its listeners', async () => {
  const world = newWorld();
  const { link, states } = world.open();
  const heard: string[] = [];
  link.listen('project/branch', ({ branch }) => heard.push(branch));
  expect(await link.ask('project/close', {})).toEqual({});
  world.breakLine();
  await world.until(() => world.reconnects === 1);
  expect(states).toEqual(['connected', 'lost', 'connected']);
  world.notify('project/branch', { branch: 'main' });
  expect(await link.ask('project/close', {})).toEqual({});
  expect(heard).toEqual(['main']);
});

test('it waits longer each time, up to a limit, and begins anew after it stood', async () => {
  const world = newWorld();
  const { link } = world.open();
  await link.ask('project/close', {});
  world.refuse(8);
  world.breakLine();
  await world.until(() => world.reconnects === 1);
  expect(world.waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
  world.refuse(1);
  world.breakLine();
  await world.until(() => world.reconnects === 2);
  expect(world.waits.slice(8)).toEqual([250]);
});

test('calls made before the first channel stands wait for it; calls made while it is lost are refused', async () => {
  const world = newWorld();
  world.refuse(2);
  const { link } = world.open();
  expect(await link.ask('project/close', {})).toEqual({});
  world.refuse(Number.POSITIVE_INFINITY);
  world.breakLine();
  await expect(link.ask('project/close', {})).rejects.toMatchObject({ code: 'bridge/closed' });
  link.close();
});

test('the first connection is no reconnection', async () => {
  const world = newWorld();
  const { link } = world.open();
  await link.ask('project/close', {});
  expect(world.reconnects).toBe(0);
});

test('a window that the studio does not know stops trying and says what to do', async () => {
  const world = newWorld();
  world.failWith(new BridgeFault('bridge/no-session', 'Start it again.'));
  const { link, states } = world.open();
  await expect(link.ask('project/close', {})).rejects.toMatchObject({ code: 'bridge/no-session' });
  expect(states).toEqual(['ended']);
  expect(world.waits).toEqual([]);
});

test('who stopped listening hears nothing, on this channel and the next', async () => {
  const world = newWorld();
  const { link } = world.open();
  let isHeard = false;
  const stop = link.listen('project/branch', () => {
    isHeard = true;
  });
  await link.ask('project/close', {});
  stop();
  world.breakLine();
  await world.until(() => world.reconnects === 1);
  world.notify('project/branch', { branch: 'main' });
  await link.ask('project/close', {});
  expect(isHeard).toBe(false);
});

test('a link that is closed stays closed', async () => {
  const world = newWorld();
  const { link, states } = world.open();
  await link.ask('project/close', {});
  link.close();
  await expect(link.ask('project/close', {})).rejects.toMatchObject({ code: 'bridge/closed' });
  expect(states).toEqual(['connected']);
  expect(world.opened).toBe(1);
});

/** A host and a network that breaks when told to. */
function newWorld() {
  const listeners = new Set<Notify>();
  const handlers = { 'project/close': () => ({}) } as Partial<Handlers> as Handlers;
  let far: Channel | undefined;
  let refusals = 0;
  let failure: Error | undefined;
  const watchers = new Set<() => void>();
  const world = {
    reconnects: 0,
    opened: 0,
    waits: [] as number[],
    refuse(times: number) {
      refusals = times;
    },
    failWith(error: Error) {
      failure = error;
    },
    breakLine: () => far?.close(),
    notify: ((name, body) => {
      for (const listener of listeners) listener(name, body);
    }) as Notify,
    until: (condition: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!condition()) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    open(): { link: LastingLink; states: string[] } {
      const states: string[] = [];
      const link = lastingLink({
        async open() {
          if (failure) throw failure;
          if (refusals-- > 0) throw new Error('refused');
          const [near, end] = memoryChannels();
          far = end;
          world.opened++;
          const onNotify = (listener: Notify) => {
            listeners.add(listener);
            return () => void listeners.delete(listener);
          };
          serveHost(end, { handlers, onNotify }, () => {});
          near.onClose(() => {});
          return near;
        },
        onReconnect() {
          world.reconnects++;
          for (const look of [...watchers]) look();
        },
        onState: ({ status }) => {
          if (states.at(-1) !== status) states.push(status);
        },
        // A task of its own, so that a link which tries for ever leaves room for the others.
        wait(milliseconds) {
          world.waits.push(milliseconds);
          return new Promise((resolve) => setImmediate(resolve));
        },
      });
      return { link, states };
    },
  };
  return world;
}
