import { readFileSync } from 'node:fs';
import { RUNTIME_VERSION } from '@skerry/runtime/engine/version';
import { must } from '@skerry/shared/base/invariant';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Kit,
  kit,
  NOTE,
  objectId,
  PROFILE,
  SITE,
  SITE_NAME,
  TAG,
  VISIT,
  VISIT_SITE,
  VISIT_TAGS,
  visitsApp,
} from '../../support/device-kit.ts';
import type { Loose } from '../../support/model-builder.ts';

let world: Kit;
afterEach(() => world.end());

async function device(flow: readonly Loose[] = [], more: Loose = {}) {
  const menu = [{ caption: { en: 'Run' }, action: { kind: 'callNanoflow', nanoflow: 'M.Run', arguments: {} } }];
  const additional = ['M.Site', 'M.Tag', 'M.Visit', 'M.Photo'];
  const app = visitsApp()
    .withNanoflow('M.Run', flow, { parameters: { Visit: 'M.Visit' }, ...more })
    .withProfile(PROFILE, { home: 'M.Home', menu: menu as never, synchronization: { additional } });
  world = kit(app);
  world.service.put(objectId(1), SITE, { [SITE_NAME]: 'Quay' });
  world.service.put(objectId(2), TAG, {});
  world.service.put(objectId(4), TAG, {});
  const links = { [VISIT_TAGS]: [objectId(2), objectId(4)] };
  world.service.put(objectId(3), VISIT, { [NOTE]: 'first', [VISIT_SITE]: objectId(1) }, links);
  const opened = await world.device();
  await opened.synchronize();
  return opened;
}

const visit = { Visit: { kind: 'object', entity: 'M.Visit', id: objectId(3) } } as const;
const setNote = (value: string, commit = true): Loose => ({
  kind: 'changeObject',
  variable: 'Visit',
  changes: [{ member: 'Note', value }],
  commit,
});
const say = (text: string, blocking = false): Loose => ({
  kind: 'showMessage',
  level: 'information',
  text: { en: text },
  blocking,
});
const fail = setNote('toString(1 div 0)');

describe('a local delete', () => {
  test('empties references to the object at once, and leaves rows and outbox as they are', async () => {
    const opened = await device();
    expect(await opened.delete([objectId(2)])).toMatchObject({ ok: true });
    const [shown] = await opened.load([objectId(3)]);
    expect(shown).toMatchObject({ sets: { 'M.Visit_Tags': [objectId(4)] }, isPending: false, isChanged: false });
    expect(await opened.inspect('SELECT "$target" FROM "M$Visit_Tags" ORDER BY "$target"')).toHaveLength(2);
    await opened.change(objectId(3), { 'M.Visit_Tags': [objectId(4)] });
    await opened.commit([objectId(3)]);
    expect((await opened.status()).pending).toBe(1);
  });

  test('is undone to the eye when the service refuses it', async () => {
    const opened = await device();
    await opened.delete([objectId(4)]);
    world.service.decide = () => ({ kind: 'rejected', code: 'sync/delete-denied' });
    await opened.synchronize();
    const [shown] = await opened.load([objectId(3)]);
    expect([...must(shown, 'the visit').sets['M.Visit_Tags']!].sort()).toEqual([objectId(2), objectId(4)]);
  });
});

describe('a transaction over the limits of the release', () => {
  test('fails at the local commit, whole, with what it has and what it may have', async () => {
    world = kit();
    const { manifest } = world.bundle;
    const limits = { ...manifest.limits, operationsPerTransaction: 3 };
    world.service.publish({ ...world.bundle, manifest: { ...manifest, limits } });
    const opened = await world.device();
    const made = [];
    for (let count = 0; count < 4; count++) made.push((await opened.create('M.Tag')).id);
    const refused = await opened.commit(made);
    expect(refused).toMatchObject({ ok: false, error: { code: 'commit/too-large' } });
    expect(!refused.ok && refused.error.message).toContain('may have 3 changes');
    expect((await opened.status()).pending).toBe(0);
    expect(await opened.commit(made.slice(1))).toMatchObject({ ok: true });
  });
});

describe('what expressions ask of an object', () => {
  const told = (status: string) => `toString(${status}($Visit))`;

  test('is answered truly at every moment of its way', async () => {
    const states = `${told('isNew')} + ' ' + ${told('isSynced')} + ' ' + ${told('hasConflict')} + ' ' + toString(isSyncing())`;
    const ask = { returns: states, returnType: { kind: 'String' } };
    const opened = await device([], ask);
    const answer = async () => (await opened.callNanoflow('M.Run', visit)).result;
    const text = (value: string) => ({ ok: true, value: { kind: 'cell', value } });
    expect(await answer()).toEqual(text('false true false false'));
    await opened.change(objectId(3), { Note: 'mine' });
    expect(await answer()).toEqual(text('false false false false'));
    await opened.commit([objectId(3)]);
    expect(await answer()).toEqual(text('false false false false'));
    world.service.decide = () => ({ kind: 'parked' });
    let during: Promise<unknown> = Promise.resolve();
    world.service.intercept = (request) => {
      if (request.path === '/api/sync/upload') during = answer();
      return null;
    };
    await opened.synchronize();
    expect(await during).toEqual(text('false false false true'));
    expect(await answer()).toEqual(text('false true true false'));
  });

  test('follows what the flow itself does', async () => {
    const opened = await device([setNote("'mine'")], { returns: 'isSynced($Visit)', returnType: { kind: 'Boolean' } });
    const { result } = await opened.callNanoflow('M.Run', visit);
    expect(result).toEqual({ ok: true, value: { kind: 'cell', value: false } });
  });
});

describe('what a flow shows', () => {
  test('comes in order, with what waits for the user marked', async () => {
    const opened = await device([say('one', true), setNote("'mine'"), say('two'), { kind: 'closePage' }]);
    const { effects } = await opened.callNanoflow('M.Run', visit);
    expect(effects).toMatchObject([
      { kind: 'showMessage', text: 'one', blocking: true },
      { kind: 'showMessage', text: 'two', blocking: false },
      { kind: 'closePage' },
    ]);
  });

  test('stands as far as the flow had committed when it fails', async () => {
    const synchronize = { kind: 'synchronize', scope: 'all', variables: [] };
    const opened = await device([setNote("'kept'"), say('kept'), synchronize, say('lost'), fail]);
    const { result, effects } = await opened.callNanoflow('M.Run', visit);
    expect(result.ok).toBe(false);
    expect(effects).toMatchObject([{ kind: 'showMessage', text: 'kept' }]);
    expect((await opened.load([objectId(3)]))[0]?.values.Note).toBe('kept');
  });

  test('is, when it fails, what is wrong with which field', async () => {
    const feedback = { kind: 'validationFeedback', variable: 'Visit', member: 'Note', text: { en: 'Say more' } };
    const opened = await device([say('lost'), feedback, fail]);
    const { result, effects } = await opened.callNanoflow('M.Run', visit);
    expect(result.ok).toBe(false);
    expect(effects).toEqual([{ kind: 'validationFeedback', object: objectId(3), member: 'Note', text: 'Say more' }]);
  });
});

describe('the runtime', () => {
  test('has one version: the one of its package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../../runtime/package.json', import.meta.url), 'utf8'));
    expect(RUNTIME_VERSION).toBe(manifest.version);
  });
});
