import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  create,
  type Harness,
  id,
  objectOf,
  remove,
  startHarness,
  type TestDevice,
  task,
  update,
} from './support/harness.ts';

let harness: Harness;
let anna: TestDevice;
/** A second device of the same user. */
let other: TestDevice;
const title = id('Task.Title');
const note = id('Task.Note');
const refused = (code: string, member?: string) => ({ kind: 'rejected', code, ...(member ? { member } : {}) });

beforeEach(async () => {
  harness = await startHarness();
  [anna, other] = [await harness.signIn('anna', 'dA'), await harness.signIn('anna', 'dC')];
});
afterEach(() => harness.close());

describe('exactly once', () => {
  it('[SY2] a repeated batch gets the same verdicts and is applied once', async () => {
    const sent = [
      anna.transaction(task('t1', 'quay')),
      anna.transaction(update('Task', 't1', { [id('Task.Count')]: 3 }, { [id('Task.Count')]: null })),
    ];
    const first = await anna.send(sent);
    const again = await anna.send(sent);
    expect(again.body).toEqual(first.body);
    await other.pull();
    expect(other.cells('t1')?.[id('Task.Count')]).toBe(3);
  });

  it('[SY2] also across a restart of the service, and where the batch has grown meanwhile', async () => {
    const sent = anna.transaction(task('t1', 'quay'));
    const first = await anna.send([sent]);
    harness = await harness.restart();
    anna = Object.assign(await harness.signIn('anna', 'dA'), { sequence: anna.sequence });
    const again = await anna.send([sent, anna.transaction(task('t2', 'quay'))]);
    expect(again.body.verdicts[0]).toEqual(first.body.verdicts[0]);
    expect(again.body.verdicts[1]).toMatchObject({ kind: 'applied', sequence: 2 });
  });

  it('[SY3] other content under a known number is a copied store', async () => {
    await anna.write(task('t1', 'quay'));
    anna.sequence = 0;
    const { status, body } = await anna.send([anna.transaction(task('t9', 'quay'))]);
    expect([status, body.error.code]).toEqual([409, 'sync/device-forked']);
  });

  it('[SY4] after taking a new identity the same transactions are known again', async () => {
    const sent = anna.transaction(task('t1', 'quay'));
    await anna.send([sent]);
    const { body } = await other.send([sent]);
    expect(body.verdicts).toMatchObject([{ kind: 'applied', sequence: 1, transaction: sent.id }]);
    await other.pull();
    expect(other.rows.get(objectOf('t1'))?.rev).toBe(1);
  });

  it('[SY5] a gap is refused and says what comes next', async () => {
    anna.sequence = 4;
    const { status, body } = await anna.send([anna.transaction(task('t1', 'quay'))]);
    expect([status, body.error.code, body.error.details]).toEqual([409, 'sync/sequence-gap', { expected: 1 }]);
  });

  it('one bad transaction takes nothing from the others', async () => {
    const good = anna.transaction(task('t1', 'quay'));
    const bad = anna.transaction(task('t2', 'quay'), task('t3', 'mill'));
    const { body } = await anna.send([good, bad, anna.transaction(task('t4', 'quay'))]);
    expect(body.verdicts.map((one) => one.kind)).toEqual(['applied', 'rejected', 'applied']);
    await other.pull();
    expect(other.ids('Task')).toEqual(['t1', 't4'].map(objectOf).sort());
  });
});

describe('access', () => {
  it('[SY22] refuses what no rule allows, naming member and object', async () => {
    const secret = update('Site', 'quay', { [id('Site.Secret')]: 'mine' }, {});
    expect(await anna.write(secret)).toMatchObject({
      ...refused('sync/access-denied', id('Site.Secret')),
      objectId: objectOf('quay'),
    });
    expect(await anna.write(create('Site', 's9', { [id('Site.Name')]: 'new' }))).toMatchObject(
      refused('sync/create-denied'),
    );
    expect(await anna.write(remove('Site', 'quay'))).toMatchObject(refused('sync/delete-denied'));
  });

  it('[SY22] an update is judged on the state before it: who may write open tasks may close one, and not reopen it', async () => {
    await anna.write(task('t1', 'quay'));
    const closed = id('Task.Closed');
    expect(await anna.write(update('Task', 't1', { [closed]: true }, { [closed]: false }))).toMatchObject({
      kind: 'applied',
    });
    expect(
      await anna.write(update('Task', 't1', { [closed]: false }, { [closed]: true }, { baseRev: 2 })),
    ).toMatchObject(refused('sync/access-denied', closed));
  });

  it('[SY24] a create is judged on the state after it', async () => {
    expect(await anna.write(task('t1', 'mill'))).toMatchObject(refused('sync/create-denied'));
  });

  it('[SY26] what may not be seen answers as what is not there', async () => {
    const set = [{ [id('Site.Name')]: 'x' }, { [id('Site.Name')]: 'y' }] as const;
    const [hidden, missing] = [
      await anna.write(update('Site', 'mill', ...set)),
      await anna.write(update('Site', 'nowhere', ...set)),
    ];
    const words = ({ kind, code, message }: { kind: string; code?: string; message?: string }) => ({
      kind,
      code,
      message,
    });
    expect(words(hidden)).toEqual(words(missing));
    expect(hidden).toMatchObject(refused('sync/object-gone'));
  });

  it('[SY25] takes no value that the service keeps', async () => {
    expect(await anna.write(task('t1', 'quay', { [id('Task.Number')]: '7' }))).toMatchObject(
      refused('sync/bad-value', id('Task.Number')),
    );
    await anna.write(task('t2', 'quay'));
    await anna.write(task('t3', 'quay'));
    await other.pull();
    expect(['t2', 't3'].map((one) => other.cells(one)?.[id('Task.Number')])).toEqual(['100', '101']);
  });
});

