import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '@skerry/runtime/engine/device-face';
import { fetchTransport } from '@skerry/runtime/platform/node/fetch-transport';
import { openNodeDevice } from '@skerry/runtime/platform/node/open-node-device';
import type { Transport } from '@skerry/runtime/platform/ports';
import { must } from '@skerry/shared/base/invariant';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Harness, objectOf, startHarness } from '../sync-service/support/harness.ts';

let harness: Harness;
let url: string;
let anna: Device;
let ben: Device;
let folder: string;
/** Names of devices that are without a network. */
const offline = new Set<string>();

beforeEach(async () => {
  harness = await startHarness();
  url = harness.url;
  folder = mkdtempSync(join(tmpdir(), 'skerry-system-'));
  offline.clear();
  anna = await device('anna');
  ben = await device('ben');
});
afterEach(async () => {
  await Promise.all([anna, ben].map((one) => one.close().catch(() => undefined)));
  await harness.close();
  rmSync(folder, { recursive: true, force: true });
});

function cut(name: string, transport: Transport): Transport {
  return {
    ...transport,
    request: (request) => (offline.has(name) ? Promise.reject(new Error('no network')) : transport.request(request)),
  };
}

async function device(name: string): Promise<Device> {
  const opened = await openNodeDevice({
    folder: join(folder, name),
    serviceUrl: url,
    profile: 'Phone',
    automatic: false,
    transport: cut(name, fetchTransport(url)),
  });
  if (!(await opened.status()).user) {
    const signedIn = await opened.signIn(name, `${name}-password`);
    if (!signedIn.ok) throw new Error(signedIn.error.message);
    expect(await opened.synchronize()).toMatchObject({ ok: true });
  }
  return opened;
}

const list = async (from: Device, entity: string, constraint = '') =>
  (await from.retrieve({ source: { kind: 'database', entity, constraint, sort: [] }, variables: {} })).objects;

async function make(on: Device, entity: string, values: Parameters<Device['change']>[1]) {
  const { id: made } = await on.create(entity);
  expect(await on.change(made, values)).toMatchObject({ ok: true });
  expect(await on.commit([made])).toEqual({ ok: true, value: null });
  return made;
}

async function edit(on: Device, object: ReturnType<typeof objectOf>, values: Parameters<Device['change']>[1]) {
  expect(await on.change(object, values)).toMatchObject({ ok: true });
  expect(await on.commit([object])).toEqual({ ok: true, value: null });
}

