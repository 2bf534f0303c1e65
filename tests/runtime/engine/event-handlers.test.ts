import type { ElementId } from '@skerry/shared/base/ids';
import { afterEach, describe, expect, test } from 'vitest';
import { type Kit, kit, objectId, PROFILE } from '../../support/device-kit.ts';
import { anApp, idOf, type Loose } from '../../support/model-builder.ts';

let world: Kit;
afterEach(() => world.end());

interface Handler {
  readonly on: string;
  readonly activities: readonly Loose[];
  readonly returns?: string;
  readonly flow?: 'nanoflow' | 'microflow';
  readonly quiet?: boolean;
}

/** Tasks with a title and a stamp that nobody may write when `isStampOurs` is false; one handler for each occasion. */
async function device(handlers: readonly Handler[], isStampOurs = true) {
  let app = anApp();
  const eventHandlers = handlers.map(({ on, quiet }, at) => {
    const [moment, event] = on.split(' ');
    return { id: idOf(`handler/${at}`), moment, event, flow: `M.On${at}`, raiseErrorOnFalse: !quiet };
  });
  app = app
    .withEntity('M.Task', {
      attributes: { Title: 'String', Stamp: 'String' },
      rules: [{ read: 'all', write: isStampOurs ? 'all' : ['Title'], create: true, delete: true }],
      more: { eventHandlers: eventHandlers as unknown as Loose[] } as unknown as Loose,
    })
    .withEntity('M.Note', { attributes: { Text: 'String' } });
  for (const [at, { activities, returns, flow }] of handlers.entries()) {
    const more = {
      parameters: { Task: 'M.Task' },
      ...(returns === undefined ? {} : { returns, returnType: { kind: 'Boolean' } }),
    };
    app =
      flow === 'microflow'
        ? app.withMicroflow(`M.On${at}`, activities, more)
        : app.withNanoflow(`M.On${at}`, activities, more);
  }
  const commitTask = { kind: 'commit', variable: 'Task', withEvents: true };
  app = app
    .withNanoflow(
      'M.Save',
      [{ kind: 'showMessage', level: 'information', text: { en: 'Saving' }, blocking: true }, commitTask],
      {
        parameters: { Task: 'M.Task' },
      },
    )
    .withPage('M.Home', [])
    .withProfile(PROFILE, {
      home: 'M.Home',
      menu: [{ caption: { en: 'Save' }, action: { kind: 'callNanoflow', nanoflow: 'M.Save', arguments: {} } }] as never,
      synchronization: { additional: ['M.Task', 'M.Note'] },
    });
  world = kit(app);
  world.service.put(objectId(1), idOf('M.Task') as ElementId, { [idOf('M.Task/Title')]: 'Dig' });
  const opened = await world.device();
  await opened.synchronize();
  return opened;
}

const setStamp = (value: string): Loose => ({
  kind: 'changeObject',
  variable: 'Task',
  changes: [{ member: 'Stamp', value }],
});
const makeNote = (value: string): Loose => ({
  kind: 'createObject',
  entity: 'M.Note',
  changes: [{ member: 'Text', value }],
  commit: true,
  output: 'Note',
});
const feedback: Loose = { kind: 'validationFeedback', variable: 'Task', member: 'Title', text: { en: 'Too short' } };
const say = (text: string): Loose => ({
  kind: 'showMessage',
  level: 'information',
  text: { en: text },
  blocking: false,
});
const task = { Task: { kind: 'object', entity: 'M.Task', id: objectId(1) } } as const;

