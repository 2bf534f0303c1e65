import type { Model } from '@skerry/shared/metamodel/model';
import { afterEach, describe, expect, it } from 'vitest';
import { type AppBuilder, idOf, type Loose } from '../../support/model-builder.ts';
import { type Harness, objectOf, startHarness, type TestDevice } from '../support/harness.ts';
import { call, demo, drop, edit, make, member, note, object, ordersApp, PEOPLE, rowsOf } from './support/orders.ts';

let harness: Harness;
let model: Model;
let anna: TestDevice;
let bob: TestDevice;

async function start(app: AppBuilder): Promise<void> {
  model = app.model();
  harness = await startHarness(model, [
    ...PEOPLE,
    demo('Order', 'o1', { Title: 'one', Amount: 1, Cost: 10, Open: true }),
    demo('Memo', 'm1', { Text: 'memo' }),
    demo('Line', 'l1', { Text: 'line', Line_Order: objectOf('o1') }),
  ]);
  anna = await harness.signIn('anna', 'dA');
  bob = await harness.signIn('bob', 'dB');
  await anna.pull();
}
afterEach(() => harness.close());

const ORDER = { parameters: { Order: 'M.Order' } };
const ledger = (device: TestDevice) =>
  rowsOf(device, model, 'Ledger')
    .map(({ Text }) => Text)
    .sort();

/** Gives an entity of the app event handlers: `before commit M.Flow`. */
function withHandlers(app: AppBuilder, entity: string, handlers: readonly string[], more: Loose = {}): AppBuilder {
  const path = `modules/M/entities/${entity}.json`;
  const content = app.build().get(path)!;
  const eventHandlers = handlers.map((text) => {
    const [moment, event, flow] = text.split(' ');
    return { id: idOf(`handler/${entity}/${text}`), moment: moment!, event: event!, flow: flow!, ...more };
  });
  return app.withDocument(path, { ...content, eventHandlers: eventHandlers as never });
}

const BOOLEAN = { returnType: { kind: 'Boolean' } };
const stamp = (value: string) => ({ kind: 'changeObject', variable: 'Order', changes: [{ member: 'Stamp', value }] });

function stamping(): AppBuilder {
  const app = ordersApp()
    .withMicroflow('M.BCo', [stamp("$Order/Title + ' checked'")], { ...ORDER, ...BOOLEAN, returns: 'true' })
    .withMicroflow('M.ACo', [note("'committed ' + $Order/Stamp")], ORDER);
  return withHandlers(app, 'Order', ['before commit M.BCo', 'after commit M.ACo']);
}