describe('two devices and a service', () => {
  test('each holds its own scope, and neither a member that its user may not read', async () => {
    const own = (await list(anna, 'Field.Site')).map(({ id: site }) => site);
    const bens = (await list(ben, 'Field.Site')).map(({ id: site }) => site);
    expect(own.length).toBeGreaterThan(0);
    expect(own).not.toEqual(bens);
    for (const site of await list(anna, 'Field.Site')) expect(Object.keys(site.values)).not.toContain('Secret');
  });

  test('work done offline outlives a restart of the device, arrives once, and comes to rest on the service', async () => {
    offline.add('anna');
    const memo = await make(anna, 'Field.Memo', { Text: 'written at sea' });
    expect(await anna.synchronize()).toMatchObject({ ok: false, failure: { code: 'sync/offline' } });
    await anna.close();
    anna = await device('anna');
    expect((await anna.load([memo]))[0]).toMatchObject({ values: { Text: 'written at sea' }, isPending: true });
    offline.delete('anna');
    expect(await anna.synchronize()).toMatchObject({ ok: true, applied: 1 });
    expect(await ben.synchronize()).toMatchObject({ ok: true });
    expect((await ben.load([memo]))[0]).toMatchObject({ values: { Text: 'written at sea' } });
    expect((await anna.load([memo]))[0]).toMatchObject({ isPending: false });
  });

  test('firstWins keeps what came first, and says so', async () => {
    const first = await make(anna, 'Field.First', { Text: 'a', Other: 'b' });
    await anna.synchronize();
    await ben.synchronize();
    await edit(anna, first, { Text: 'anna' });
    await edit(ben, first, { Text: 'ben' });
    expect(await anna.synchronize()).toMatchObject({ ok: true, applied: 1 });
    expect(await ben.synchronize()).toMatchObject({ ok: true, resolved: 1 });
    expect((await ben.load([first]))[0]).toMatchObject({ values: { Text: 'anna' }, isPending: false });
  });

  test('review parks the second, which waits in the inbox and may be made again', async () => {
    const memo = await make(anna, 'Field.Memo', { Text: 'a' });
    await anna.synchronize();
    await ben.synchronize();
    await edit(anna, memo, { Text: 'anna' });
    await edit(ben, memo, { Text: 'ben' });
    await anna.synchronize();
    expect(await ben.synchronize()).toMatchObject({ ok: true, parked: [{}] });
    expect((await ben.load([memo]))[0]).toMatchObject({ values: { Text: 'anna' }, inInbox: true });
    const [entry] = await ben.inbox();
    expect(entry).toMatchObject({
      kind: 'parked',
      changes: [{ members: [{ member: 'Text', mine: 'ben', base: 'a', theirs: 'anna', conflict: true }] }],
    });
    expect(await ben.retry(must(entry, 'an entry').id)).toMatchObject({ ok: true });
    expect(await ben.synchronize()).toMatchObject({ ok: true });
    await anna.synchronize();
    expect((await anna.load([memo]))[0]).toMatchObject({ values: { Text: 'ben' } });
    expect(await ben.inbox()).toEqual([]);
  });

  test('merge takes both members, and numbers of the service replace provisional ones', async () => {
    const site = must((await list(anna, 'Field.Site', "[Name = 'name of quay']"))[0], 'the quay').id;
    const task = await make(anna, 'Field.Task', { Title: 'one', 'Field.Task_Site': site });
    expect((await anna.load([task]))[0]?.values.Number).toBe('-1');
    const same = await second('anna');
    await anna.synchronize();
    await same.synchronize();
    expect(Number((await anna.load([task]))[0]?.values.Number)).toBeGreaterThan(0);
    await edit(anna, task, { Title: 'renamed' });
    await edit(same, task, { Note: 'noted' });
    await anna.synchronize();
    expect(await same.synchronize()).toMatchObject({ ok: true, applied: 1 });
    expect((await same.load([task]))[0]).toMatchObject({ values: { Title: 'renamed', Note: 'noted' } });
    await same.close();
  });

  test('work that its user may not do any more when it arrives goes to the inbox', async () => {
    const quay = objectOf('quay');
    expect((await anna.load([quay]))[0]?.values.Name).toBe('name of quay');
    const task = await make(anna, 'Field.Task', { Title: 'here', 'Field.Task_Site': quay });
    await anna.synchronize();
    offline.add('anna');
    await edit(anna, task, { Note: 'too late' });
    // The site moves to the south: neither it nor its tasks are anna's any more.
    await harness.sql(`UPDATE "Field$Site" SET "Site_Region" = ?, "$rev" = "$rev" + 1 WHERE "$id" = ?`, [
      objectOf('south'),
      quay,
    ]);
    offline.delete('anna');
    const result = await anna.synchronize();
    expect(result).toMatchObject({ ok: true, rejected: [{}] });
    expect(await anna.inbox()).toHaveLength(1);
    expect((await anna.load([task]))[0]?.values.Note ?? null).toBeNull();
  });

  test('left to themselves they send, are told, and fetch', async () => {
    const automatic = (name: string) =>
      openNodeDevice({ folder: join(folder, `${name}-auto`), serviceUrl: url, profile: 'Phone' });
    const [left, right] = [await automatic('anna'), await automatic('ben')];
    try {
      expect(await left.signIn('anna', 'anna-password')).toMatchObject({ ok: true });
      expect(await right.signIn('ben', 'ben-password')).toMatchObject({ ok: true });
      await vi.waitFor(async () => expect((await right.status()).phase).toBe('ready'), 10_000);
      await vi.waitFor(async () => expect((await left.status()).phase).toBe('ready'), 10_000);
      const memo = await make(left, 'Field.Memo', { Text: 'by itself' });
      await vi.waitFor(async () => expect((await right.load([memo]))[0]?.values.Text).toBe('by itself'), 15_000);
      await vi.waitFor(async () => expect((await left.status()).pending).toBe(0), 10_000);
    } finally {
      await Promise.all([left.close(), right.close()]);
    }
  });

  async function second(name: string): Promise<Device> {
    const opened = await openNodeDevice({
      folder: join(folder, `${name}-2`),
      serviceUrl: url,
      profile: 'Phone',
      automatic: false,
    });
    expect(await opened.signIn(name, `${name}-password`)).toMatchObject({ ok: true });
    expect(await opened.synchronize()).toMatchObject({ ok: true });
    return opened;
  }
});