describe('an event handler', () => {
  test('before a commit changes what is committed, in the same transaction', async () => {
    const opened = await device([
      { on: 'before commit', activities: [setStamp("$Task/Title + ' stamped'")], returns: 'true' },
    ]);
    await opened.change(objectId(1), { Title: 'Fill' });
    expect(await opened.commit([objectId(1)])).toEqual({ ok: true, value: null });
    expect((await opened.load([objectId(1)]))[0]?.values).toMatchObject({ Title: 'Fill', Stamp: 'Fill stamped' });
    expect(await opened.inspect('SELECT count(*) AS n FROM "$operation"')).toEqual([{ n: 1 }]);
  });

  test('that says no refuses with its feedback, and nothing is stored', async () => {
    const opened = await device([
      { on: 'before commit', activities: [makeNote("'tried'"), feedback], returns: 'false' },
    ]);
    await opened.change(objectId(1), { Title: '' });
    expect(await opened.commit([objectId(1)])).toEqual({
      ok: false,
      error: {
        code: 'commit/refused',
        message: 'Too short',
        members: [{ object: objectId(1), member: 'Title', message: 'Too short' }],
      },
    });
    expect((await opened.load([objectId(1)]))[0]).toMatchObject({ isChanged: true, isPending: false });
    expect(await opened.inspect('SELECT * FROM "M$Note"')).toEqual([]);
  });

  test('that says no in silence leaves its object out', async () => {
    const opened = await device([
      { on: 'before commit', activities: [], returns: "$Task/Title != 'secret'", quiet: true },
    ]);
    const other = await opened.create('M.Task');
    await opened.change(objectId(1), { Title: 'secret' });
    expect(await opened.commit([objectId(1), other.id])).toMatchObject({ ok: true });
    const [kept, stored] = await opened.load([objectId(1), other.id]);
    expect(kept).toMatchObject({ isChanged: true, isPending: false });
    expect(stored).toMatchObject({ isNew: false, isPending: true });
  });

  test('after a create joins the transaction with its own changes, once', async () => {
    const opened = await device([
      { on: 'after create', activities: [makeNote("'made ' + $Task/Title")] },
      { on: 'after delete', activities: [makeNote("'deleted'")] },
    ]);
    const made = await opened.create('M.Task');
    await opened.change(made.id, { Title: 'new' });
    await opened.commit([made.id]);
    expect(await opened.inspect('SELECT "Text" FROM "M$Note"')).toEqual([{ Text: 'made new' }]);
    expect((await opened.status()).pending).toBe(1);
    await opened.change(made.id, { Title: 'newer' });
    await opened.commit([made.id]);
    await opened.delete([objectId(1)]);
    expect(await opened.inspect('SELECT "Text" FROM "M$Note" ORDER BY "Text"')).toEqual([
      { Text: 'deleted' },
      { Text: 'made new' },
    ]);
    expect(await opened.synchronize()).toMatchObject({ ok: true, applied: 3 });
  });

  test('before a delete keeps the object, and before a rollback the changes', async () => {
    const opened = await device([
      { on: 'before delete', activities: [say('Not this one')], returns: 'false' },
      { on: 'before rollback', activities: [say('Keep it')], returns: 'false' },
    ]);
    expect(await opened.delete([objectId(1)])).toMatchObject({
      ok: false,
      error: { code: 'commit/refused', message: 'Not this one' },
    });
    await opened.change(objectId(1), { Title: 'kept' });
    await expect(opened.rollback([objectId(1)])).rejects.toThrow('Keep it');
    expect((await opened.load([objectId(1)]))[0]).toMatchObject({ values: { Title: 'kept' }, isChanged: true });
  });

  test('shows in its place among what the flow shows that commits', async () => {
    const opened = await device([{ on: 'after commit', activities: [say('Saved')] }]);
    await opened.change(objectId(1), { Title: 'Fill' });
    const { result, effects } = await opened.callNanoflow('M.Save', task);
    expect(result).toMatchObject({ ok: true });
    expect(effects).toMatchObject([
      { kind: 'showMessage', text: 'Saving', blocking: true },
      { kind: 'showMessage', text: 'Saved', blocking: false },
    ]);
  });

  test('shows also when a page commits or deletes without a flow, and nothing when that is refused', async () => {
    const opened = await device([
      { on: 'after commit', activities: [say('Saved'), feedback] },
      { on: 'after delete', activities: [say('Gone')] },
      { on: 'before commit', activities: [say('Checking')], returns: "$Task/Title != 'refused'" },
    ]);
    const shown = (text: string) => ({ kind: 'showMessage', level: 'information', text, blocking: false });
    await opened.change(objectId(1), { Title: 'Fill' });
    expect(await opened.commit([objectId(1)])).toEqual({
      ok: true,
      value: null,
      effects: [
        shown('Checking'),
        shown('Saved'),
        { kind: 'validationFeedback', object: objectId(1), member: 'Title', text: 'Too short' },
      ],
    });
    await opened.change(objectId(1), { Title: 'refused' });
    const refused = await opened.commit([objectId(1)]);
    expect(refused).toMatchObject({ ok: false, error: { code: 'commit/refused', message: 'Checking' } });
    expect(refused).not.toHaveProperty('effects');
    expect(await opened.delete([objectId(1)])).toEqual({ ok: true, value: null, effects: [shown('Gone')] });
  });

  test('that fails fails the flow, of which nothing is shown but what is wrong with which field', async () => {
    const opened = await device([{ on: 'before commit', activities: [feedback], returns: 'false' }]);
    await opened.change(objectId(1), { Title: 'x' });
    const { result, effects } = await opened.callNanoflow('M.Save', task);
    expect(result).toMatchObject({ ok: false, error: { code: 'commit/refused', message: 'Too short' } });
    expect(effects).toEqual([{ kind: 'validationFeedback', object: objectId(1), member: 'Title', text: 'Too short' }]);
  });

  test('that commits its own object again and again ends with an error, not never', async () => {
    const again = {
      kind: 'changeObject',
      variable: 'Task',
      changes: [{ member: 'Stamp', value: "$Task/Stamp + 'x'" }],
      commit: true,
    };
    const opened = await device([{ on: 'after commit', activities: [again] }]);
    await opened.change(objectId(1), { Title: 'x' });
    expect(await opened.commit([objectId(1)])).toMatchObject({ ok: false, error: { code: 'flow/too-deep' } });
    expect((await opened.status()).pending).toBe(0);
  });

  test('in a microflow that does more than its user may is left to the service', async () => {
    const opened = await device(
      [
        {
          on: 'before commit',
          activities: [makeNote("'half'"), setStamp("'by the service'")],
          returns: 'true',
          flow: 'microflow',
        },
      ],
      false,
    );
    await opened.change(objectId(1), { Title: 'Fill' });
    expect(await opened.commit([objectId(1)])).toMatchObject({ ok: true });
    expect((await opened.load([objectId(1)]))[0]?.values).toMatchObject({ Title: 'Fill', Stamp: null });
    expect(await opened.inspect('SELECT * FROM "M$Note"')).toEqual([]);
  });
});