describe('handlers in admission', () => {
  it('see the resolved object, and what they change is part of it and comes back', async () => {
    await start(stamping());
    expect(await anna.write(make('Order', 'o2', { Title: 'two', Open: true }))).toMatchObject({ kind: 'applied' });
    expect(await anna.write(edit('Order', 'o1', { Amount: 5 }, { Amount: 1 }))).toMatchObject({ kind: 'applied' });
    const [page] = await anna.pull();
    expect(page?.reconciled).toEqual([]);
    expect(anna.cells('o2')).toMatchObject({ [member('Order/Stamp')]: 'two checked' });
    expect(anna.cells('o1')).toMatchObject({ [member('Order/Stamp')]: 'one checked', [member('Order/Amount')]: 5 });
    expect(ledger(anna)).toEqual(['committed one checked', 'committed two checked']);
  });

  it.each(['firstWins', 'review'])(
    '[SY9] are no conflict for the device whose work they handled, under %s',
    async (kind) => {
      const app = stamping();
      const content = app.build().get('modules/M/entities/Order.json')!;
      await start(app.withDocument('modules/M/entities/Order.json', { ...content, conflictPolicy: { kind } }));
      await anna.write(edit('Order', 'o1', { Amount: 5 }, { Amount: 1 }));
      expect(await anna.write(edit('Order', 'o1', { Amount: 6 }, { Amount: 5 }))).toMatchObject({
        kind: 'applied',
        resolutions: [],
      });
      await anna.pull();
      expect(anna.cells('o1')?.[member('Order/Amount')]).toBe(6);
    },
  );

  it('that answer false refuse the transaction with the words and the member they were told', async () => {
    const node = (name: string, kind: string, more: Loose = {}) => ({ id: idOf(`node/${name}`), name, kind, ...more });
    const edge = (from: string, to: string, on?: string) => ({
      id: idOf(`edge/${from}/${to}`),
      from: idOf(`node/${from}`),
      to: idOf(`node/${to}`),
      ...(on ? { case: on } : {}),
    });
    const feedback = {
      variable: 'Order',
      member: 'Amount',
      text: { en: '{1} is too much.' },
      parameters: ['$Order/Amount'],
    };
    const app = ordersApp().withMicroflow('M.Limit', [], {
      ...ORDER,
      ...BOOLEAN,
      nodes: [
        node('s', 'start'),
        node('split', 'exclusiveSplit', { condition: '$Order/Amount > 100' }),
        node('say', 'validationFeedback', feedback),
        node('no', 'end', { value: 'false' }),
        node('yes', 'end', { value: 'true' }),
      ],
      flows: [edge('s', 'split'), edge('split', 'say', 'true'), edge('say', 'no'), edge('split', 'yes', 'false')],
    });
    await start(withHandlers(app, 'Order', ['before commit M.Limit']));
    const { body } = await anna.send([
      anna.transaction(make('Order', 'o2', { Title: 'two', Amount: 101, Open: true })),
      anna.transaction(make('Order', 'o3', { Title: 'three', Amount: 100, Open: true })),
    ]);
    expect(body.verdicts).toMatchObject([
      {
        kind: 'rejected',
        code: 'sync/handler-refused',
        message: '101 is too much.',
        objectId: objectOf('o2'),
        member: member('Order/Amount'),
      },
      { kind: 'applied' },
    ]);
    await anna.pull();
    expect(
      rowsOf(anna, model, 'Order')
        .map(({ Title }) => Title)
        .sort(),
    ).toEqual(['one', 'three']);
  });

  it('that answer false without an error let a flow go on, and refuse a device all the same', async () => {
    const app = ordersApp()
      .withMicroflow('M.Never', [], { ...ORDER, ...BOOLEAN, returns: 'false' })
      .withMicroflow('M.Try', [{ ...stamp("'tried'"), commit: true }, note("'went on'")], ORDER);
    await start(withHandlers(app, 'Order', ['before commit M.Never'], { raiseErrorOnFalse: false }));
    expect(await anna.write(edit('Order', 'o1', { Amount: 5 }, { Amount: 1 }))).toMatchObject({
      kind: 'rejected',
      code: 'sync/handler-refused',
    });
    expect((await call(anna, 'Try', { Order: object('o1') })).status).toBe(200);
    await anna.pull();
    expect([ledger(anna), anna.cells('o1')?.[member('Order/Stamp')]]).toEqual([['went on'], null]);
  });

  it('that fail reject their transaction alone, with all it wrote', async () => {
    const app = ordersApp().withMicroflow(
      'M.Explode',
      [note("'before the crash'"), { ...stamp('toString(1 div ($Order/Amount - 13))'), commit: false }],
      ORDER,
    );
    await start(withHandlers(app, 'Order', ['after commit M.Explode']));
    const { body } = await anna.send([
      anna.transaction(
        make('Order', 'o2', { Title: 'two', Amount: 13, Open: true }),
        make('Memo', 'm2', { Text: 'with it' }),
      ),
      anna.transaction(make('Order', 'o3', { Title: 'three', Amount: 3, Open: true })),
    ]);
    expect(body.verdicts).toMatchObject([
      { kind: 'rejected', code: 'expression/division-by-zero' },
      { kind: 'applied' },
    ]);
    await anna.pull();
    expect(ledger(anna)).toEqual(['before the crash']);
    expect(rowsOf(anna, model, 'Memo')).toEqual([{ Text: 'memo' }]);
  });

  it('do not run at all for a transaction that is parked or refused', async () => {
    const app = ordersApp().withMicroflow(
      'M.Log',
      [{ kind: 'logMessage', message: "'ran for ' + $Order/Title" }],
      ORDER,
    );
    await start(withHandlers(app, 'Order', ['after commit M.Log']));
    expect(await bob.write(edit('Memo', 'm1', { Text: 'bob' }, { Text: 'memo' }))).toMatchObject({ kind: 'applied' });
    const conflicting = edit('Memo', 'm1', { Text: 'anna' }, { Text: 'memo' });
    expect(await anna.write(make('Order', 'o2', { Title: 'two', Open: true }), conflicting)).toMatchObject({
      kind: 'parked',
    });
    const forbidden = edit('Order', 'o1', { Cost: 1 }, { Cost: 10 });
    expect(await anna.write(make('Order', 'o3', { Title: 'three', Open: true }), forbidden)).toMatchObject({
      kind: 'rejected',
    });
    const ran = () => harness.logged.filter((line) => line.includes('ran for'));
    expect(ran()).toEqual([]);
    await anna.write(make('Order', 'o4', { Title: 'four', Open: true }));
    expect(ran()).toHaveLength(1);
  });

  it('of a delete are asked for all that goes along', async () => {
    const line = { parameters: { Line: 'M.Line' } };
    const app = ordersApp()
      .withMicroflow('M.BDe', [], { ...line, ...BOOLEAN, returns: "$Line/Text != 'keep'" })
      .withMicroflow('M.ADe', [note("'a line went'")], { parameters: { Line: 'M.Line' } });
    await start(withHandlers(app, 'Line', ['before delete M.BDe', 'after delete M.ADe']));
    await anna.write(edit('Line', 'l1', { Text: 'keep' }, { Text: 'line' }));
    expect(await anna.write(drop('Order', 'o1'))).toMatchObject({ kind: 'rejected', code: 'sync/handler-refused' });
    await anna.write(edit('Line', 'l1', { Text: 'go' }, { Text: 'keep' }, 2));
    expect(await anna.write(drop('Order', 'o1'))).toMatchObject({ kind: 'applied' });
    await anna.pull();
    expect([anna.ids('Order'), rowsOf(anna, model, 'Line'), ledger(anna)]).toEqual([[], [], ['a line went']]);
  });

  it('run in the order create, commit, and for flows of the service too', async () => {
    const log = (name: string, moment: string) => ({ kind: 'logMessage', message: `'step ${moment}'`, name });
    let app = ordersApp().withMicroflow('M.Make', [
      {
        kind: 'createObject',
        entity: 'M.Order',
        commit: true,
        changes: [{ member: 'Title', value: "'made'" }],
        output: 'New',
      },
      { kind: 'delete', variable: 'New' },
    ]);
    const all = ['before create', 'after create', 'before commit', 'after commit', 'before delete', 'after delete'];
    for (const at of all) {
      const isBefore = at.startsWith('before');
      const shape = { ...ORDER, ...(isBefore ? { ...BOOLEAN, returns: 'true' } : {}) };
      app = app.withMicroflow(`M.On_${at.replace(' ', '_')}`, [log('log', at)], shape);
    }
    await start(
      withHandlers(
        app,
        'Order',
        all.map((at) => `${at} M.On_${at.replace(' ', '_')}`),
      ),
    );
    expect((await call(anna, 'Make')).status).toBe(200);
    const steps = harness.logged
      .map((line) => JSON.parse(line).msg as string)
      .filter((text) => text.startsWith('step'));
    expect(steps).toEqual(all.map((at) => `step ${at}`));
  });

  it('that commit their own object without end are stopped', async () => {
    const app = ordersApp().withMicroflow('M.Again', [{ kind: 'commit', variable: 'Order' }], ORDER);
    await start(withHandlers(app, 'Order', ['after commit M.Again']));
    expect(await anna.write(edit('Order', 'o1', { Amount: 5 }, { Amount: 1 }))).toMatchObject({
      kind: 'rejected',
      code: 'flow/too-deep',
    });
  });
});
