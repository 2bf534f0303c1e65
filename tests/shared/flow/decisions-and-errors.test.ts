import type { JsonObject } from '@skerry/shared/base/json';
import { driveFlow } from '@skerry/shared/flow/drive';
import { describe, expect, test } from 'vitest';
import {
  anItem,
  boolean,
  chain,
  compiled,
  flowDocument,
  id,
  integer,
  MemoryHost,
  parameter,
  type TestEdge,
  type TestNode,
} from './flow-world.ts';
import { run } from './run-flow.ts';

describe('decisions', () => {
  const decide = (condition: string, cases: readonly string[], parameters: readonly JsonObject[]) => {
    const nodes = [
      { id: 'start', kind: 'start' },
      { id: 'split', kind: 'exclusiveSplit', condition },
      ...cases.map((name): TestNode => ({ id: `end ${name}`, kind: 'end', value: `'${name}'` })),
    ];
    const flows = [['start', 'split'] as const, ...cases.map((name): TestEdge => ['split', `end ${name}`, name])];
    return flowDocument(nodes, flows, { parameters: [...parameters], returnType: { kind: 'String' } });
  };

  test('[FL5] an empty condition is false; an enumeration has cases by name and one for empty', async () => {
    const flag = decide('$B', ['true', 'false'], [parameter('B', boolean, false)]);
    expect(await run(flag, { B: true })).toBe('true');
    expect(await run(flag, { B: null })).toBe('false');
    const colour = decide(
      '$C',
      ['Red', 'Blue', 'empty'],
      [parameter('C', { kind: 'Enumeration', enumeration: 'T.Color' }, false)],
    );
    expect(await run(colour, { C: { kind: 'enumeration', enumeration: 'T.Color', value: id('Blue') } })).toBe('Blue');
    expect(await run(colour)).toBe('empty');
    const bare = decide(
      '$C',
      ['Red', 'Blue'],
      [parameter('C', { kind: 'Enumeration', enumeration: 'T.Color' }, false)],
    );
    expect(await run(bare)).toMatchObject({ code: 'flow/no-case', node: id('split'), flow: 'T.Flow' });
  });

  test('[FL5] a type decision takes the most special entity, whatever the order of its cases', async () => {
    const host = new MemoryHost();
    const cases = ['T.Item', 'T.Special', 'empty'];
    const nodes = [
      { id: 'start', kind: 'start' },
      { id: 'split', kind: 'typeSplit', variable: 'O' },
      ...cases.map((name): TestNode => ({ id: `end ${name}`, kind: 'end', value: `'${name}'` })),
    ];
    const flows = [['start', 'split'] as const, ...cases.map((name): TestEdge => ['split', `end ${name}`, name])];
    const flow = flowDocument(nodes, flows, {
      parameters: [parameter('O', anItem, false)],
      returnType: { kind: 'String' },
    });
    expect(await run(flow, { O: host.add() }, host)).toBe('T.Item');
    expect(await run(flow, { O: host.add({}, 'T.Special') }, host)).toBe('T.Special');
    expect(await run(flow)).toBe('empty');
  });
});

describe('errors', () => {
  const ask = (errorHandling: string): TestNode => ({
    id: 'ask',
    kind: 'callAction',
    action: 'T.Ask',
    arguments: { Value: '3' },
    output: 'R',
    errorHandling,
  });
  const handled = (errorHandling: string, handler: readonly TestNode[]) =>
    flowDocument(
      [{ id: 'start', kind: 'start' }, ask(errorHandling), { id: 'end', kind: 'end', value: '0' }, ...handler],
      [
        ['start', 'ask'],
        ['ask', 'end'],
        ['ask', 'handler', { error: true }],
      ],
      { returnType: integer },
    );

  test('[FL11] abort fails the flow with the error and its place', async () => {
    expect(await run(chain([ask('abort')]))).toEqual({
      code: 'test/odd',
      message: '3 is odd',
      node: id('ask'),
      flow: 'T.Flow',
    });
  });

  test('[FL11] continue goes on with an empty output and without what the activity wrote', async () => {
    const host = new MemoryHost();
    expect(await run(chain([ask('continue')], { returnType: integer }, '$R'), {}, host)).toBeNull();
    expect(host.rows.size).toBe(0);
    expect(host.trace).toEqual(['set activity0', 'ask 3', 'back activity0', 'release activity0']);
  });

  test('[FL12] a handler with roll-back begins from where the flow began', async () => {
    const host = new MemoryHost();
    const flow = handled('customWithRollback', [{ id: 'handler', kind: 'end', value: 'length($latestError)' }]);
    expect(await run(flow, {}, host)).toBe('3 is odd'.length);
    expect(host.trace).toEqual(['set flow0', 'ask 3', 'back flow0', 'release flow0']);
  });

  test('[FL11] an error end hands on the very error that was caught', async () => {
    const flow = handled('customWithoutRollback', [{ id: 'handler', kind: 'errorEnd' }]);
    expect(await run(flow)).toEqual({ code: 'test/odd', message: '3 is odd', node: id('ask'), flow: 'T.Flow' });
  });

  test('[FL11] an error value of an expression is the error of its activity, and can be caught', async () => {
    const set = { id: 'set', kind: 'createVariable', type: { kind: 'Decimal' }, value: '1 div $Zero', output: 'R' };
    const zero = { id: 'zero', kind: 'createVariable', type: integer, value: '0', output: 'Zero' };
    expect(await run(chain([zero, set]))).toMatchObject({ node: id('set'), flow: 'T.Flow' });
    expect(await run(chain([zero, { ...set, errorHandling: 'continue' }], { returnType: integer }, '7'))).toBe(7);
  });

  test('[FL13] an endless loop is stopped, and no handler of its own catches that', async () => {
    const host = new MemoryHost();
    const endless = flowDocument(
      [
        { id: 'start', kind: 'start' },
        { id: 'merge', kind: 'merge' },
        { id: 'set', kind: 'createVariable', type: integer, value: '1', output: 'A', errorHandling: 'continue' },
      ],
      [
        ['start', 'merge'],
        ['merge', 'set'],
        ['set', 'merge'],
      ],
    );
    const outcome = await driveFlow(
      compiled(endless),
      {},
      { ...host, limits: { steps: 100, depth: 5 }, environment: host.environment, perform: host.perform },
    );
    expect(outcome).toMatchObject({ ok: false, error: { code: 'flow/too-many-steps' } });
  });

  test('[FL13] flows that call each other without end are stopped at a depth', async () => {
    const host = new MemoryHost();
    const program = compiled(chain([{ id: 'self', kind: 'callNanoflow', nanoflow: 'T.Flow' }]));
    const outcome = await driveFlow(
      program,
      {},
      {
        environment: host.environment,
        perform: host.perform,
        limits: { steps: 100, depth: 5 },
        program: () => program,
      },
    );
    expect(outcome).toMatchObject({ ok: false, error: { code: 'flow/too-deep' } });
  });

  test('a required parameter without a value is refused', async () => {
    expect(await run(chain([], { parameters: [parameter('O', anItem)] }))).toMatchObject({
      code: 'flow/missing-argument',
    });
  });

  test('an object that is needed and empty is an error', async () => {
    const change = { id: 'change', kind: 'changeObject', variable: 'O', changes: [{ member: 'Value', value: '1' }] };
    expect(await run(chain([change], { parameters: [parameter('O', anItem, false)] }))).toMatchObject({
      code: 'flow/empty-object',
      node: id('change'),
    });
  });
});
