import { afterEach, describe, expect, it } from 'vitest';
import { type AppBuilder, idOf } from '../../support/model-builder.ts';
import { type Harness, startHarness, type TestDevice } from '../support/harness.ts';
import { demo, edit, make, member, ordersApp, PEOPLE } from './support/orders.ts';

let harness: Harness;
let anna: TestDevice;
afterEach(() => harness.close());

/** Workers may read what an order costs with tax, and never the cost itself. */
function calculatingApp(factor = 2): AppBuilder {
  const app = ordersApp();
  const path = 'modules/M/entities/Order.json';
  const content = app.build().get(path)!;
  const calculated = (name: string, type: object, expression: string) => ({
    id: idOf(`M.Order/${name}`),
    name,
    type,
    calculatedBy: { kind: 'expression', expression },
  });
  const [worker, boss] = content.accessRules as { members: object }[];
  return app.withDocument(path, {
    ...content,
    attributes: [
      ...(content.attributes as object[]),
      calculated('Label', { kind: 'String', length: 12 }, "'costs ' + toString($currentObject/Gross)"),
      calculated('Gross', { kind: 'Integer' }, `$currentObject/Cost * ${factor}`),
    ],
    accessRules: [{ ...worker!, members: { ...worker!.members, Gross: 'read', Label: 'read' } }, boss],
  } as never);
}

async function start(): Promise<void> {
  harness = await startHarness(calculatingApp().model(), [
    ...PEOPLE,
    demo('Order', 'o1', { Title: 'one', Cost: 10, Open: true }),
  ]);
  anna = await harness.signIn('anna', 'dA');
  await anna.pull();
}

const shown = () => [anna.cells('o1')?.[member('Order/Gross')], anna.cells('o1')?.[member('Order/Label')]];

describe('a calculated attribute', () => {
  it('comes with its last value to whoever may not read what it is made of', async () => {
    await start();
    expect(shown()).toEqual([20, 'costs 20']);
    expect(anna.cells('o1')).not.toHaveProperty([member('Order/Cost')]);
    const bob = await harness.signIn('bob', 'dB');
    await bob.write(edit('Order', 'o1', { Cost: 7_000_000 }, { Cost: 10 }));
    await anna.pull();
    // As long as the attribute holds, and no longer.
    expect(shown()).toEqual([14_000_000, 'costs 140000']);
  });

  it('is empty where it cannot be calculated, and never refuses a write', async () => {
    await start();
    const bob = await harness.signIn('bob', 'dB');
    expect(await bob.write(edit('Order', 'o1', { Cost: 2_000_000_000 }, { Cost: 10 }))).toMatchObject({
      kind: 'applied',
    });
    expect(await anna.write(make('Order', 'o2', { Title: 'two', Open: true }))).toMatchObject({ kind: 'applied' });
    await anna.pull();
    expect(shown()[0]).toBe(null);
    expect(anna.cells('o2')?.[member('Order/Gross')]).toBe(null);
  });

  it('is not taken from a device', async () => {
    await start();
    expect(await anna.write(edit('Order', 'o1', { Gross: 1 }, { Gross: 20 }))).toMatchObject({
      kind: 'rejected',
      member: member('Order/Gross'),
    });
  });

  it('follows a release that calculates otherwise, on devices too', async () => {
    await start();
    const model = calculatingApp(3).model();
    await harness.publish({ ...model, app: { ...model.app, version: '1.1.0' } });
    const next = await harness.signIn('anna', 'dA');
    anna.bundle = next.bundle;
    const [page] = await anna.pull();
    expect(page?.reconciled.map(({ entityId }) => entityId)).toEqual([member('Order')]);
    expect(shown()).toEqual([30, 'costs 30']);
  });
});
