import { readModel } from '@skerry/shared/metamodel/model';
import { afterEach, describe, expect, test } from 'vitest';
import { bundleOf, type Kit, kit, NOTE, objectId, RATING, SITE, SITE_NAME, VISIT } from '../../support/device-kit.ts';
import { type AppBuilder, anApp } from '../../support/model-builder.ts';

let world: Kit;
afterEach(() => world.end());

/** Version 2: Note is called Remark, Rating is text, sites have a height, and there are notes. */
function second(): AppBuilder {
  return anApp()
    .withEntity('M.Site', { attributes: { Name: 'String', Height: 'Integer' } })
    .withEntity('M.Memo', { attributes: { Text: 'String' } })
    .withEntity('M.Tag', { attributes: { Name: 'String' } })
    .withEntity('M.Visit', {
      attributes: {
        Remark: { id: NOTE, type: { kind: 'String', length: 200 } },
        Rating: 'String',
        Number: 'AutoNumber',
        Open: 'Boolean',
      },
      associations: { Visit_Site: { to: 'M.Site', deleteBehavior: { to: 'deleteOther' } }, Visit_Tags: 'M.Tag*' },
      systemMembers: ['changedDate'],
    })
    .withPage('M.Home', [])
    .withProfile('Phone', {
      home: 'M.Home',
      synchronization: { additional: ['M.Site', 'M.Tag', 'M.Visit', 'M.Memo'] },
    });
}

describe('an update of the bundle', () => {
  test('brings tables over, keeps unsent work, and fills what is new', async () => {
    world = kit();
    world.service.put(objectId(1), SITE, { [SITE_NAME]: 'Quay' });
    world.service.put(objectId(3), VISIT, { [NOTE]: 'first', [RATING]: 1 });
    const device = await world.device();
    await device.synchronize();
    await device.change(objectId(3), { Note: 'mine', Rating: 4 });
    await device.commit([objectId(3)]);
    const next = nextBundle();
    world.service.publish(next);
    expect(await device.checkForUpdate()).toEqual({ ok: true, value: { version: '2.0.0', updated: true } });
    expect((await device.load([objectId(3)]))[0]).toMatchObject({ values: { Remark: 'mine' }, isPending: true });
    expect(await device.inspect('SELECT "bundleVersion" FROM "$outbox"')).toEqual([{ bundleVersion: '1.0.0' }]);
    expect((await device.load([objectId(1)]))[0]).toMatchObject({ values: { Name: 'Quay' } });
    // What came anew is withheld until the service has said who may read it: the whole scope is asked for.
    expect((await device.load([objectId(1)]))[0]?.values).not.toHaveProperty('Height');
    expect(await device.inspect(`SELECT * FROM "$meta" WHERE "key" = 'cursor'`)).toEqual([]);
    expect(await device.synchronize()).toMatchObject({ ok: true, applied: 1, downloaded: 2 });
    expect(world.service.rows.get(objectId(3))?.cells[NOTE]).toBe('mine');
    expect((await device.status()).bundleVersion).toBe('2.0.0');
    expect((await device.create('M.Memo')).entity).toBe('M.Memo');
  });

  test('withholds a retyped member until the service has filled it, so that nobody writes over what they cannot see', async () => {
    world = kit();
    world.service.put(objectId(3), VISIT, { [NOTE]: 'first', [RATING]: 1 });
    world.service.put(objectId(5), VISIT, { [NOTE]: 'other', [RATING]: 2 });
    const device = await world.device();
    await device.synchronize();
    await device.change(objectId(3), { Note: 'mine' });
    await device.commit([objectId(3)]);
    world.service.publish(nextBundle());
    expect(await device.checkForUpdate()).toMatchObject({ ok: true, value: { updated: true } });
    for (const visit of await device.load([objectId(3), objectId(5)])) {
      expect(visit.values).not.toHaveProperty('Rating');
      expect(visit.writable).not.toContain('Rating');
      expect(visit.writable).toContain('Remark');
      expect(await device.change(visit.id, { Rating: '9' })).toMatchObject({ error: { code: 'access/read-only' } });
    }
    world.service.put(objectId(3), VISIT, { [RATING]: '1' });
    world.service.put(objectId(5), VISIT, { [RATING]: '2' });
    expect(await device.synchronize()).toMatchObject({ ok: true, applied: 1 });
    expect(await device.load([objectId(3), objectId(5)])).toMatchObject([
      { values: { Remark: 'mine', Rating: '1' } },
      { values: { Remark: 'other', Rating: '2' } },
    ]);
    await device.change(objectId(5), { Rating: '9' });
    await device.commit([objectId(5)]);
    const [operation] = await device.inspect('SELECT "content" FROM "$operation"');
    expect(JSON.parse(String(operation?.content))).toMatchObject({ set: { [RATING]: '9' }, was: { [RATING]: '2' } });
  });

  test('waits for what is being edited, and not for what a page only shows', async () => {
    world = kit();
    world.service.put(objectId(3), VISIT, { [NOTE]: 'first' });
    const device = await world.device();
    await device.synchronize();
    await device.create('M.Overview');
    await device.change(objectId(3), { Note: 'half a sentence' });
    world.service.publish(nextBundle());
    expect(await device.checkForUpdate()).toEqual({ ok: true, value: { version: '1.0.0', updated: false } });
    expect((await device.status()).updateReady).toBe('2.0.0');
    await device.rollback([objectId(3)]);
    expect(await device.checkForUpdate()).toEqual({ ok: true, value: { version: '2.0.0', updated: true } });
  });

  test('that fails in the middle leaves the old bundle running', async () => {
    world = kit();
    world.service.put(objectId(1), SITE, { [SITE_NAME]: 'Quay' });
    let failing = false;
    const device = await world.device({
      sql: (opener) => ({
        ...opener,
        async open(name) {
          const driver = await opener.open(name);
          return {
            ...driver,
            exec: (sql) =>
              failing && sql.startsWith('CREATE TABLE "M$Memo"')
                ? Promise.reject(new Error('disk full'))
                : driver.exec(sql),
          };
        },
      }),
    });
    await device.synchronize();
    world.service.publish(nextBundle());
    failing = true;
    expect(await device.checkForUpdate()).toMatchObject({ ok: false, error: { code: 'bundle/not-switched' } });
    expect((await device.status()).bundleVersion).toBe('1.0.0');
    expect((await device.load([objectId(1)]))[0]).toMatchObject({ values: { Name: 'Quay' } });
    expect(await device.inspect(`SELECT name FROM sqlite_schema WHERE name = 'M$Memo'`)).toEqual([]);
    failing = false;
    expect(await device.checkForUpdate()).toMatchObject({ ok: true, value: { version: '2.0.0', updated: true } });
  });

  test('is refused when a byte of it is not what was signed', async () => {
    world = kit();
    const device = await world.device();
    const next = nextBundle();
    const path = 'scope.json';
    const bytes = new Uint8Array(next.parts.get(path) ?? []);
    bytes[10] = (bytes[10] ?? 0) ^ 1;
    world.service.publish({ ...next, parts: new Map([...next.parts, [path, bytes]]) });
    expect(await device.checkForUpdate()).toMatchObject({ ok: false, error: { code: 'bundle/altered' } });
    expect((await device.status()).bundleVersion).toBe('1.0.0');
  });
});

function nextBundle() {
  const app = second();
  const documents = new Map(app.build());
  documents.set('skerry.json', { ...documents.get('skerry.json'), version: '2.0.0' });
  return bundleOf(readModel(documents));
}
