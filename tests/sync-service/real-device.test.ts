import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device, ObjectSnapshot } from '@skerry/runtime/engine/device-face';
import { fetchTransport } from '@skerry/runtime/platform/node/fetch-transport';
import { openNodeDevice } from '@skerry/runtime/platform/node/open-node-device';
import type { Transport } from '@skerry/runtime/platform/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fieldModel } from './support/field-model.ts';
import { type Harness, objectOf, startHarness } from './support/harness.ts';

let harness: Harness;
const open: Device[] = [];

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(async () => {
  for (const device of open.splice(0)) await device.close();
  await harness.close();
});

async function deviceOf(name: string, transport?: Transport): Promise<Device> {
  const folder = mkdtempSync(join(tmpdir(), 'skerry-device-'));
  const device = await openNodeDevice({
    folder,
    serviceUrl: harness.url,
    profile: 'Phone',
    automatic: false,
    ...(transport ? { transport } : {}),
  });
  open.push(device);
  expect(await device.signIn(name, `${name}-password`)).toMatchObject({ ok: true });
  expect(await device.synchronize()).toMatchObject({ ok: true });
  return device;
}

async function all(device: Device, entity: string): Promise<readonly ObjectSnapshot[]> {
  const source = { kind: 'database', entity, constraint: '', sort: [] } as const;
  return (await device.retrieve({ source: source as never, variables: {} })).objects;
}

async function newTask(device: Device, title: string) {
  const task = await device.create('Field.Task');
  const values = { Title: title, 'Field.Task_Site': objectOf('quay'), 'Field.Task_Region': [objectOf('north')] };
  expect(await device.change(task.id, values)).toMatchObject({ ok: true });
  expect(await device.commit([task.id])).toMatchObject({ ok: true });
  return task.id;
}

describe('a real device and the service', () => {
  it('hand work from one device to another and agree after a conflict', async () => {
    const [a, b] = [await deviceOf('anna'), await deviceOf('anna')];
    const task = await newTask(a, 'from a');
    expect(await a.synchronize()).toMatchObject({ ok: true, applied: 1 });
    expect(await b.synchronize()).toMatchObject({ ok: true });
    for (const [device, note] of [
      [a, 'first'],
      [b, 'second'],
    ] as const) {
      await device.change(task, { Note: note });
      await device.commit([task]);
    }
    expect(await a.synchronize()).toMatchObject({ applied: 1, resolved: 0 });
    expect(await b.synchronize()).toMatchObject({ applied: 1, resolved: 1 });
    await a.synchronize();
    const seen = async (device: Device) =>
      (await all(device, 'Field.Task')).map(({ values, sets }) => ({ values, sets }));
    expect(await seen(a)).toEqual(await seen(b));
    expect((await seen(a))[0]).toMatchObject({
      values: { Note: 'first', Number: '100' },
      sets: { 'Field.Task_Region': [objectOf('north')] },
    });
  });

  it('apply work once though the reply to it was lost', async () => {
    let isLosing = true;
    const real = fetchTransport(harness.url);
    const losing: Transport = {
      stream: (...args) => real.stream(...args),
      async request(request) {
        const answer = await real.request(request);
        if (!isLosing || request.path !== '/api/sync/upload') return answer;
        isLosing = false;
        throw new Error('the line went dead');
      },
    };
    const device = await deviceOf('anna', losing);
    await newTask(device, 'sent twice');
    expect(await device.synchronize()).toMatchObject({ ok: false });
    expect(await device.synchronize()).toMatchObject({ ok: true, applied: 1 });
    const other = await deviceOf('anna');
    expect((await all(other, 'Field.Task')).map(({ values }) => [values.Title, values.Number])).toEqual([
      ['sent twice', '100'],
    ]);
    expect(await device.inbox()).toEqual([]);
  });

  it('keep refused work in the inbox and give the rows back', async () => {
    const [a, b] = [await deviceOf('anna'), await deviceOf('anna')];
    await newTask(a, 'same title');
    await newTask(b, 'same title');
    await a.synchronize();
    expect(await b.synchronize()).toMatchObject({ ok: true, rejected: [{ code: 'sync/unique' }] });
    expect(await b.inbox()).toMatchObject([{ kind: 'rejected', code: 'sync/unique' }]);
    expect((await all(b, 'Field.Task')).length).toBe(1);
  });

  it.each([
    ['First', 'kept'],
    ['Memo', 'kept'],
    ['First', 'uploadOnly'],
  ] as const)('let a row of %s be edited again and again though its mode is %s', async (entity, mode) => {
    await harness.publish(
      fieldModel('1.1.0', (documents) => {
        const profile = documents['navigation/Phone.json'] as unknown as {
          synchronization: { entities: { [name: string]: { mode: string } } };
        };
        profile.synchronization.entities[`Field.${entity}`] = { mode };
      }),
    );
    const device = await deviceOf('anna');
    const { id: row } = await device.create(`Field.${entity}`);
    const write = async (text: string) => {
      expect(await device.change(row, { Text: text })).toMatchObject({ ok: true });
      expect(await device.commit([row])).toMatchObject({ ok: true });
    };
    await write('one');
    // Edited before and after the service has answered, and once more on what came of it.
    await write('two');
    expect(await device.synchronize()).toMatchObject({ ok: true, applied: 2, rejected: [], parked: [] });
    const present = await device.load([row]);
    if (mode === 'uploadOnly') return expect(present).toEqual([]);
    expect(present).toMatchObject([{ values: { Text: 'two' }, isPending: false }]);
    await write('three');
    expect(await device.synchronize()).toMatchObject({ ok: true, applied: 1, resolved: 0, rejected: [], parked: [] });
    await write('four');
    expect(await device.synchronize()).toMatchObject({ ok: true, applied: 1, resolved: 0, rejected: [], parked: [] });
    expect(await device.load([row])).toMatchObject([{ values: { Text: 'four' }, isPending: false }]);
    expect(await device.inspect(`SELECT "$rev" > 0 AS confirmed FROM "Field$${entity}"`)).toEqual([{ confirmed: 1 }]);
  });
});
