import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { create, type Harness, id, objectOf, startHarness, type TestDevice, task, update } from './support/harness.ts';

let harness: Harness;
let anna: TestDevice;
let ben: TestDevice;
const deviceOf = (name: string, device: string) => harness.signIn(name, device);
const objects = (...words: string[]) => words.map(objectOf).sort();

beforeEach(async () => {
  harness = await startHarness();
  [anna, ben] = [await deviceOf('anna', 'dA'), await deviceOf('ben', 'dB')];
});
afterEach(() => harness.close());

/** The device agrees with what the service computes from its tables. */
async function expectAgreement(device: TestDevice): Promise<void> {
  const fresh = await harness.signIn(device === anna ? 'anna' : 'ben', 'fresh');
  await fresh.pull();
  expect(Object.fromEntries(device.rows)).toEqual(Object.fromEntries(fresh.rows));
}

describe('a first sync', () => {
  it('brings what the user may read and nothing else', async () => {
    await anna.pull();
    await ben.pull();
    expect(anna.ids('Site')).toEqual(objects('quay', 'park'));
    expect(ben.ids('Site')).toEqual(objects('mill', 'park'));
  });

  it('never lets a withheld member or the id of a hidden object cross', async () => {
    await anna.pull();
    await ben.write(update('Site', 'mill', { [id('Site.Name')]: 'changed' }, { [id('Site.Name')]: 'name of mill' }));
    await anna.pull();
    const bytes = anna.received.join();
    expect(bytes).not.toContain('SECRET-');
    expect(bytes).not.toContain(objectOf('mill'));
    expect(bytes).not.toContain('name of mill');
    expect(anna.cells('park')).toEqual({ [id('Site.Name')]: 'name of park', [id('Site.IsPublic')]: true });
  });
});

describe('a delta', () => {
  it('brings nothing when nothing changed', async () => {
    await anna.pull();
    const [page] = await anna.pull();
    expect(page).toMatchObject({ upserts: [], removals: [], reconciled: [], pageToken: null });
  });

  it('brings creations, changes, links and deletions of others', async () => {
    await anna.write(task('t1', 'quay'), task('t2', 'quay'));
    const other = await deviceOf('anna', 'dC');
    await other.pull();
    expect(other.ids('Task')).toEqual(objects('t1', 't2'));
    await anna.write(
      update(
        'Task',
        't1',
        { [id('Task.Note')]: 'new' },
        { [id('Task.Note')]: null },
        { add: { [id('Task_Region')]: [objectOf('north')] } },
      ),
    );
    await anna.write({ kind: 'delete', entityId: id('Task'), objectId: objectOf('t2'), baseRev: 1 });
    const [page] = await other.pull();
    expect(page).toMatchObject({ reconciled: [], removals: [{ entityId: id('Task'), ids: [objectOf('t2')] }] });
    expect(other.cells('t1')?.[id('Task.Note')]).toBe('new');
    expect(other.rows.get(objectOf('t1'))?.links).toEqual({ [id('Task_Region')]: [objectOf('north')] });
    expect(other.rows.get(objectOf('t1'))?.rev).toBe(2);
  });

  it('takes objects away whose scope ended through another row, and brings those that entered', async () => {
    await anna.write(task('t1', 'quay'));
    await anna.pull();
    await ben.pull();
    // The site moves to the other region: its task goes with it, though the task's own row is untouched.
    await anna.write(
      update('Site', 'quay', { [id('Site_Region')]: objectOf('south') }, { [id('Site_Region')]: objectOf('north') }),
    );
    const [page] = await anna.pull();
    expect(page?.reconciled).toEqual([]);
    expect(anna.ids('Task')).toEqual([]);
    expect(anna.ids('Site')).toEqual(objects('park'));
    await ben.pull();
    expect(ben.ids('Task')).toEqual(objects('t1'));
    expect(ben.ids('Site')).toEqual(objects('mill', 'park', 'quay'));
    await expectAgreement(anna);
    await expectAgreement(ben);
  });

  it('follows the clock, and says when it moves next', async () => {
    const until = harness.clock.ms + 3_600_000;
    await anna.write(create('Alert', 'a1', { [id('Alert.Text')]: 'storm', [id('Alert.Until')]: until }));
    await anna.pull();
    expect(anna.ids('Alert')).toEqual(objects('a1'));
    expect(anna.last?.checkpoint?.nextScopeChangeMs).toBe(until);
    harness.clock.ms = until;
    const [page] = await (await deviceOf('anna', 'dA')).pull({ cursor: anna.cursor });
    expect(page).toMatchObject({
      removals: [{ entityId: id('Alert'), ids: [objectOf('a1')] }],
      reconciled: [],
      upserts: [],
    });
  });

  it('brings a row again when only its rights changed', async () => {
    await anna.write(task('t1', 'quay'));
    const other = await deviceOf('anna', 'dC');
    await other.pull();
    await anna.write(update('Task', 't1', { [id('Task.Closed')]: true }, { [id('Task.Closed')]: false }));
    const [page] = await other.pull();
    const rights = page?.rights[page.upserts[0]?.rows[0]?.[2] as number];
    expect(rights).toMatchObject({ rules: [id('rule.Task.read')], write: [], delete: false });
  });

  it('says of its own work only what the number covers', async () => {
    await anna.write(task('t1', 'quay'));
    await anna.write(task('t2', 'quay'));
    await anna.pull();
    expect(anna.last?.checkpoint?.coversSequence).toBe(2);
  });
});

