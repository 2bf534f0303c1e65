import { afterEach, describe, expect, it } from 'vitest';
import { idOf } from '../../support/model-builder.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { ordersApp, PEOPLE } from './support/orders.ts';

let harness: Harness | null = null;
afterEach(async () => {
  await harness?.close();
  harness = null;
});

const REST = { kind: 'callRest', method: 'GET', url: "'https://example.org'" };

function withOrder(change: (content: { [key: string]: unknown }) => object, app = ordersApp()) {
  const path = 'modules/M/entities/Order.json';
  const content = { ...app.build().get(path)! };
  return app.withDocument(path, { ...content, ...change(content) } as never);
}

describe('publishing', () => {
  it('refuses a handler that the service cannot run, deep down too', async () => {
    const app = ordersApp()
      .withMicroflow('M.Ask', [REST])
      .withMicroflow('M.BCo', [{ kind: 'callMicroflow', microflow: 'M.Ask', arguments: {} }], {
        parameters: { Order: 'M.Order' },
        returnType: { kind: 'Boolean' },
        returns: 'true',
      });
    const handler = { id: idOf('handler'), moment: 'before', event: 'commit', flow: 'M.BCo' };
    const model = withOrder(() => ({ eventHandlers: [handler] }), app).model();
    await expect(startHarness(model, PEOPLE)).rejects.toMatchObject({
      code: 'release/refused',
      message: expect.stringContaining('publish/handler-not-runnable: M.BCo'),
    });
  });

  it('names what the service does less than the model asks for', async () => {
    const calculated = (name: string, calculatedBy: object) => ({
      id: idOf(`M.Order/${name}`),
      name,
      type: { kind: 'Integer' },
      calculatedBy,
    });
    const app = ordersApp()
      .withMicroflow('M.Ask', [REST])
      .withMicroflow('M.Count', [], {
        parameters: { Order: 'M.Order' },
        returnType: { kind: 'Integer' },
        returns: '1',
      });
    const model = withOrder(
      ({ attributes }) => ({
        conflictPolicy: { kind: 'microflow', microflow: 'M.Count' },
        attributes: [
          ...(attributes as object[]),
          calculated('Counted', { kind: 'microflow', microflow: 'M.Count' }),
          calculated('Lines', {
            kind: 'expression',
            expression: 'if $currentObject/M.Line_Order != empty then 1 else 0',
          }),
          calculated('Broken', { kind: 'expression', expression: '$currentObject/Nothing' }),
        ],
      }),
      app,
    ).model();
    harness = await startHarness(ordersApp().model(), PEOPLE);
    const { warnings } = await harness.publish({ ...model, app: { ...model.app, version: '1.1.0' } });
    expect(
      warnings?.map(({ code, message }) => [
        code,
        message
          .split(' ')
          .find((word) => word.startsWith('M.'))
          ?.replace(/[.:]$/, ''),
      ]),
    ).toEqual([
      ['publish/calculation-not-run', 'M.Order/Counted'],
      ['publish/calculation-not-current', 'M.Order/Lines'],
      ['publish/calculation-not-run', 'M.Order/Broken'],
      ['publish/policy-parks', 'M.Order'],
      ['publish/flow-not-runnable', 'M.Ask'],
    ]);
  });
});
