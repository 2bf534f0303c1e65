import type { Model } from '@skerry/shared/metamodel/model';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppBuilder } from '../../support/model-builder.ts';
import { type Harness, objectOf, startHarness, type TestDevice } from '../support/harness.ts';
import { call, cell, demo, drop, make, member, note, object, ordersApp, PEOPLE, rowsOf } from './support/orders.ts';

let harness: Harness;
let model: Model;
let anna: TestDevice;
let bob: TestDevice;

const ORDER = { Order: 'M.Order' };
const OBJECTS = [
  ...PEOPLE,
  demo('Order', 'o1', { Title: 'one', Amount: 1, Cost: 10, Open: true }),
  demo('Order', 'o2', { Title: 'two', Amount: 2, Cost: 20, Open: true }),
  demo('Order', 'shut', { Title: 'shut', Amount: 3, Cost: 30, Open: false }),
  demo('Draft', 'own', { Text: 'own', Own: true }),
  demo('Draft', 'far', { Text: 'far', Own: false }),
];

async function start(app: AppBuilder): Promise<void> {
  model = app.model();
  harness = await startHarness(model, OBJECTS);
  anna = await harness.signIn('anna', 'dA');
  bob = await harness.signIn('bob', 'dB');
  await anna.pull();
  await bob.pull();
}
afterEach(() => harness.close());

const ledger = (device: TestDevice) =>
  rowsOf(device, model, 'Ledger')
    .map(({ Text }) => Text)
    .sort();

const bookApp = () =>
  ordersApp().withMicroflow(
    'M.Book',
    [
      {
        kind: 'changeObject',
        variable: 'Order',
        changes: [{ member: 'Stamp', value: "'booked ' + $Times" }],
        commit: true,
      },
      note("'booked ' + $Order/Title"),
      { kind: 'showMessage', text: { en: 'Booked {1}.' }, parameters: ['$Order/Title'] },
    ],
    {
      parameters: { ...ORDER, Times: 'Integer' },
      returnType: { kind: 'String' },
      returns: '$Order/Stamp',
      allowedModuleRoles: ['User'],
    },
  );

