import { nextStack, type PageEntry, type PageStack, type StackEvent } from '@skerry/runtime/ui/data/page-stack';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const entry = (key: number): PageEntry => ({ key, page: `M.P${key}`, args: {} });
const after = (...events: StackEvent[]) => events.reduce<PageStack>(nextStack, [entry(0)]).map(({ key }) => key);

test('pages open on top of each other and close in turn', () => {
  expect(after({ kind: 'push', entry: entry(1) }, { kind: 'push', entry: entry(2) }, { kind: 'pop' })).toEqual([0, 1]);
});

test('a page of the menu starts the stack anew', () => {
  expect(after({ kind: 'push', entry: entry(1) }, { kind: 'home', entry: entry(2) })).toEqual([2]);
});

test('going back several pages at once keeps what lies below', () => {
  expect(
    after({ kind: 'push', entry: entry(1) }, { kind: 'push', entry: entry(2) }, { kind: 'cut', depth: 1 }),
  ).toEqual([0]);
});

test('there is always a page, whatever is closed', () => {
  const event = fc.oneof(
    fc.nat(9).map((key): StackEvent => ({ kind: 'push', entry: entry(key) })),
    fc.nat(9).map((key): StackEvent => ({ kind: 'home', entry: entry(key) })),
    fc.constant<StackEvent>({ kind: 'pop' }),
    fc.integer({ min: -2, max: 5 }).map((depth): StackEvent => ({ kind: 'cut', depth })),
  );
  fc.assert(
    fc.property(fc.array(event), (events) => {
      expect(after(...events).length).toBeGreaterThan(0);
    }),
  );
});
