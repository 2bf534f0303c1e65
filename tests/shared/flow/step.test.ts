import type { JsonObject } from '@skerry/shared/base/json';
import type { Value } from '@skerry/shared/expression/value';
import { driveFlow } from '@skerry/shared/flow/drive';
import type { Values } from '@skerry/shared/flow/effect';
import { startFlow, step } from '@skerry/shared/flow/step';
import Big from 'big.js';
import { describe, expect, test } from 'vitest';
import {
  anItem,
  boolean,
  chain,
  compiled,
  flowDocument,
  id,
  integer,
  items,
  MemoryHost,
  parameter,
  type TestEdge,
  type TestNode,
} from './flow-world.ts';

async function run(flow: JsonObject, given: Values = {}, host = new MemoryHost()) {
  const outcome = await driveFlow(compiled(flow), given, host);
  return outcome.ok ? outcome.value : outcome.error;
}

/** What one expression over parameters and activities gives. */
async function result(
  activities: readonly TestNode[],
  text: string,
  type: JsonObject,
  given: Values = {},
  host = new MemoryHost(),
): Promise<Value> {
  const parameters = Object.keys(given).map((name) => parameter(name, typeOf(given[name] ?? null), false));
  return (await run(chain(activities, { parameters, returnType: type }, text), given, host)) as Value;
}

function typeOf(value: Value): JsonObject {
  if (typeof value === 'number') return integer;
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'list' ? items : anItem;
}

describe('lists', () => {
  const host = new MemoryHost();
  const [one, two, three] = [
    host.add({ Value: 3, Name: 'b' }),
    host.add({ Value: null, Name: 'B' }),
    host.add({ Value: 5, Name: 'a' }),
  ];
  const operate = (operation: JsonObject, given: Values, type: JsonObject = items) =>
    result(
      [{ id: 'operation', kind: 'listOperation', variable: 'L', operation, output: 'R' }],
      '$R',
      type,
      given,
      host,
    );
  const L = host.list(one, two, three);

  test.each([
    ['union', [two, one], [one, two, three]],
    ['intersect', [three, one], [one, three]],
    ['subtract', [one], [two, three]],
  ])('[FL7] %s keeps order and each object once', async (kind, others, expected) => {
    const given = { L: host.list(one, two, three, ...(kind === 'union' ? [one] : [])), O: host.list(...others) };
    expect(await operate({ kind, other: 'O' }, given)).toEqual(host.list(...expected));
  });

  test('[FL7] head, tail, find, filter, range, contains, equals', async () => {
    expect(await operate({ kind: 'head' }, { L }, anItem)).toEqual(one);
    expect(await operate({ kind: 'head' }, { L: host.list() }, anItem)).toBeNull();
    expect(await operate({ kind: 'tail' }, { L })).toEqual(host.list(two, three));
    expect(await operate({ kind: 'find', condition: '$currentObject/Value > 3' }, { L }, anItem)).toEqual(three);
    expect(await operate({ kind: 'filter', condition: "$currentObject/Name != 'B'" }, { L })).toEqual(
      host.list(one, three),
    );
    expect(await operate({ kind: 'range', offset: '1', limit: '1' }, { L })).toEqual(host.list(two));
    expect(await operate({ kind: 'contains', other: 'O' }, { L, O: two }, boolean)).toBe(true);
    expect(await operate({ kind: 'contains', other: 'O' }, { L: host.list(one), O: two }, boolean)).toBe(false);
    expect(await operate({ kind: 'equals', other: 'O' }, { L, O: host.list(three, two, one) }, boolean)).toBe(true);
    expect(await operate({ kind: 'equals', other: 'O' }, { L, O: host.list(three, two) }, boolean)).toBe(false);
    expect(await operate({ kind: 'range', offset: '0 - 1' }, { L })).toMatchObject({ code: 'flow/invalid-range' });
  });

  test('[FL7] sort is stable, empty first, text folded and then by code point', async () => {
    expect(await operate({ kind: 'sort', sort: [{ path: 'Value' }] }, { L })).toEqual(host.list(two, one, three));
    expect(await operate({ kind: 'sort', sort: [{ path: 'Value', descending: true }] }, { L })).toEqual(
      host.list(three, one, two),
    );
    expect(await operate({ kind: 'sort', sort: [{ path: 'Name' }] }, { L })).toEqual(host.list(three, two, one));
  });

  test('[FL8] changing a list leaves other variables with what they had', async () => {
    const activities = [
      { id: 'copy', kind: 'listOperation', variable: 'L', operation: { kind: 'range' }, output: 'Copy' },
      { id: 'add', kind: 'changeList', variable: 'L', operation: 'add', value: '$O' },
      { id: 'again', kind: 'changeList', variable: 'L', operation: 'add', value: '$O' },
      { id: 'remove', kind: 'changeList', variable: 'Copy', operation: 'remove', value: '$One' },
    ];
    const given = { L: host.list(one), O: two, One: one };
    expect(await result(activities, '$L', items, given, host)).toEqual(host.list(one, two));
    expect(await result(activities, '$Copy', items, given, host)).toEqual(host.list());
  });

  test('[FL9] aggregates leave empty out and say what nothing is', async () => {
    const aggregate = (fn: string, given: Values, resultType: JsonObject = integer) =>
      result(
        [
          {
            id: 'aggregate',
            kind: 'aggregateList',
            variable: 'L',
            function: fn,
            expression: '$currentObject/Value',
            resultType,
            output: 'R',
          },
        ],
        '$R',
        fn === 'average' ? { kind: 'Decimal' } : integer,
        given,
        host,
      );
    const none = { L: host.list() };
    expect(await aggregate('count', { L })).toBe(3);
    expect(await aggregate('sum', { L })).toBe(8);
    expect(await aggregate('min', { L })).toBe(3);
    expect(await aggregate('max', { L })).toBe(5);
    expect(String(await aggregate('average', { L }))).toBe('4');
    expect([
      await aggregate('count', none),
      await aggregate('sum', none),
      await aggregate('average', none),
      await aggregate('max', none),
    ]).toEqual([0, 0, null, null]);
  });

  test('[FL9] reduce goes through the list in order', async () => {
    const reduce = {
      id: 'reduce',
      kind: 'aggregateList',
      variable: 'L',
      function: 'reduce',
      initial: "''",
      expression: '$currentResult + $currentObject/Name',
      resultType: { kind: 'String' },
      output: 'R',
    };
    expect(await result([reduce], '$R', { kind: 'String' }, { L }, host)).toBe('bBa');
  });

  test('[FL3] asks once for all that a list of objects lacks', async () => {
    const own = new MemoryHost();
    const [x, y] = [own.add({ Value: 1 }), own.add({ Value: 2 })];
    for (const { id: key } of [x, y]) own.missing.add(`${key}/Value`);
    const filter = {
      id: 'filter',
      kind: 'listOperation',
      variable: 'L',
      operation: { kind: 'filter', condition: '$currentObject/Value = 2' },
      output: 'R',
    };
    expect(await result([filter], '$R', items, { L: own.list(x, y) }, own)).toEqual(own.list(y));
    expect(own.trace).toEqual(['load 2']);
  });
});

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

