import type { JsonObject } from '@skerry/shared/base/json';
import type { Values } from '@skerry/shared/flow/effect';
import { startFlow, step } from '@skerry/shared/flow/step';
import Big from 'big.js';
import { describe, expect, test } from 'vitest';
import { chain, compiled, id, integer, MemoryHost, parameter, type TestNode } from './flow-world.ts';
import { result, run, typeOf } from './run-flow.ts';

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
