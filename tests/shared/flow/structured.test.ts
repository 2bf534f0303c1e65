import type { JsonObject } from '@skerry/shared/base/json';
import type { FlowEvent } from '@skerry/shared/flow/effect';
import type { FlowProgram } from '@skerry/shared/flow/program';
import { restoreState, serialiseState } from '@skerry/shared/flow/state';
import { startFlow, step } from '@skerry/shared/flow/step';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compiled,
  flowDocument,
  integer,
  items,
  MemoryHost,
  parameter,
  type TestEdge,
  type TestNode,
} from './flow-world.ts';

/** A structured program: what a flow means is told twice, by `nodesOf` and by `interpret`, which share nothing. */
type Statement =
  | { readonly kind: 'set'; readonly name: string; readonly from: string; readonly plus: number }
  | { readonly kind: 'log'; readonly name: string }
  | { readonly kind: 'if'; readonly left: string; readonly right: string; readonly then: Block; readonly else: Block }
  | { readonly kind: 'while'; readonly rounds: number; readonly body: Block }
  | { readonly kind: 'for'; readonly body: Block }
  | { readonly kind: 'jump'; readonly to: 'break' | 'continue' }
  | {
      readonly kind: 'ask';
      readonly name: string;
      readonly handling: 'continue' | 'customWithRollback' | 'customWithoutRollback';
      readonly handler: Block;
    };
type Block = readonly Statement[];

const names = ['a', 'b', 'c'] as const;
const name = fc.constantFrom(...names);

function block(depth: number, inLoop: boolean): fc.Arbitrary<Block> {
  return fc.array(statement(depth, inLoop), { maxLength: 4 });
}

function statement(depth: number, inLoop: boolean): fc.Arbitrary<Statement> {
  const simple: fc.Arbitrary<Statement>[] = [
    fc.record({ kind: fc.constant('set' as const), name, from: name, plus: fc.integer({ min: -3, max: 3 }) }),
    fc.record({ kind: fc.constant('log' as const), name }),
  ];
  if (inLoop)
    simple.push(
      fc.record({ kind: fc.constant('jump' as const), to: fc.constantFrom('break' as const, 'continue' as const) }),
    );
  if (depth === 0) return fc.oneof(...simple);
  return fc.oneof(
    ...simple,
    fc.record({
      kind: fc.constant('if' as const),
      left: name,
      right: name,
      then: block(depth - 1, inLoop),
      else: block(depth - 1, inLoop),
    }),
    fc.record({ kind: fc.constant('while' as const), rounds: fc.nat(3), body: block(depth - 1, true) }),
    fc.record({ kind: fc.constant('for' as const), body: block(depth - 1, true) }),
    fc.record({
      kind: fc.constant('ask' as const),
      name,
      handling: fc.constantFrom('continue' as const, 'customWithRollback' as const, 'customWithoutRollback' as const),
      handler: block(depth - 1, inLoop),
    }),
  );
}

interface Exit {
  readonly from: string;
  readonly how?: TestEdge[2];
}

/** Draws a block: nodes, arrows, and the arrows that still need a target. Each name of a node is new. */
class Drawing {
  readonly nodes: TestNode[] = [];
  readonly flows: TestEdge[] = [];
  readonly #fresh: () => string;

  constructor(fresh: () => string) {
    this.#fresh = fresh;
  }

