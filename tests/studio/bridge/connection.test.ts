import { userFault } from '@skerry/shared/base/fault';
import { BridgeFault } from '@skerry/studio/bridge/bridge-fault';
import type { Ask, CallName, Handlers } from '@skerry/studio/bridge/calls/index';
import type { Channel } from '@skerry/studio/bridge/channel';
import { connectWindow } from '@skerry/studio/bridge/connect-window';
import { memoryChannels } from '@skerry/studio/bridge/memory-channel';
import type { Notify } from '@skerry/studio/bridge/notifications';
import { serveHost } from '@skerry/studio/bridge/serve-host';
import { describe, expect, test } from 'vitest';

describe('a call', () => {
  test('reaches its handler with its request, and brings its reply back', async () => {
    const { ask } = served({ 'document/text': ({ document }) => ({ text: `text of ${document}` }) });
    expect(await ask('document/text', { document: 'skerry.json' })).toEqual({ text: 'text of skerry.json' });
  });

  test('that gives nothing is answered all the same', async () => {
    const { ask } = served({ 'project/close': () => undefined as never });
    expect(await ask('project/close', {})).toEqual({});
  });

  test('brings null as null', async () => {
    const { ask } = served({ 'project/state': () => null });
    expect(await ask('project/state', {})).toBe(null);
  });

  test('is answered when its handler is done, not in the order of asking', async () => {
    let finish = (_: { text: string }) => {};
    const { ask } = served({
      'document/text': ({ document }) =>
        document === 'slow' ? new Promise((resolve) => (finish = resolve)) : { text: 'quick' },
    });
    const slow = ask('document/text', { document: 'slow' });
    expect(await ask('document/text', { document: 'quick' })).toEqual({ text: 'quick' });
    finish({ text: 'slow' });
    expect(await slow).toEqual({ text: 'slow' });
  });

  test('refused by a Fault rejects with its code, message and details', async () => {
    const { ask, logged } = served({
      'project/open': () => {
        throw userFault('project/not-found', 'There is no project.', { folder: '/nowhere', cycle: undefined });
      },
    });
    const fault = await faultOf(ask('project/open', { folder: '/nowhere' }));
    expect(fault).toMatchObject({ code: 'project/not-found', message: 'There is no project.' });
    expect(fault.details).toEqual({ folder: '/nowhere' });
    expect(logged).toEqual([]);
  });

  test('refused by a Fault whose details cannot travel keeps its code and words', async () => {
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    const { ask } = served({
      'project/open': () => {
        throw userFault('project/not-found', 'There is no project.', cycle);
      },
    });
    expect(await faultOf(ask('project/open', { folder: 'x' }))).toMatchObject({
      code: 'project/not-found',
      details: {},
    });
  });

  test('that breaks says so without a word of the inside; the log has it', async () => {
    const { ask, logged } = served({
      'project/open': () => {
        throw new TypeError('secret inner words');
      },
    });
    const fault = await faultOf(ask('project/open', { folder: '/x' }));
    expect(fault.code).toBe('bridge/defect');
    expect(JSON.stringify([fault.message, fault.details])).not.toMatch(/secret|\.ts|TypeError/);
    expect(logged).toEqual([['The call project/open failed.', expect.any(TypeError)]]);
  });

  test('whose reply cannot travel is a defect, and the next call works', async () => {
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    const { ask } = served({ 'page/live': () => ({ revision: 1, content: cycle as never }) });
    expect((await faultOf(ask('page/live', { document: 'p' }))).code).toBe('bridge/defect');
    expect((await faultOf(ask('page/live', { document: 'p' }))).code).toBe('bridge/defect');
  });

  test('with a wrong request is refused before its handler sees it, naming the place', async () => {
    let isCalled = false;
    const { ask } = served({
      'document/text': () => {
        isCalled = true;
        return { text: '' };
      },
    });
    const fault = await faultOf(ask('document/text', { document: 7 } as never));
    expect(fault.code).toBe('bridge/bad-request');
    expect(fault.message).toContain('document');
    expect(isCalled).toBe(false);
  });

  test.each(['no/such', '__proto__', 'constructor', 'toString'])('%s that is not declared is refused', async (call) => {
    const { ask } = served({});
    expect((await faultOf(ask(call as CallName, {} as never))).code).toBe('bridge/unknown-call');
  });

  test('with a reply that breaks the declaration is refused by the window', async () => {
    const { ask } = served({ 'document/text': () => ({ text: 5 }) as never });
    expect((await faultOf(ask('document/text', { document: 'x' }))).code).toBe('bridge/bad-reply');
  });

  test('in flight when the channel closes rejects, and so does every later one', async () => {
    const { ask, far } = served({ 'document/text': () => new Promise(() => {}) });
    const waiting = faultOf(ask('document/text', { document: 'x' }));
    far.close();
    expect((await waiting).code).toBe('bridge/closed');
    expect((await faultOf(ask('project/close', {}))).code).toBe('bridge/closed');
  });
});

