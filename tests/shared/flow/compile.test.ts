import { must } from '@skerry/shared/base/invariant';
import type { JsonObject } from '@skerry/shared/base/json';
import { checkFlow } from '@skerry/shared/flow/check';
import { deviceCapable } from '@skerry/shared/flow/sides';
import { flowVariables } from '@skerry/shared/flow/variables';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { describe, expect, test } from 'vitest';
import {
  anItem,
  chain,
  codes,
  compiled,
  flowDocument,
  flowModel,
  id,
  integer,
  items,
  parameter,
  type TestEdge,
  type TestNode,
} from './flow-world.ts';

const start = { id: 'start', kind: 'start' };
const end = { id: 'end', kind: 'end' };
const set = (name: string, output = name, value = '1'): TestNode => ({
  id: name,
  kind: 'createVariable',
  type: integer,
  value,
  output,
});

describe('the shape of a flow', () => {
  const log = (name: string, more: object = {}): TestNode => ({ id: name, kind: 'logMessage', message: "''", ...more });
  test.each<[string, readonly TestNode[], readonly TestEdge[]]>([
    ['flow/one-start', [end], []],
    [
      'flow/one-start',
      [start, { id: 'start2', kind: 'start' }, end],
      [
        ['start', 'end'],
        ['start2', 'end'],
      ],
    ],
    [
      'flow/stray-edge',
      [start, end],
      [
        ['start', 'end'],
        ['end', 'gone'],
      ],
    ],
    ['flow/no-way-on', [start, log('a')], [['start', 'a']]],
    [
      'flow/many-ways-on',
      [start, end, log('a')],
      [
        ['start', 'end'],
        ['start', 'a'],
        ['a', 'end'],
      ],
    ],
    [
      'flow/way-on',
      [start, end, log('a')],
      [
        ['start', 'end'],
        ['end', 'a'],
        ['a', 'end'],
      ],
    ],
    ['flow/outside-loop', [start, { id: 'break', kind: 'break' }], [['start', 'break']]],
    [
      'flow/no-handler',
      [start, log('a', { errorHandling: 'customWithRollback' }), end],
      [
        ['start', 'a'],
        ['a', 'end'],
      ],
    ],
    [
      'flow/unused-handler',
      [start, log('a'), end],
      [
        ['start', 'a'],
        ['a', 'end'],
        ['a', 'end', { error: true }],
      ],
    ],
    ['flow/no-error', [start, { id: 'error', kind: 'errorEnd' }], [['start', 'error']]],
    [
      'flow/missing-case',
      [start, { id: 's', kind: 'exclusiveSplit', condition: 'true' }, end],
      [
        ['start', 's'],
        ['s', 'end', 'true'],
      ],
    ],
    [
      'flow/no-case',
      [start, { id: 's', kind: 'exclusiveSplit', condition: 'true' }, end],
      [
        ['start', 's'],
        ['s', 'end', 'true'],
        ['s', 'end'],
      ],
    ],
  ])('[FL1] %s is reported', (code, nodes, flows) => {
    expect(codes(flowDocument(nodes, flows))).toContain(code);
  });

  test('[FL1] a flow does not end inside a loop, and a loop begins in one place', () => {
    const loop = (nodes: readonly TestNode[]) =>
      chain([{ id: 'loop', kind: 'loop', over: { kind: 'while', condition: 'false' }, nodes, flows: [] }]);
    expect(codes(loop([{ id: 'inner', kind: 'end' }]))).toEqual(['flow/end-in-loop']);
    expect(codes(loop([]))).toEqual(['flow/one-start']);
    expect(codes(loop([log('a'), log('b')]))).toEqual(['flow/one-start']);
  });

  test('what nothing leads to is a warning and no part of the program', () => {
    const flow = flowDocument([start, end, log('alone', { message: '$nowhere' })], [['start', 'end']]);
    const model = flowModel(flow);
    const found = checkFlow(must(model.find('nanoflow', 'T.Flow'), 'flow').content, domainView(model), 'x.json');
    expect(found).toEqual([
      expect.objectContaining({
        code: 'flow/unreachable',
        severity: 'warning',
        element: id('alone'),
        document: 'x.json',
      }),
    ]);
    expect(compiled(flow).operations.map(({ node }) => node)).toEqual([id('start'), id('end')]);
  });
});