describe('what must hold', () => {
  it('validation rules and types', async () => {
    expect(await anna.write(create('Task', 't1', { [id('Task_Site')]: objectOf('quay') }))).toMatchObject({
      ...refused('sync/required', title),
      message: 'A task has a title.',
    });
    await anna.write(task('t2', 'quay'));
    expect(await anna.write(task('t3', 'quay', { [title]: 'title of t2' }))).toMatchObject(
      refused('sync/unique', title),
    );
    expect(await anna.write(task('t4', 'quay', { [id('Task.Count')]: 'many' }))).toMatchObject(
      refused('sync/bad-value', id('Task.Count')),
    );
    expect(await anna.write(task('t5', 'quay', { [note]: 'n'.repeat(51) }))).toMatchObject(
      refused('sync/max-length', note),
    );
  });

  it('two objects may change a unique value in one transaction', async () => {
    await anna.write(task('t1', 'quay'), task('t2', 'quay'));
    const swap = (word: string, from: string) =>
      update('Task', word, { [title]: `title of ${from}` }, { [title]: `title of ${word}` });
    expect(await anna.write(swap('t1', 't2'), swap('t2', 't1'))).toMatchObject({ kind: 'applied' });
  });

  it('[SY21] references to what is gone go to the inbox', async () => {
    await anna.write(task('t1', 'quay'));
    expect(
      await anna.write(
        update('Task', 't1', { [id('Task_Site')]: objectOf('nowhere') }, { [id('Task_Site')]: objectOf('quay') }),
      ),
    ).toMatchObject(refused('sync/reference-gone', id('Task_Site')));
  });

  it('deletes take along what the model says, whoever may see it', async () => {
    await harness.sql(
      'INSERT INTO "System$UserRoles" ("$owner", "$target") SELECT ?, "$id" FROM "System$UserRole" WHERE "Name" = ?',
      [objectOf('anna'), 'Manager'],
    );
    await anna.write(task('t1', 'quay'), task('t2', 'quay'));
    await other.pull();
    expect(await anna.write(remove('Site', 'quay'))).toMatchObject({ kind: 'applied' });
    await other.pull();
    expect(other.ids('Task')).toEqual([]);
    expect(other.ids('Site')).not.toContain(objectOf('quay'));
  });
});