describe('what a host tells', () => {
  test('reaches every listener of that name, until it stops listening', async () => {
    const { listen, notify, ask } = served({ 'project/close': () => ({}) });
    const heard: string[] = [];
    const stop = listen('project/branch', ({ branch }) => heard.push(`one ${branch}`));
    listen('project/branch', ({ branch }) => heard.push(`two ${branch}`));
    notify('project/branch', { branch: 'main' });
    await ask('project/close', {});
    stop();
    notify('project/branch', { branch: 'next' });
    await ask('project/close', {});
    expect(heard).toEqual(['one main', 'two main', 'two next']);
  });

  test('comes before the answer to a call whose handler told it', async () => {
    const order: string[] = [];
    const host = served({
      'project/close': () => {
        host.notify('project/branch', { branch: 'main' });
        return {};
      },
    });
    host.listen('project/branch', () => order.push('told'));
    await host.ask('project/close', {}).then(() => order.push('answered'));
    expect(order).toEqual(['told', 'answered']);
  });

  test('is not listened to when it breaks its declaration or is not declared', async () => {
    const { listen, notify, ask, windowLogged } = served({ 'project/close': () => ({}) });
    let isHeard = false;
    listen('project/branch', () => {
      isHeard = true;
    });
    notify('project/branch', { branch: 7 } as never);
    notify('toString' as never, {} as never);
    await ask('project/close', {});
    expect(isHeard).toBe(false);
    expect(windowLogged).toHaveLength(2);
  });

  test('is told to nobody any more when the channel has closed', () => {
    const { far, listeners } = served({});
    expect(listeners.size).toBe(1);
    far.close();
    expect(listeners.size).toBe(0);
  });
});

test('a message that is no question is logged, and the host goes on', async () => {
  const { ask, near, logged } = served({ 'project/close': () => ({}) });
  for (const message of [{}, { ask: 'one', call: 'project/close' }, { answer: 1, reply: {} }]) near.send(message);
  expect(await ask('project/close', {})).toEqual({});
  expect(logged).toHaveLength(3);
});

function served(handlers: Partial<Handlers>) {
  const [near, far] = memoryChannels();
  const listeners = new Set<Notify>();
  const logged: unknown[][] = [];
  const windowLogged: string[] = [];
  const onNotify = (listener: Notify) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  serveHost(far, { handlers: handlers as Handlers, onNotify }, (...words) => logged.push(words));
  const { ask, listen } = connectWindow(near, (message) => windowLogged.push(message));
  const notify: Notify = (name, body) => {
    for (const listener of listeners) listener(name, body);
  };
  return {
    ask: ask as Ask,
    listen,
    notify,
    near: near as Channel,
    far: far as Channel,
    listeners,
    logged,
    windowLogged,
  };
}

async function faultOf(promise: Promise<unknown>): Promise<BridgeFault> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof BridgeFault) return error;
  throw new Error(`Expected a BridgeFault, got ${String(error)}.`);
}