describe('effects', () => {
  /** The one effect that a single activity asks for. */
  function asked(activity: TestNode, given: Values = {}, host = new MemoryHost(), kind = 'nanoflow') {
    const parameters = Object.keys(given).map((name) => parameter(name, typeOf(given[name] ?? null), false));
    const program = compiled(chain([activity], { kind, parameters }));
    return step(program, startFlow(program, given), { kind: 'begin' }, host.environment()).effect;
  }
  const host = new MemoryHost();
  const O = host.add({ Value: 2, Color: { kind: 'enumeration', enumeration: 'T.Color', value: id('Red') } });
  const L = host.list(O);
  const reference = (name: string, key = name) => ({ id: id(key), name: `T.${name}` });
  const text = { en: 'Is {1}' };

  test.each<[string, JsonObject, object, string?]>([
    [
      'createObject',
      { entity: 'T.Item', changes: [{ member: 'Value', value: '$O/Value + 1' }], commit: true, output: 'New' },
      {
        kind: 'create',
        entity: reference('Item'),
        commit: true,
        changes: [{ member: { id: id('Value'), name: 'Value', kind: 'attribute' }, operation: 'set', value: 3 }],
      },
    ],
    [
      'changeObject',
      { variable: 'O', changes: [{ member: 'T.Item_Parent', value: 'empty' }] },
      {
        kind: 'change',
        object: O,
        commit: false,
        changes: [
          {
            member: {
              id: id('Item_Parent'),
              name: 'T.Item_Parent',
              kind: 'association',
              direction: 'forward',
              single: true,
            },
            operation: 'set',
            value: null,
          },
        ],
      },
    ],
    ['commit', { variable: 'L' }, { kind: 'commit', objects: [O], withEvents: true }],
    ['delete', { variable: 'O' }, { kind: 'delete', objects: [O] }],
    ['rollback', { variable: 'L' }, { kind: 'rollback', objects: [O] }],
    [
      'retrieve',
      {
        source: {
          kind: 'database',
          entity: 'T.Item',
          constraint: '[Value > $O/Value]',
          sort: [{ path: 'Name' }],
          range: { kind: 'custom', offset: '0', limit: '5' },
        },
        output: 'R',
      },
      {
        kind: 'retrieve',
        entity: reference('Item'),
        constraint: '[Value > $O/Value]',
        variables: { O },
        sort: [{ path: 'Name', descending: false }],
        range: { kind: 'custom', offset: 0, limit: 5 },
      },
    ],
    [
      'retrieve',
      { source: { kind: 'association', variable: 'O', association: 'T.Item_Tags' }, output: 'R' },
      {
        kind: 'follow',
        object: O,
        association: { id: id('Item_Tags'), name: 'T.Item_Tags' },
        direction: 'forward',
        single: false,
        entity: reference('Tag'),
      },
    ],
    [
      'callNanoflow',
      { nanoflow: 'T.Flow', arguments: { O: '$O' } },
      { kind: 'callNanoflow', target: reference('Flow', 'flow'), arguments: { O } },
    ],
    [
      'callAction',
      { action: 'T.Ask', arguments: { Value: '1 + 1' }, output: 'R' },
      { kind: 'callAction', target: reference('Ask'), arguments: { Value: 2 } },
    ],
    [
      'callRest',
      { method: 'GET', url: "'https://example.test/' + $O/Value", headers: { Accept: "'text/plain'" }, output: 'R' },
      { kind: 'callRest', method: 'GET', url: 'https://example.test/2', headers: { Accept: 'text/plain' }, body: null },
      'microflow',
    ],
    [
      'showPage',
      { page: 'T.Item', arguments: { Item: '$O' } },
      { kind: 'showPage', page: reference('Item', 'Page'), arguments: { Item: O } },
    ],
    ['closePage', {}, { kind: 'closePage' }],
    ['showHomePage', {}, { kind: 'showHomePage' }],
    ['signOut', {}, { kind: 'signOut' }],
    ['cancelSynchronization', {}, { kind: 'cancelSynchronization' }],
    [
      'showMessage',
      { text, parameters: ['$O/Color'], blocking: true },
      { kind: 'showMessage', level: 'information', text, parameters: ['red!'], blocking: true },
    ],
    [
      'validationFeedback',
      { variable: 'O', member: 'Value', text, parameters: ['$O/Value'] },
      {
        kind: 'validationFeedback',
        object: O,
        member: { id: id('Value'), name: 'Value', kind: 'attribute' },
        text,
        parameters: ['2'],
      },
    ],
    ['openUrl', { url: "'https://example.test'" }, { kind: 'openUrl', url: 'https://example.test' }],
    ['logMessage', { level: 'warning', message: '$O/Value' }, { kind: 'log', level: 'warning', message: '2' }],
    [
      'synchronize',
      { scope: 'selected', variables: ['L', 'O'] },
      { kind: 'synchronize', scope: 'selected', objects: [O, O] },
    ],
    ['synchronizeToDevice', { variable: 'L' }, { kind: 'synchronizeToDevice', objects: [O] }, 'microflow'],
    ['clearFromDevice', { entity: 'T.Item' }, { kind: 'clearFromDevice', entity: reference('Item') }],
  ])('%s asks with names resolved and expressions evaluated', (kind, fields, expected, side) => {
    expect(asked({ id: 'activity', kind, ...fields }, { O, L }, host, side)).toEqual(expected);
  });

  test('cast gives the object where it fits and empty where not', async () => {
    const own = new MemoryHost();
    const cast = { id: 'cast', kind: 'cast', variable: 'O', entity: 'T.Special', output: 'R' };
    const special = own.add({}, 'T.Special');
    const type = { kind: 'Object', entity: 'T.Special' };
    expect(await result([cast], '$R', type, { O: special }, own)).toEqual(special);
    expect(await result([cast], '$R', type, { O: own.add() }, own)).toBeNull();
  });

  test('[FL10] numbers widen to the type of their variable and result', async () => {
    const set = (type: string) => ({
      id: 'set',
      kind: 'createVariable',
      type: { kind: type },
      value: '2',
      output: 'R',
    });
    expect(await result([set('Long')], '$R', { kind: 'Long' })).toBe(2n);
    expect(await result([set('Decimal')], '$R', { kind: 'Decimal' })).toEqual(new Big(2));
    const large = { id: 'set', kind: 'createVariable', type: { kind: 'Long' }, value: '3000000000', output: 'R' };
    expect(await result([large], '$R', integer)).toMatchObject({ code: 'flow/integer-overflow' });
  });

  test('two empty texts join to an empty text, as the checker knows they are texts', async () => {
    const own = new MemoryHost();
    const O = own.add();
    expect(await result([], '$O/Name + $O/Name', { kind: 'String' }, { O }, own)).toBe('');
    expect(await result([], 'if true then ($O/Name + $O/Name) + 1 else empty', { kind: 'String' }, { O }, own)).toBe(
      '1',
    );
    expect(await result([], '$O/Value + $O/Value', integer, { O }, own)).not.toBe('');
  });

  test('what an import could not map fails when it is reached', async () => {
    expect(await run(chain([{ id: 'old', kind: 'opaque', type: 'Old.Thing', raw: {} }]))).toMatchObject({
      code: 'flow/opaque',
      node: id('old'),
    });
  });

  test('an answer that nobody asked for is a defect', () => {
    const program = compiled(chain([]));
    expect(() => step(program, startFlow(program, {}), { kind: 'answer', value: null }, host.environment())).toThrow(
      'waits for nothing',
    );
  });
});