describe('conflicts', () => {
  beforeEach(async () => {
    await anna.write(
      task('t1', 'quay', { [note]: 'base', [id('Task.Count')]: 10 }),
      create('Memo', 'm1', { [id('Memo.Text')]: 'base' }),
    );
    await anna.write(create('First', 'f1', { [id('First.Text')]: 'base', [id('First.Other')]: 'base' }));
  });

  it('[SY12] merge keeps what came first in the member both changed', async () => {
    await anna.write(update('Task', 't1', { [note]: 'anna' }, { [note]: 'base' }));
    const verdict = await other.write(
      update('Task', 't1', { [note]: 'other', [title]: 'renamed' }, { [note]: 'base', [title]: 'title of t1' }),
    );
    expect(verdict).toMatchObject({
      kind: 'applied',
      resolutions: [{ member: note, policy: 'merge', outcome: 'theirs' }],
    });
    await anna.pull();
    expect(anna.cells('t1')).toMatchObject({ [note]: 'anna', [title]: 'renamed' });
  });

  it('[SY15] sum adds up what both added', async () => {
    const count = id('Task.Count');
    await anna.write(update('Task', 't1', { [count]: 12 }, { [count]: 10 }));
    expect(await other.write(update('Task', 't1', { [count]: 15 }, { [count]: 10 }))).toMatchObject({
      resolutions: [{ policy: 'sum', outcome: 'combined' }],
    });
    await anna.pull();
    expect(anna.cells('t1')?.[count]).toBe(17);
  });

  it('[SY13] firstWins keeps the whole object, review parks it', async () => {
    const texts = (entity: string, member: string) => [id(`${entity}.Text`), id(`${entity}.${member}`)] as const;
    const [first, second] = texts('First', 'Other');
    await anna.write(update('First', 'f1', { [first]: 'anna' }, { [first]: 'base' }));
    expect(await other.write(update('First', 'f1', { [second]: 'other' }, { [second]: 'base' }))).toMatchObject({
      resolutions: [{ outcome: 'theirs' }],
    });
    const text = id('Memo.Text');
    await anna.write(update('Memo', 'm1', { [text]: 'anna' }, { [text]: 'base' }));
    const parked = await other.write(update('Memo', 'm1', { [text]: 'other' }, { [text]: 'base' }));
    expect(parked).toMatchObject({
      kind: 'parked',
      code: 'sync/review',
      conflicts: [{ member: text, mine: 'other', base: 'base' }],
    });
    await anna.pull();
    expect(anna.cells('m1')?.[text]).toBe('anna');
  });

  it('[SY9] later work of the same device does not conflict with its earlier work', async () => {
    const changes = ['one', 'two', 'three'].map((text, at, all) =>
      anna.transaction(update('Task', 't1', { [note]: text }, { [note]: all[at - 1] ?? 'base' })),
    );
    const { body } = await anna.send(changes);
    expect(body.verdicts).toMatchObject(changes.map(() => ({ kind: 'applied', resolutions: [] })));
  });

  it('[SY21] an update that meets a delete never brings the object back', async () => {
    await anna.write(remove('Task', 't1'));
    expect(await other.write(update('Task', 't1', { [note]: 'late' }, { [note]: 'base' }))).toMatchObject(
      refused('sync/object-gone'),
    );
    expect(await other.write(remove('Task', 't1'))).toMatchObject({ kind: 'applied', resolutions: [] });
  });

  it('[SY20] a delete that meets an update keeps the object under merge', async () => {
    await anna.write(update('Task', 't1', { [note]: 'anna' }, { [note]: 'base' }));
    expect(await other.write(remove('Task', 't1'))).toMatchObject({
      kind: 'applied',
      resolutions: [{ member: null, outcome: 'theirs' }],
    });
    await other.pull();
    expect(other.cells('t1')?.[note]).toBe('anna');
  });

  it('[SY6][SY7] what builds on refused work shares its fate, the rest goes on', async () => {
    const broken = anna.transaction(task('t7', 'mill'));
    const later = anna.transaction(update('Task', 't7', { [note]: 'more' }, { [note]: null }));
    const free = anna.transaction(task('t8', 'quay'));
    const { body } = await anna.send([broken, later, free]);
    expect(body.verdicts).toMatchObject([
      refused('sync/create-denied'),
      { ...refused('sync/depends-on-rejected'), because: broken.id },
      { kind: 'applied' },
    ]);
  });

  it('[SY8] a retry on today’s base is judged for itself', async () => {
    const broken = anna.transaction(update('Task', 't1', { [title]: null }, { [title]: 'title of t1' }));
    await anna.send([broken]);
    const { body } = await anna.send(
      [anna.transaction(update('Task', 't1', { [title]: 'good' }, { [title]: 'title of t1' }))],
      broken.sequence,
    );
    expect(body.verdicts).toMatchObject([{ kind: 'applied' }]);
  });

  it('a parked record is settled once, and the device is told with its next pull', async () => {
    const text = id('Memo.Text');
    await anna.write(update('Memo', 'm1', { [text]: 'anna' }, { [text]: 'base' }));
    const parked = await other.write(update('Memo', 'm1', { [text]: 'other' }, { [text]: 'base' }));
    const record = parked.kind === 'parked' ? parked.record : '';
    await other.pull();
    const settle = () => ({
      settlements: [{ id: objectOf(`settle${++other.sequence}`), sequence: other.sequence, record, how: 'discarded' }],
    });
    expect((await other.send([], 0, settle())).body.verdicts).toMatchObject([{ kind: 'applied' }]);
    expect((await other.send([], 0, settle())).body.verdicts).toMatchObject([refused('sync/already-settled')]);
    const [page] = await other.pull();
    expect(page?.settled).toEqual([{ record, outcome: 'discarded', by: 'anna' }]);
    expect((await other.pull())[0]?.settled).toEqual([]);
  });
});
