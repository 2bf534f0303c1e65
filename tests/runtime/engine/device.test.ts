import type { RetrieveRequest } from '@skerry/runtime/engine/device-face';
import { must } from '@skerry/shared/base/invariant';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Kit,
  kit,
  NOTE,
  objectId,
  RATING,
  SITE,
  SITE_NAME,
  TAG,
  VISIT,
  VISIT_SITE,
  VISIT_TAGS,
} from '../../support/device-kit.ts';

let world: Kit;
beforeEach(() => {
  world = kit();
  world.service.put(objectId(1), SITE, { [SITE_NAME]: 'Quay' });
  world.service.put(objectId(2), TAG, {});
  world.service.put(
    objectId(3),
    VISIT,
    { [NOTE]: 'first', [RATING]: 1, [VISIT_SITE]: objectId(1) },
    { [VISIT_TAGS]: [objectId(2)] },
  );
});
afterEach(() => world.end());

const all = (entity: string, constraint = ''): RetrieveRequest => ({
  source: { kind: 'database', entity, constraint, sort: [] },
  variables: {},
});

describe('a device', () => {
  test('downloads its scope and answers from it', async () => {
    const device = await world.device();
    const result = await device.synchronize();
    expect(result).toMatchObject({ ok: true, downloaded: 3, removed: 0 });
    const { objects } = await device.retrieve(all('M.Visit', "[contains(Note, 'FIRST')]"));
    expect(objects).toMatchObject([
      {
        id: objectId(3),
        entity: 'M.Visit',
        values: { Note: 'first', Rating: 1, 'M.Visit_Site': objectId(1) },
        sets: { 'M.Visit_Tags': [objectId(2)] },
        isNew: false,
        isPending: false,
      },
    ]);
    expect((await device.status()).phase).toBe('ready');
  });

  test('shows a commit at once, sends it once, and keeps showing it until the checkpoint that covers it', async () => {
    const device = await world.device();
    await device.synchronize();
    const site = await device.create('M.Site');
    expect((await device.change(site.id, { Name: 'Pier' })).ok).toBe(true);
    expect(await device.commit([site.id])).toEqual({ ok: true, value: null });
    expect((await device.load([site.id]))[0]).toMatchObject({
      values: { Name: 'Pier' },
      isPending: true,
      isNew: false,
    });
    expect((await device.status()).pending).toBe(1);
    expect(await device.synchronize()).toMatchObject({ ok: true, applied: 1 });
    expect(world.service.applied).toHaveLength(1);
    expect((await device.load([site.id]))[0]).toMatchObject({ values: { Name: 'Pier' }, isPending: false });
    expect((await device.status()).pending).toBe(0);
    expect(await device.inspect('SELECT * FROM "$base"')).toEqual([]);
  });

  test('lays pending changes over what others changed meanwhile', async () => {
    const device = await world.device();
    await device.synchronize();
    await device.change(objectId(3), { Note: 'mine' });
    await device.commit([objectId(3)]);
    world.service.put(objectId(3), VISIT, { [RATING]: 5, [NOTE]: 'theirs' }, { [VISIT_TAGS]: [] });
    // The upload is lost, so that the pull comes with the work still pending.
    world.service.intercept = (request) => {
      if (request.path === '/api/sync/upload') throw new Error('lost');
      return null;
    };
    expect((await device.synchronize()).ok).toBe(false);
    world.service.intercept = () => null;
    const other = await device.synchronize();
    expect(other.ok).toBe(true);
    expect(world.service.rows.get(objectId(3))?.cells[NOTE]).toBe('mine');
    expect((await device.load([objectId(3)]))[0]).toMatchObject({
      values: { Note: 'mine', Rating: 5 },
      sets: { 'M.Visit_Tags': [] },
    });
  });

  test('sends the same number again after a lost answer, and the service applies it once', async () => {
    const device = await world.device();
    await device.synchronize();
    const { id } = await device.create('M.Site');
    await device.commit([id]);
    let isLost = false;
    world.service.intercept = (request, go) => {
      if (request.path !== '/api/sync/upload' || isLost) return null;
      isLost = true;
      go();
      throw new Error('the answer was lost');
    };
    expect(await device.synchronize()).toMatchObject({ ok: false, failure: { code: 'sync/offline' } });
    expect(await device.synchronize()).toMatchObject({ ok: true, applied: 1 });
    expect(world.service.applied).toHaveLength(1);
  });

  test('moves a rejected transaction to the inbox when the checkpoint covers it, and shows the server again', async () => {
    const device = await world.device();
    await device.synchronize();
    await device.change(objectId(3), { Note: 'refused' });
    await device.commit([objectId(3)]);
    world.service.decide = () => ({ kind: 'rejected', code: 'sync/access-denied' });
    expect(await device.synchronize()).toMatchObject({ ok: true, rejected: [{ code: 'sync/access-denied' }] });
    expect((await device.load([objectId(3)]))[0]).toMatchObject({
      values: { Note: 'first' },
      isPending: false,
      inInbox: true,
    });
    const [entry] = await device.inbox();
    expect(entry).toMatchObject({
      kind: 'rejected',
      changes: [
        { object: objectId(3), members: [{ member: 'Note', mine: 'refused', base: 'first', theirs: 'first' }] },
      ],
    });
    world.service.decide = () => ({ kind: 'applied' });
    expect(await device.retry(must(entry, 'an entry').id)).toMatchObject({ ok: true });
    expect((await device.load([objectId(3)]))[0]).toMatchObject({
      values: { Note: 'refused' },
      isPending: true,
      inInbox: false,
    });
    expect(await device.synchronize()).toMatchObject({ ok: true });
    expect(world.service.rows.get(objectId(3))?.cells[NOTE]).toBe('refused');
    expect(world.service.settled).toHaveLength(1);
    expect(await device.inbox()).toEqual([]);
  });

  test('keeps a row with pending work that left its scope until the verdict', async () => {
    const device = await world.device();
    await device.synchronize();
    await device.change(objectId(3), { Note: 'late' });
    await device.commit([objectId(3)]);
    const { scope } = world.service;
    world.service.scope = (user, row, id) => (id === objectId(3) ? null : scope(user, row, id));
    world.service.intercept = (request) => {
      if (request.path === '/api/sync/upload') throw new Error('lost');
      return null;
    };
    await device.synchronize();
    expect((await device.load([objectId(3)]))[0]).toMatchObject({ values: { Note: 'late' } });
    world.service.intercept = () => null;
    world.service.decide = () => ({ kind: 'rejected', code: 'sync/object-gone' });
    await device.synchronize();
    expect(await device.load([objectId(3)])).toEqual([]);
    expect(await device.inbox()).toHaveLength(1);
  });

  test('withholds a member, forgets its value, and gets it back', async () => {
    world.service.put(objectId(1), SITE, { [SITE_NAME]: 'Quay' });
    const device = await world.device();
    await device.synchronize();
    const { scope } = world.service;
    world.service.scope = (user, row, id) => {
      const rights = scope(user, row, id);
      return (
        rights && {
          ...rights,
          read: rights.read.filter((member) => member !== SITE_NAME),
          write: rights.write.filter((member) => member !== SITE_NAME),
        }
      );
    };
    await device.synchronize();
    const [site] = await device.load([objectId(1)]);
    expect(Object.keys(must(site, 'the site').values)).not.toContain('Name');
    expect(await device.inspect('SELECT "Name" FROM "M$Site" WHERE "Name" IS NOT NULL')).toEqual([]);
    expect(await device.change(objectId(1), { Name: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'access/read-only' },
    });
    world.service.scope = scope;
    await device.synchronize();
    expect((await device.load([objectId(1)]))[0]).toMatchObject({ values: { Name: 'Quay' } });
  });

  test('removes what a reconciliation does not list, and names the entity', async () => {
    const device = await world.device();
    await device.synchronize();
    const { cells } = must(world.service.rows.get(objectId(3)), 'the visit');
    world.service.rows.delete(objectId(3));
    world.service.put(objectId(4), VISIT, cells);
    world.service.reconcile.add(VISIT);
    const result = await device.synchronize();
    expect(result).toMatchObject({ removed: 1, reconciled: [{ entity: 'M.Visit', because: 'test' }] });
    expect((await device.retrieve(all('M.Visit'))).objects.map(({ id }) => id)).toEqual([objectId(4)]);
  });

  test('refreshes an expired token once, and stops synchronising, not working, when the session is over', async () => {
    const device = await world.device();
    await device.synchronize();
    world.service.expireTokens();
    expect(await device.synchronize()).toMatchObject({ ok: true });
    world.service.expireSessions();
    expect(await device.synchronize()).toMatchObject({ ok: false, failure: { code: 'session/expired' } });
    const { id } = await device.create('M.Site');
    expect(await device.commit([id])).toMatchObject({ ok: true });
    expect(await device.synchronize()).toMatchObject({ ok: false, failure: { code: 'session/expired' } });
    expect(await device.signIn('ann', 'secret')).toMatchObject({ ok: true });
    expect(await device.synchronize()).toMatchObject({ ok: true, applied: 1 });
  });

  test('goes on when a token ends between its refresh and its use, and waits when none is taken', async () => {
    const device = await world.device();
    await device.synchronize();
    let naps = 1;
    world.service.expireTokens();
    world.service.intercept = (request, go) => {
      const answer = go();
      if (request.path === '/api/session/refresh' && naps-- > 0) world.service.expireTokens();
      return answer;
    };
    expect(await device.synchronize()).toMatchObject({ ok: true });
    world.service.expireTokens();
    naps = Number.POSITIVE_INFINITY;
    expect(await device.synchronize()).toMatchObject({ ok: false, failure: { code: 'session/token-refused' } });
    naps = 0;
    expect(await device.synchronize()).toMatchObject({ ok: true });
  });

  test('takes a new identity when its numbers are taken', async () => {
    const folder = world.folder();
    const device = await world.device({ folder });
    await device.synchronize();
    const first = await device.create('M.Site');
    await device.commit([first.id]);
    let isForked = false;
    world.service.intercept = (request) => {
      if (request.path !== '/api/sync/upload' || isForked) return null;
      isForked = true;
      return {
        status: 409,
        headers: {},
        body: new TextEncoder().encode('{"error":{"code":"sync/device-forked","message":"","retry":false}}'),
        wireBytes: 0,
      };
    };
    const before = (await device.status()).deviceId;
    expect(await device.synchronize()).toMatchObject({ ok: false, failure: { code: 'sync/device-forked' } });
    await device.close();
    const again = await world.device({ folder });
    expect((await again.status()).deviceId).not.toBe(before);
    expect(await again.synchronize()).toMatchObject({ ok: true, applied: 1 });
    expect((await again.load([first.id]))[0]).toMatchObject({ isPending: false });
  });

  test('does not let one service take the place of another', async () => {
    const device = await world.device();
    await device.synchronize();
    world.service.instance = 'instance-2';
    expect(await device.synchronize()).toMatchObject({ ok: false });
    expect((await device.status()).phase).toBe('foreignService');
  });

  test('deletes with what belongs to it, and puts it back when the delete is refused', async () => {
    const device = await world.device();
    await device.synchronize();
    expect(await device.delete([objectId(1)])).toMatchObject({ ok: true });
    expect(await device.load([objectId(1), objectId(3)])).toEqual([]);
    world.service.decide = (transaction) => {
      expect(transaction.operations).toMatchObject([{ kind: 'delete', objectId: objectId(1) }]);
      return { kind: 'rejected', code: 'sync/delete-denied' };
    };
    await device.synchronize();
    expect((await device.load([objectId(1), objectId(3)])).map(({ id }) => id)).toEqual([objectId(1), objectId(3)]);
    expect((await device.load([objectId(3)]))[0]?.values.Note).toBe('first');
  });

  test('keeps unsent work when signing out, unless told to discard it', async () => {
    const device = await world.device();
    await device.synchronize();
    const { id } = await device.create('M.Site');
    await device.commit([id]);
    expect(await device.signOut()).toMatchObject({ ok: false, error: { code: 'session/unsent-work' } });
    expect(await device.signOut({ discard: true })).toMatchObject({ ok: true });
    expect(await device.inspect('SELECT "$id" FROM "M$Site"')).toEqual([]);
    expect((await device.status()).phase).toBe('signedOut');
  });

  test('answers those who ask during a run with a run that begins after', async () => {
    const device = await world.device();
    await device.synchronize();
    const inside: Promise<unknown>[] = [];
    world.service.intercept = (request, go) => {
      if (request.path !== '/api/sync/download' || inside.length > 0) return null;
      const answer = go();
      // Changed after the pull was answered: only a later pull can bring it.
      world.service.put(objectId(5), SITE, { [SITE_NAME]: 'New' });
      inside.push(device.synchronize());
      return answer;
    };
    await device.synchronize();
    await Promise.all(inside);
    expect((await device.load([objectId(5)]))[0]).toMatchObject({ values: { Name: 'New' } });
  });
});

describe('files', () => {
  test('rows go up before bodies, and the other device gets both', async () => {
    const ann = await world.device();
    await ann.synchronize();
    const photo = await ann.create('M.Photo');
    const body = new Uint8Array([1, 2, 3]);
    expect(await ann.setFile(photo.id, 'a.png', 'image/png', body)).toMatchObject({
      ok: true,
      value: { values: { Name: 'a.png', Size: '3' } },
    });
    expect(await ann.commit([photo.id])).toMatchObject({ ok: true });
    expect((await ann.status()).filesPending).toBe(1);
    expect(await ann.synchronize()).toMatchObject({ ok: true, files: 1 });
    const paths = world.service.asked.map((path) => path.split('/').slice(0, 4).join('/'));
    expect(paths.indexOf('/api/sync/upload')).toBeLessThan(paths.findIndex((path) => path.startsWith('/api/files/')));
    const bob = await world.device({ user: 'bob' });
    expect(await bob.synchronize()).toMatchObject({ ok: true, files: 1 });
    expect(await bob.file(photo.id)).toEqual({ body, mediaType: 'image/png' });
  });
});