  block(statements: Block, entry: readonly Exit[]): readonly Exit[] {
    return statements.reduce<readonly Exit[]>(
      (open, one) => (open.length === 0 ? open : this.#statement(one, open)),
      entry,
    );
  }

  node(open: readonly Exit[], fields: Omit<TestNode, 'id'>): string {
    const own = this.#fresh();
    this.nodes.push({ id: own, ...fields } as TestNode);
    for (const { from, how } of open) this.flows.push(how === undefined ? [from, own] : [from, own, how]);
    return own;
  }

  #statement(one: Statement, open: readonly Exit[]): readonly Exit[] {
    switch (one.kind) {
      case 'set':
        return [
          {
            from: this.node(open, {
              kind: 'changeVariable',
              variable: one.name,
              value: `$${one.from} + (${one.plus})`,
            }),
          },
        ];
      case 'log':
        return [{ from: this.node(open, { kind: 'logMessage', message: `'${one.name}=' + $${one.name}` }) }];
      case 'if': {
        const split = this.node(open, { kind: 'exclusiveSplit', condition: `$${one.left} < $${one.right}` });
        const ends = [
          ...this.block(one.then, [{ from: split, how: 'true' }]),
          ...this.block(one.else, [{ from: split, how: 'false' }]),
        ];
        return ends.length === 0 ? [] : [{ from: this.node(ends, { kind: 'merge' }) }];
      }
      case 'while':
        return [this.#loop(open, { kind: 'while', condition: `$currentIndex < ${one.rounds}` }, one.body)];
      case 'for':
        return [this.#loop(open, { kind: 'list', list: 'items', item: this.#fresh() }, one.body)];
      case 'jump':
        this.node(open, { kind: one.to });
        return [];
      case 'ask': {
        const ask = this.node(open, {
          kind: 'callAction',
          action: 'T.Ask',
          arguments: { Value: `$${one.name}` },
          output: this.#fresh(),
          errorHandling: one.handling,
        });
        if (one.handling === 'continue') return [{ from: ask }];
        const log = this.node([{ from: ask, how: { error: true } }], { kind: 'logMessage', message: '$latestError' });
        const ends = [{ from: ask }, ...this.block(one.handler, [{ from: log }])];
        return [{ from: this.node(ends, { kind: 'merge' }) }];
      }
    }
  }

  #loop(
    open: readonly Exit[],
    over: { readonly kind: string; readonly item?: string; readonly list?: string; readonly condition?: string },
    body: Block,
  ): Exit {
    const inner = new Drawing(this.#fresh);
    const first = inner.node([], { kind: 'merge' });
    const text =
      over.item === undefined ? "'round ' + $currentIndex" : `'round ' + $currentIndex + ' of ' + $${over.item}/Value`;
    const left = inner.block(body, [{ from: inner.node([{ from: first }], { kind: 'logMessage', message: text }) }]);
    if (left.length > 0) inner.node(left, { kind: 'logMessage', message: "'end of ' + $currentIndex" });
    return { from: this.node(open, { kind: 'loop', over, nodes: inner.nodes, flows: inner.flows }) };
  }
}

function documentOf(statements: Block): JsonObject {
  let count = 0;
  const drawing = new Drawing(() => `n${count++}`);
  const start = drawing.node([], { kind: 'start' });
  const made = names.reduce<readonly Exit[]>(
    (open, output, place) => [
      { from: drawing.node(open, { kind: 'createVariable', type: integer, value: String(place), output }) },
    ],
    [{ from: start }],
  );
  const open = drawing.block(statements, made);
  drawing.node(open, { kind: 'end', value: '$a * 10000 + $b * 100 + $c' });
  return flowDocument(drawing.nodes, drawing.flows, { parameters: [parameter('items', items)], returnType: integer });
}

const VALUES = [4, 7];

/** The meaning, directly: a trace and a result. Rows are the values that `ask` wrote and that were not undone. */
function interpret(statements: Block) {
  const variables: Record<string, number> = { a: 0, b: 1, c: 2 };
  const trace: string[] = [];
  let rows: number[] = [];
  const get = (key: string) => variables[key] ?? 0;
  const run = (body: Block): 'on' | 'break' | 'continue' => {
    for (const one of body) {
      const went = perform(one);
      if (went !== 'on') return went;
    }
    return 'on';
  };
  const rounds = (texts: readonly string[], body: Block): 'on' => {
    for (const [round, text] of texts.entries()) {
      trace.push(text);
      const went = run(body);
      if (went === 'break') break;
      if (went === 'on') trace.push(`end of ${round}`);
    }
    return 'on';
  };
  const perform = (one: Statement): 'on' | 'break' | 'continue' => {
    switch (one.kind) {
      case 'set':
        variables[one.name] = get(one.from) + one.plus;
        return 'on';
      case 'log':
        trace.push(`${one.name}=${get(one.name)}`);
        return 'on';
      case 'if':
        return run(get(one.left) < get(one.right) ? one.then : one.else);
      case 'while':
        return rounds(
          Array.from({ length: one.rounds }, (_, round) => `round ${round}`),
          one.body,
        );
      case 'for':
        return rounds(
          VALUES.map((value, round) => `round ${round} of ${value}`),
          one.body,
        );
      case 'jump':
        return one.to;
      case 'ask': {
        const value = get(one.name);
        if (value % 2 === 0) {
          rows.push(value);
          return 'on';
        }
        if (one.handling === 'customWithRollback') rows = [];
        if (one.handling === 'continue') return 'on';
        trace.push(`${value} is odd`);
        return run(one.handler);
      }
    }
  };
  run(statements);
  return { trace, rows, result: get('a') * 10000 + get('b') * 100 + get('c') };
}

function runFlow(program: FlowProgram, throughJson: boolean) {
  const host = new MemoryHost();
  const list = host.list(...VALUES.map((Value) => host.add({ Value })));
  let state = startFlow(program, { items: list });
  let event: FlowEvent = { kind: 'begin' };
  for (;;) {
    if (throughJson) state = restoreState(JSON.parse(JSON.stringify(serialiseState(state))));
    const { state: next, effect } = step(program, state, event, host.environment());
    state = next;
    if (!effect) break;
    const outcome = host.answer(effect);
    event = outcome.ok ? { kind: 'answer', value: outcome.value } : { kind: 'failure', error: outcome.error };
  }
  const rows = [...host.rows.values()].slice(VALUES.length).map(({ members }) => members.Value);
  const trace = host.trace.filter((line) => line.startsWith('log ')).map((line) => line.slice('log '.length));
  return { status: state.status, trace, rows, result: state.result, open: host.openSavepoints };
}

describe('a structured flow', () => {
  test('[FL1] does what a direct reading of its structure does, savepoints balanced', () => {
    fc.assert(
      fc.property(block(3, false), (statements) => {
        const { status, open, ...outcome } = runFlow(compiled(documentOf(statements)), false);
        expect(status).toBe('completed');
        expect(open).toBe(0);
        expect(outcome).toEqual(interpret(statements));
      }),
      { numRuns: 150 },
    );
  });

  test('[FL2] goes on the same way when its state has been stored at every step', () => {
    fc.assert(
      fc.property(block(3, false), (statements) => {
        const program = compiled(documentOf(statements));
        expect(runFlow(program, true)).toEqual(runFlow(program, false));
      }),
      { numRuns: 60 },
    );
  });
});