describe('reconciling', () => {
  it('compares entities whole when the roles change, and names them', async () => {
    await anna.pull();
    const manager =
      'INSERT INTO "System$UserRoles" ("$owner", "$target") SELECT ?, "$id" FROM "System$UserRole" WHERE "Name" = ?';
    await harness.sql(manager, [objectOf('anna'), 'Manager']);
    const [page] = await anna.pull();
    expect(page?.reconciled.map((one) => one.entityId)).toEqual([id('Site')]);
    expect(page?.reconciled[0]?.because).toContain('changed');
    expect(anna.ids('Site')).toEqual(objects('mill', 'park', 'quay'));
    expect(anna.cells('mill')?.[id('Site.Secret')]).toBe('SECRET-mill');
    await harness.sql(
      'DELETE FROM "System$UserRoles" WHERE "$owner" = ? AND "$target" IN (SELECT "$id" FROM "System$UserRole" WHERE "Name" = ?)',
      [objectOf('anna'), 'Manager'],
    );
    await anna.pull();
    expect(anna.ids('Site')).toEqual(objects('park', 'quay'));
    expect(anna.cells('quay')).not.toHaveProperty(id('Site.Secret'));
  });

  it('heals when the log no longer reaches back', async () => {
    await anna.pull();
    await ben.write(task('t0', 'mill'));
    await anna.write(task('t1', 'quay'));
    await harness.sql('DELETE FROM "change_log"');
    const pages = await anna.pull();
    expect(pages[0]?.reconciled.find((one) => one.entityId === id('Task'))?.because).toContain('log');
    expect(anna.ids('Task')).toEqual(objects('t1'));
  });
});

describe('pages', () => {
  it('show one snapshot, whatever is written between them', async () => {
    const tasks = Array.from({ length: 120 }, (_, at) => task(`p${String(at).padStart(3, '0')}`, 'quay'));
    await anna.write(...tasks);
    const other = await deviceOf('anna', 'dC');
    const first = await other.page({ maxRows: 40 });
    expect(first.body.totalRows).toBeGreaterThan(120);
    await anna.write(
      update('Task', 'p100', { [id('Task.Note')]: 'too late' }, { [id('Task.Note')]: null }),
      { kind: 'delete', entityId: id('Task'), objectId: objectOf('p101'), baseRev: 1 },
      task('p0995', 'quay'),
    );
    const pages = [first.body];
    while (pages.at(-1)?.pageToken)
      pages.push((await other.page({ maxRows: 40, pageToken: pages.at(-1)?.pageToken })).body);
    expect(pages.length).toBeGreaterThan(3);
    other.apply(pages);
    expect(other.ids('Task')).toEqual(
      objects(...tasks.map((one) => `p${String(tasks.indexOf(one)).padStart(3, '0')}`)),
    );
    expect(other.cells('p100')?.[id('Task.Note')]).toBeNull();
    // The number covered is that of the snapshot, not of the last page.
    await other.pull();
    expect(other.cells('p100')?.[id('Task.Note')]).toBe('too late');
    expect(other.rows.has(objectOf('p101'))).toBe(false);
    expect(other.rows.has(objectOf('p0995'))).toBe(true);
  });

  it('give the same page again for the same token', async () => {
    await anna.write(...Array.from({ length: 60 }, (_, at) => task(`p${at}`, 'quay')));
    const { body } = await anna.page({ maxRows: 20 });
    const [once, twice] = [
      await anna.page({ maxRows: 20, pageToken: body.pageToken }),
      await anna.page({ maxRows: 20, pageToken: body.pageToken }),
    ];
    expect(twice.body.upserts).toEqual(once.body.upserts);
  });

  it('end when rights change under them', async () => {
    await anna.write(...Array.from({ length: 60 }, (_, at) => task(`p${at}`, 'quay')));
    const { body } = await anna.page({ maxRows: 20 });
    await harness.sql('DELETE FROM "System$UserRoles" WHERE "$owner" = ?', [objectOf('anna')]);
    const next = await anna.page({ maxRows: 20, pageToken: body.pageToken });
    expect([next.status, next.body.error.code]).toEqual([409, 'sync/page-token-refused']);
  });
});

describe('the digest', () => {
  it('differs for a row that was altered behind the service', async () => {
    const digest = async () =>
      (await (
        await fetch(`${harness.url}/api/sync/digest`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${anna.token}` },
          body: JSON.stringify(anna.request()),
        })
      ).json()) as { entities: { entityId: string; objects: [string, string][] }[] };
    const before = await digest();
    await harness.sql('UPDATE "Field$Site" SET "Name" = ? WHERE "$id" = ?', ['altered', objectOf('quay')]);
    const after = await digest();
    const changed = after.entities.flatMap(({ objects: list }, at) =>
      list.filter(([, hash], row) => before.entities[at]?.objects[row]?.[1] !== hash),
    );
    expect(changed.map(([one]) => one)).toEqual([objectOf('quay')]);
  });
});