describe('a microflow that is called', () => {
  it('reads and writes, answers, and what it did comes to devices as any change', async () => {
    await start(bookApp());
    const { status, body } = await call(anna, 'Book', { Order: object('o1'), Times: cell(2) });
    expect([status, body]).toEqual([
      200,
      { result: { kind: 'cell', value: 'booked 2' }, messages: [{ level: 'information', text: 'Booked one.' }] },
    ]);
    for (const device of [anna, bob]) {
      const [first] = await device.pull();
      expect(first?.reconciled).toEqual([]);
      expect(device.cells('o1')?.[member('Order/Stamp')]).toBe('booked 2');
      expect(ledger(device)).toEqual(['booked one']);
    }
    expect(bob.cells('o1')?.[member('Order/Cost')]).toBe(10);
    expect(anna.cells('o1')).not.toHaveProperty([member('Order/Cost')]);
  });

  it('runs once for its id, also over a restart, and the id is the caller’s alone', async () => {
    await start(bookApp());
    const args = { Order: object('o1'), Times: cell(1) };
    const first = await call(anna, 'Book', args, objectOf('same'));
    harness = await harness.restart();
    anna = await harness.signIn('anna', 'dA');
    expect(await call(anna, 'Book', args, objectOf('same'))).toEqual(first);
    await anna.pull();
    expect(ledger(anna)).toEqual(['booked one']);
    const other = await harness.signIn('anna', 'dC');
    for (const again of [
      await call(other, 'Book', args, objectOf('same')),
      await call(anna, 'Book', { ...args, Times: cell(7) }, objectOf('same')),
    ]) {
      expect([again.status, again.body.error.code]).toEqual([409, 'flow/call-id-taken']);
    }
  });

  it('is for those whose module roles it allows, and takes arguments of its parameters’ types only', async () => {
    await start(bookApp());
    const code = async (...args: Parameters<typeof call>) => {
      const { status, body } = await call(...args);
      return [status, body.error.code];
    };
    expect(await code(bob, 'Book', { Order: object('o1'), Times: cell(1) })).toEqual([403, 'flow/not-allowed']);
    expect(await code(anna, 'Nowhere')).toEqual([404, 'flow/unknown']);
    expect(await code(anna, 'Book', { Order: object('o1'), Times: cell('many') })).toEqual([400, 'flow/bad-argument']);
    expect(await code(anna, 'Book', { Order: cell('o1'), Times: cell(1) })).toEqual([400, 'flow/bad-argument']);
    expect(await code(anna, 'Book', { Order: object('o1'), More: cell(1) })).toEqual([400, 'flow/bad-argument']);
    expect(await code(anna, 'Book', { Order: object('o1') })).toEqual([400, 'flow/missing-argument']);
    await anna.pull();
    expect(ledger(anna)).toEqual([]);
  });

  it('[SY26] an object that may not be read answers as one that is not there', async () => {
    await start(bookApp());
    const [hidden, missing] = [
      await call(anna, 'Book', { Order: object('shut'), Times: cell(1) }),
      await call(anna, 'Book', { Order: object('nowhere'), Times: cell(1) }),
    ];
    expect(hidden).toEqual(missing);
    expect(hidden.body.error.code).toBe('flow/argument-gone');
  });

  it('that fails has done nothing, and says the same when it is asked again', async () => {
    await start(
      ordersApp().withMicroflow(
        'M.Fail',
        [
          note("'before'"),
          { kind: 'changeObject', variable: 'Order', changes: [{ member: 'Title', value: 'empty' }], commit: true },
        ],
        { parameters: ORDER },
      ),
    );
    const first = await call(anna, 'Fail', { Order: object('o1') }, objectOf('fails'));
    expect([first.status, first.body.error]).toMatchObject([
      400,
      { code: 'sync/required', message: 'An order has a title.', retry: false, details: { flow: 'M.Fail' } },
    ]);
    expect(await call(anna, 'Fail', { Order: object('o1') }, objectOf('fails'))).toEqual(first);
    await anna.pull();
    expect(ledger(anna)).toEqual([]);
    expect(anna.cells('o1')?.[member('Order/Title')]).toBe('one');
  });

  it('[FL12] takes back what a failed part did, and no more', async () => {
    const handled = (kind: string) => ({
      kind: 'callMicroflow',
      microflow: 'M.Sub',
      arguments: {},
      errorHandling: kind,
    });
    await start(
      ordersApp()
        .withMicroflow('M.Sub', [
          note("'in sub'"),
          { kind: 'createObject', entity: 'M.Order', commit: true, output: 'Untitled' },
        ])
        .withMicroflow('M.GoOn', [note("'first'"), handled('continue'), note("'last'", 'Last')]),
    );
    expect((await call(anna, 'GoOn')).status).toBe(200);
    await anna.pull();
    expect(ledger(anna)).toEqual(['first', 'last']);
    expect(rowsOf(bob, model, 'Order').length).toBe(3);
  });

  it('works on lists, over associations and with what it has not committed', async () => {
    await start(
      ordersApp().withMicroflow(
        'M.Sum',
        [
          {
            kind: 'createObject',
            entity: 'M.Order',
            output: 'New',
            changes: [
              { member: 'Title', value: "'new'" },
              { member: 'Amount', value: '4' },
              { member: 'Open', value: 'true' },
            ],
          },
          {
            kind: 'createObject',
            entity: 'M.Line',
            output: 'Line',
            changes: [
              { member: 'Text', value: "'a line'" },
              { member: 'M.Line_Order', value: '$New' },
            ],
          },
          {
            kind: 'retrieve',
            source: { kind: 'association', variable: 'New', association: 'M.Line_Order' },
            output: 'Lines',
          },
          { kind: 'aggregateList', variable: 'Lines', function: 'count', output: 'Count' },
          { kind: 'commit', variable: 'Line' },
          {
            kind: 'retrieve',
            source: {
              kind: 'database',
              entity: 'M.Order',
              constraint: '[Amount > 1]',
              sort: [{ path: 'Amount', descending: true }],
            },
            output: 'Orders',
          },
          {
            kind: 'aggregateList',
            variable: 'Orders',
            function: 'sum',
            expression: '$currentObject/Amount',
            resultType: { kind: 'Integer' },
            output: 'Total',
          },
        ],
        {
          returnType: { kind: 'String' },
          returns: "toString($Count) + ' ' + toString($Total) + ' ' + $Line/M.Line_Order/M.Order/Title",
        },
      ),
    );
    expect((await call(anna, 'Sum')).body).toMatchObject({ result: { value: '1 9 new' } });
    await anna.pull();
    expect(rowsOf(anna, model, 'Line')).toEqual([{ Text: 'a line' }]);
    expect(
      rowsOf(anna, model, 'Order')
        .map(({ Title }) => Title)
        .sort(),
    ).toEqual(['new', 'one', 'two']);
  });

  it('with entity access sees and writes what its user may, without it everything', async () => {
    const all = { kind: 'retrieve', source: { kind: 'database', entity: 'M.Order' }, output: 'Orders' };
    const sum = { kind: 'aggregateList', variable: 'Orders', function: 'count', output: 'Count' };
    const peek = {
      returnType: { kind: 'String' },
      returns: "toString($Count) + ' ' + (if $Order/Cost = empty then '-' else toString($Order/Cost))",
    };
    const cheap = { kind: 'changeObject', variable: 'Order', changes: [{ member: 'Cost', value: '1' }], commit: true };
    await start(
      ordersApp()
        .withMicroflow('M.Peek', [all, sum], { parameters: ORDER, ...peek })
        .withMicroflow('M.PeekGuarded', [all, sum], { parameters: ORDER, ...peek, applyEntityAccess: true })
        .withMicroflow('M.Cheap', [cheap], { parameters: ORDER })
        .withMicroflow('M.CheapGuarded', [cheap], { parameters: ORDER, applyEntityAccess: true })
        .withMicroflow('M.NoteGuarded', [note("'mine'")], { applyEntityAccess: true }),
    );
    const o1 = { Order: object('o1') };
    expect((await call(anna, 'Peek', o1)).body).toMatchObject({ result: { value: '3 10' } });
    expect((await call(anna, 'PeekGuarded', o1)).body).toMatchObject({ result: { value: '2 -' } });
    expect((await call(anna, 'CheapGuarded', o1)).body.error.code).toBe('sync/access-denied');
    expect((await call(anna, 'NoteGuarded')).body.error.code).toBe('sync/create-denied');
    expect((await call(anna, 'Cheap', o1)).status).toBe(200);
    await bob.pull();
    expect(bob.cells('o1')?.[member('Order/Cost')]).toBe(1);
    expect(ledger(bob)).toEqual([]);
  });

  it('hands objects over: they come with the next pull beside what the profile brings, while readable', async () => {
    const get = (entity: string, constraint: string) => ({
      kind: 'retrieve',
      source: { kind: 'database', entity, constraint },
      output: 'Found',
    });
    await start(
      ordersApp()
        .withMicroflow('M.Hand', [get('M.Draft', "[Text = 'far']"), { kind: 'synchronizeToDevice', variable: 'Found' }])
        .withMicroflow('M.Find', [get('M.Order', '')], {
          returnType: { kind: 'List', entity: 'M.Order' },
          returns: '$Found',
        }),
    );
    expect(anna.rows.has(objectOf('far'))).toBe(false);
    expect((await call(anna, 'Hand')).status).toBe(200);
    const [page] = await anna.pull();
    expect(page?.reconciled).toEqual([]);
    expect(anna.cells('far')?.[member('Draft/Text')]).toBe('far');
    await bob.pull();
    expect(bob.rows.has(objectOf('far'))).toBe(false);
    expect((await anna.write(drop('Draft', 'far'))).kind).toBe('applied');
    await anna.pull();
    expect(anna.rows.has(objectOf('far'))).toBe(false);
    const found = await call(anna, 'Find');
    expect(found.body.result).toEqual({ kind: 'list', ids: [objectOf('o1'), objectOf('o2')] });
  });

  it('does not count as somebody else’s change for the device that called it', async () => {
    await start(bookApp());
    await call(anna, 'Book', { Order: object('o1'), Times: cell(1) });
    const verdict = await anna.write({
      ...make('Order', 'o1', { Title: 'mine' }),
      kind: 'update',
      baseRev: 1,
      was: { [member('Order/Title')]: 'one' },
    } as never);
    expect(verdict).toMatchObject({ kind: 'applied', resolutions: [] });
  });
});