describe('names and texts', () => {
  const given = {
    parameters: [
      parameter('O', anItem),
      parameter('L', items),
      parameter('S', { kind: 'Object', entity: 'T.Special' }),
    ],
  };
  const change = (member: string, value = 'empty', operation = 'set') => ({
    kind: 'changeObject',
    variable: 'O',
    changes: [{ member, value, operation }],
  });
  test.each<[string, JsonObject]>([
    ['flow/unknown-entity', { kind: 'createList', entity: 'T.Nothing', output: 'R' }],
    ['flow/unknown-variable', { kind: 'commit', variable: 'X' }],
    ['flow/variable-kind', { kind: 'changeObject', variable: 'L', changes: [] }],
    ['flow/variable-exists', { kind: 'createList', entity: 'T.Item', output: 'L' }],
    ['flow/variable-name', { kind: 'createList', entity: 'T.Item', output: 'a b' }],
    ['flow/unknown-member', change('Nothing')],
    ['flow/member-not-writable', change('Number')],
    ['flow/not-a-set', change('Value', '1', 'add')],
    ['flow/type-mismatch', change('Value', "'text'")],
    ['flow/type-mismatch', change('T.Item_Parent', '$L')],
    ['flow/type-mismatch', { kind: 'openUrl', url: '1' }],
    [
      'flow/unknown-association',
      { kind: 'retrieve', source: { kind: 'association', variable: 'O', association: 'T.None' }, output: 'R' },
    ],
    ['flow/not-persistable', { kind: 'retrieve', source: { kind: 'database', entity: 'T.Note' }, output: 'R' }],
    ['flow/unknown-document', { kind: 'showPage', page: 'T.None' }],
    ['flow/missing-argument', { kind: 'showPage', page: 'T.Item' }],
    ['flow/unknown-parameter', { kind: 'showPage', page: 'T.Item', arguments: { Item: '$O', More: '1' } }],
    ['flow/impossible-cast', { kind: 'cast', variable: 'O', entity: 'T.Tag', output: 'R' }],
    ['flow/no-value', { kind: 'changeList', variable: 'L', operation: 'add' }],
    ['flow/no-value', { kind: 'aggregateList', variable: 'L', function: 'sum', output: 'R' }],
    ['flow/no-value', { kind: 'clearFromDevice' }],
    ['flow/wrong-side', { kind: 'callRest', method: 'GET', url: "''" }],
  ])('%s is reported', (code, activity) => {
    expect(codes(chain([{ id: 'activity', ...activity } as TestNode], given))).toEqual([code]);
  });

  test('mistakes in expressions and constraints say their place', () => {
    const retrieve = {
      id: 'retrieve',
      kind: 'retrieve',
      source: { kind: 'database', entity: 'T.Item', constraint: '[Nothing = 1]' },
      output: 'R',
    };
    const model = flowModel(chain([retrieve, set('A', 'A', '1 +')]));
    const found = checkFlow(must(model.find('nanoflow', 'T.Flow'), 'flow').content, domainView(model));
    expect(found).toEqual([
      expect.objectContaining({
        element: id('retrieve'),
        path: ['source', 'constraint'],
        code: expect.stringMatching(/^constraint\//),
      }),
      expect.objectContaining({ element: id('A'), path: ['value'], code: expect.stringMatching(/^expression\//) }),
    ]);
  });
});

describe('variables', () => {
  const inScope = (flow: JsonObject, node: string) => {
    const model = flowModel(flow);
    const variables = flowVariables(must(model.find('nanoflow', 'T.Flow'), 'flow').content, domainView(model));
    return Object.fromEntries(
      [...(variables.get(id(node)) ?? [])].map(([name, { type }]) => [
        name,
        'entity' in type ? `${type.kind} ${type.entity}` : type.kind,
      ]),
    );
  };

  test('[FL4] after a decision those are in scope that every way made with one type', () => {
    const flow = flowDocument(
      [
        start,
        { id: 's', kind: 'exclusiveSplit', condition: 'true' },
        set('a1', 'A'),
        set('b', 'B'),
        set('a2', 'A'),
        { id: 'm', kind: 'merge' },
        end,
      ],
      [
        ['start', 's'],
        ['s', 'a1', 'true'],
        ['a1', 'b'],
        ['b', 'm'],
        ['s', 'a2', 'false'],
        ['a2', 'm'],
        ['m', 'end'],
      ],
    );
    expect(inScope(flow, 'm')).toEqual({ A: 'Integer' });
    expect(
      codes({
        ...flow,
        nodes: [...(flow.nodes as JsonObject[]).slice(0, -1), { id: id('end'), kind: 'end', value: '$B' }],
        returnType: integer,
      }),
    ).not.toEqual([]);
  });

  test('[FL4] a way back does not bring variables of the round before', () => {
    const flow = flowDocument(
      [start, { id: 'm', kind: 'merge' }, set('a', 'A'), { id: 's', kind: 'exclusiveSplit', condition: 'true' }, end],
      [
        ['start', 'm'],
        ['m', 'a'],
        ['a', 's'],
        ['s', 'm', 'true'],
        ['s', 'end', 'false'],
      ],
    );
    expect(inScope(flow, 'm')).toEqual({});
    expect(inScope(flow, 'end')).toEqual({ A: 'Integer' });
    expect(codes(flow)).toEqual([]);
  });

  test('[FL4] loops bind an item and an index, error arrows the error; neither is there afterwards', () => {
    const ask = {
      id: 'ask',
      kind: 'callAction',
      action: 'T.Ask',
      arguments: { Value: '1' },
      output: 'R',
      errorHandling: 'customWithRollback',
    };
    const flow = flowDocument(
      [
        start,
        {
          id: 'loop',
          kind: 'loop',
          over: { kind: 'list', list: 'L', item: 'I' },
          nodes: [set('a', 'A'), { id: 'c', kind: 'continue' }],
          flows: [['a', 'c']],
        },
        ask,
        end,
        { id: 'error', kind: 'errorEnd' },
      ],
      [
        ['start', 'loop'],
        ['loop', 'ask'],
        ['ask', 'end'],
        ['ask', 'error', { error: true }],
      ],
      { parameters: [parameter('L', items)] },
    );
    expect(inScope(flow, 'c')).toEqual({ L: 'List T.Item', I: 'Object T.Item', A: 'Integer', currentIndex: 'Integer' });
    expect(inScope(flow, 'ask')).toEqual({ L: 'List T.Item' });
    expect(inScope(flow, 'error')).toEqual({ L: 'List T.Item', latestError: 'String' });
    expect(inScope(flow, 'end')).toEqual({ L: 'List T.Item', R: 'Integer' });
    expect(codes(flow)).toEqual([]);
  });
});

describe('[FL14] a microflow is device-capable', () => {
  const microflow = (name: string, activities: readonly TestNode[]) => ({
    ...chain(activities),
    kind: 'microflow',
    id: id(name),
    name,
  });
  const capability = (flow: JsonObject, more: { readonly [path: string]: JsonObject } = {}) => {
    const model = flowModel(flow, more);
    const found = deviceCapable(must(model.find('microflow', 'T.Flow'), 'flow').content, domainView(model));
    return found.capable ? true : { node: found.node.id, because: found.because };
  };
  const rest = { id: 'rest', kind: 'callRest', method: 'GET', url: "''" };
  const call = (name: string) => ({ id: `call ${name}`, kind: 'callMicroflow', microflow: `T.${name}` });

  test('when nothing in it, in its loops and in what it calls needs the service', () => {
    expect(capability(microflow('Flow', [set('A')]))).toBe(true);
    expect(capability(microflow('Flow', [rest]))).toEqual({
      node: id('rest'),
      because: 'callRest runs on the service only',
    });
    const loop = { id: 'loop', kind: 'loop', over: { kind: 'while', condition: 'false' }, nodes: [rest], flows: [] };
    expect(capability(microflow('Flow', [loop]))).toMatchObject({ node: id('rest') });
    const other = (activity: TestNode) => ({ 'modules/T/microflows/Other.json': microflow('Other', [activity]) });
    expect(capability(microflow('Flow', [call('Other')]), other(rest))).toEqual({
      node: id('call Other'),
      because: 'in T.Other, callRest runs on the service only',
    });
    expect(capability(microflow('Flow', [call('Other')]), other(call('Flow')))).toBe(true);
  });
});
