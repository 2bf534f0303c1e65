import type { JsonObject } from '@skerry/shared/base/json';
import type { Values } from '@skerry/shared/flow/effect';
import { describe, expect, test } from 'vitest';
import { anItem, boolean, integer, items, MemoryHost } from './flow-world.ts';
import { result } from './run-flow.ts';

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
