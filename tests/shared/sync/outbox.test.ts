import { derivedElementId, objectIdFrom } from '@skerry/shared/base/ids';
import { acknowledged, cover, nextBatch, numberBatch, type OutboxEntry } from '@skerry/shared/sync/outbox';
import { linkChanges, mergeLinks, overlay, type PendingOperation } from '@skerry/shared/sync/rebase';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const entry = (ordinal: number, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  ordinal,
  id: `t${ordinal}`,
  sequence: null,
  verdict: null,
  covered: false,
  bytes: 10,
  ...more,
});
const object = (n: number) => objectIdFrom(n, new Uint8Array(10).fill(n));
const E = derivedElementId('e');

describe('an outbox', () => {
  test('sends whole entries in order, at least one however large', () => {
    const entries = [entry(1, { verdict: 'applied', sequence: 1 }), entry(2, { bytes: 500 }), entry(3)];
    expect(nextBatch(entries, { maxEntries: 10, maxBytes: 100 }).map(({ ordinal }) => ordinal)).toEqual([2]);
    expect(nextBatch(entries, { maxEntries: 10, maxBytes: 600 }).map(({ ordinal }) => ordinal)).toEqual([2, 3]);
  });

  test('numbers without gaps, and only what has no number', () => {
    expect(numberBatch([entry(1, { sequence: 4 }), entry(2), entry(3)], 4)).toEqual([
      { ordinal: 2, sequence: 5 },
      { ordinal: 3, sequence: 6 },
    ]);
  });

  test('acknowledges up to the first number without a stored verdict', () => {
    expect(acknowledged([entry(1, { sequence: 3 }), entry(2, { sequence: 4, verdict: 'applied' })], 4)).toBe(2);
    expect(acknowledged([entry(1)], 7)).toBe(7);
  });

  test('lifts what a checkpoint covers, closes what is answered too, and keeps the rest', () => {
    const entries = [
      entry(1, { sequence: 1, verdict: 'applied' }),
      entry(2, { sequence: 2 }),
      entry(3, { sequence: 3, verdict: 'rejected' }),
      entry(4, { sequence: 4, verdict: 'applied' }),
      entry(5),
    ];
    const { lifted, finished, refused } = cover(entries, 3);
    expect([lifted, finished, refused].map((some) => some.map(({ ordinal }) => ordinal))).toEqual([
      [1, 2, 3],
      [1],
      [3],
    ]);
  });
});

const operation: fc.Arbitrary<PendingOperation> = fc.oneof(
  fc.record({
    kind: fc.constant('create' as const),
    entityId: fc.constant(E),
    objectId: fc.constant(object(1)),
    set: fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(3)),
  }),
  fc.record({
    kind: fc.constant('update' as const),
    entityId: fc.constant(E),
    objectId: fc.constant(object(1)),
    baseRev: fc.constant(1),
    set: fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(3)),
    was: fc.constant({}),
  }),
  fc.record({
    kind: fc.constant('delete' as const),
    entityId: fc.constant(E),
    objectId: fc.constant(object(1)),
    baseRev: fc.constant(1),
  }),
);

describe('laying over', () => {
  test('in one go is the same as one after the other, and a delete is for good', () => {
    fc.assert(
      fc.property(fc.array(operation), (operations) => {
        const whole = overlay({ cells: { a: 0 }, links: {} }, operations);
        if (operations.some(({ kind }) => kind === 'delete')) {
          expect(whole).toBeNull();
          return;
        }
        const stepwise = operations.reduce<ReturnType<typeof overlay>>((state, one) => overlay(state, [one]), {
          cells: { a: 0 },
          links: {},
        });
        expect(whole).toEqual(stepwise);
      }),
    );
  });

  test('an update of what the server does not have shows nothing', () => {
    expect(
      overlay(null, [{ kind: 'update', entityId: E, objectId: object(1), baseRev: 0, set: { a: 1 }, was: {} }]),
    ).toBeNull();
  });

  test('a withheld member stays empty', () => {
    const set: PendingOperation = {
      kind: 'update',
      entityId: E,
      objectId: object(1),
      baseRev: 0,
      set: { a: 1, b: 2 },
      was: {},
    };
    expect(overlay({ cells: { a: null, b: null }, links: {} }, [set], (member) => member === 'a')?.cells).toEqual({
      a: null,
      b: 2,
    });
  });

  test('changes of sets lead from one to the other', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 5 })).map((numbers) => numbers.map(object));
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const { add, remove } = linkChanges({ x: before }, { x: after });
        expect(new Set(mergeLinks({ x: before }, add, remove).x)).toEqual(new Set(after));
      }),
    );
  });
});
