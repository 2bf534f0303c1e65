import type { Channel } from '@skerry/studio/bridge/channel';
import { afterEach, describe, expect, test } from 'vitest';

/** Two ends that are joined, and a way to send from the first end what no channel would. */
export interface JoinedChannels {
  readonly near: Channel;
  readonly far: Channel;
  sendRaw(text: string): void;
  dispose(): Promise<void> | void;
}

const LARGE_CHARACTERS = 6_000_000;

/** What every adapter of Channel keeps to. */
export function channelContract(adapter: string, join: () => Promise<JoinedChannels>): void {
  describe(`a channel over ${adapter}`, () => {
    let joined: JoinedChannels | undefined;
    const open = async () => {
      joined = await join();
      return joined;
    };
    afterEach(async () => {
      await joined?.dispose();
      joined = undefined;
    });

    test('brings messages in order, each once, in both directions', async () => {
      const { near, far } = await open();
      const [toFar, toNear] = [received(far, 200), received(near, 200)];
      for (let n = 0; n < 200; n++) {
        near.send({ n });
        far.send({ n: 1000 + n });
      }
      expect(await toFar).toEqual(Array.from({ length: 200 }, (_, n) => ({ n })));
      expect(await toNear).toEqual(Array.from({ length: 200 }, (_, n) => ({ n: 1000 + n })));
    });

    test('brings messages as JSON has them: what is undefined stays behind', async () => {
      const { near, far } = await open();
      near.send({ there: 'Ünïcode 🪨', missing: undefined, list: [null, { deep: true }] });
      const [message] = await received(far, 1);
      expect(message).toStrictEqual({ there: 'Ünïcode 🪨', list: [null, { deep: true }] });
    });

    test('brings a large message whole', async () => {
      const { near, far } = await open();
      const text = 'skerry'.repeat(LARGE_CHARACTERS / 6);
      near.send({ text });
      near.send({ after: true });
      const [large, after] = (await received(far, 2)) as readonly [{ text: string }, object];
      expect(large.text === text).toBe(true);
      expect(after).toEqual({ after: true });
    });

    test('keeps messages that come before there is a listener', async () => {
      const { near, far } = await open();
      near.send({ n: 1 });
      near.send({ n: 2 });
      far.send({ arrived: true });
      await received(near, 1);
      expect(await received(far, 2)).toEqual([{ n: 1 }, { n: 2 }]);
    });

    test.each(['near', 'far'] as const)('closed at its %s end, it is closed at both, and says so once', async (end) => {
      const { near, far } = await open();
      const told: string[] = [];
      near.onClose(() => told.push('near'));
      far.onClose(() => told.push('far'));
      const closed = Promise.all([closing(near), closing(far)]);
      (end === 'near' ? near : far).close();
      await closed;
      near.close();
      far.close();
      expect(told.sort()).toEqual(['far', 'near']);
    });

    test('brings what was sent before it closed', async () => {
      const { near, far } = await open();
      near.send({ last: 'words' });
      near.close();
      await closing(far);
      expect(await received(far, 1)).toEqual([{ last: 'words' }]);
    });

    test('tells a late listener at once that it is closed', async () => {
      const { near } = await open();
      near.close();
      let isTold = false;
      near.onClose(() => {
        isTold = true;
      });
      expect(isTold).toBe(true);
    });

    test('drops what is sent after it has closed', async () => {
      const { near, far } = await open();
      near.close();
      await closing(far);
      expect(() => near.send({ late: true })).not.toThrow();
      expect(() => far.send({ late: true })).not.toThrow();
    });

    test.each([
      ['no JSON', '{"half":'],
      ['a number', '17'],
      ['a list', '[{"n":1}]'],
      ['null', 'null'],
    ])('closes when the other end sends %s, and its listener never sees it', async (_, raw) => {
      const { far, near, sendRaw } = await open();
      const seen: object[] = [];
      far.onMessage((message) => seen.push(message));
      sendRaw(raw);
      await Promise.all([closing(far), closing(near)]);
      expect(seen).toEqual([]);
    });
  });
}

function closing(channel: Channel): Promise<void> {
  return new Promise((resolve) => channel.onClose(resolve));
}

function received(channel: Channel, count: number): Promise<readonly object[]> {
  return new Promise((resolve) => {
    const messages: object[] = [];
    channel.onMessage((message) => {
      messages.push(message);
      if (messages.length === count) resolve(messages);
    });
  });
}
