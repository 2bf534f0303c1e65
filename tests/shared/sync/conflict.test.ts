import type { Cell } from '@skerry/shared/base/cell';
import { hasMoved, type Met, ownLastOf, settleDelete, settleUpdate } from '@skerry/shared/sync/conflict';
import type { Policy } from '@skerry/shared/sync/policy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { member, object, remove, update } from './values.ts';

const [x, y] = [member('X'), member('Y')];
const a = object(1);
const met = (more: Partial<Met>): Met => ({
  policy: { kind: 'lastWins' },
  memberPolicies: {},
  numbers: {},
  theirs: {},
  moved: true,
  ownLast: new Set(),
  ...more,
});
const both = update(a, { [x]: 'mine', [y]: 'mine' }, { [x]: 'base', [y]: 'base' });
const oneDiffers = { [x]: 'theirs', [y]: 'base' };

describe('policies', () => {
  it('[SY11][SY18] lastWins writes what was set and tells what it wrote over', () => {
    expect(settleUpdate(both, met({ theirs: oneDiffers }))).toEqual({
      kind: 'write',
      set: { [x]: 'mine', [y]: 'mine' },
      resolutions: [{ entityId: both.entityId, objectId: a, member: x, policy: 'lastWins', outcome: 'mine' }],
    });
  });

  it('[SY12] merge keeps theirs where both changed and mine elsewhere', () => {
    const settled = settleUpdate(both, met({ policy: { kind: 'merge', overlap: 'firstWins' }, theirs: oneDiffers }));
    expect(settled).toMatchObject({
      kind: 'write',
      set: { [y]: 'mine' },
      resolutions: [{ member: x, policy: 'merge', outcome: 'theirs' }],
    });
    expect(settled.kind === 'write' && Object.keys(settled.set)).toEqual([y]);
  });

  it('[SY12][SY17] merge with review parks on an overlap and only then', () => {
    const policy: Policy = { kind: 'merge', overlap: 'review' };
    expect(settleUpdate(both, met({ policy, theirs: oneDiffers }))).toMatchObject({
      kind: 'park',
      code: 'sync/review',
      conflicts: [{ member: x, mine: 'mine', base: 'base' }],
    });
    expect(settleUpdate(both, met({ policy, theirs: both.was }))).toMatchObject({ kind: 'write' });
  });

  it('[SY13] firstWins gives the whole object to who came first', () => {
    const settled = settleUpdate(both, met({ policy: { kind: 'firstWins' }, theirs: both.was }));
    expect(settled).toMatchObject({ kind: 'write', set: {} });
    expect(settleUpdate(both, met({ policy: { kind: 'firstWins' }, theirs: both.was, moved: false }))).toMatchObject({
      set: both.set,
    });
  });

  it.each([
    ['review', 'sync/review'],
    ['microflow', 'sync/microflow-policy-waits'],
  ] as const)('[SY13] %s parks an object that moved', (kind, code) => {
    expect(settleUpdate(both, met({ policy: { kind }, theirs: both.was }))).toMatchObject({ kind: 'park', code });
    expect(settleUpdate(both, met({ policy: { kind }, theirs: both.was, moved: false }))).toMatchObject({
      kind: 'write',
    });
  });

  it('[SY14] an attribute decides for itself', () => {
    const under = (own: 'lastWins' | 'firstWins' | 'review') =>
      settleUpdate(
        update(a, { [x]: 'mine' }, { [x]: 'base' }),
        met({ policy: { kind: 'review' }, memberPolicies: { [x]: own }, theirs: { [x]: 'theirs' } }),
      );
    expect(under('lastWins')).toMatchObject({ kind: 'write', set: { [x]: 'mine' } });
    expect(under('firstWins')).toMatchObject({
      kind: 'write',
      set: {},
      resolutions: [{ policy: 'firstWins', outcome: 'theirs' }],
    });
    expect(under('review')).toMatchObject({ kind: 'park' });
  });

  it('[SY9] a difference that this device made is no conflict', () => {
    const policy: Policy = { kind: 'merge', overlap: 'review' };
    expect(settleUpdate(both, met({ policy, theirs: oneDiffers, ownLast: new Set([x]) }))).toMatchObject({
      kind: 'write',
      set: both.set,
    });
  });

  const sum = (type: 'integer' | 'long' | 'decimal', theirs: Cell, base: Cell, mine: Cell) =>
    settleUpdate(
      update(a, { [x]: mine }, { [x]: base }),
      met({ memberPolicies: { [x]: 'sum' }, numbers: { [x]: type }, theirs: { [x]: theirs } }),
    );

  it('[SY15] sum adds both deltas, exactly', () => {
    expect(sum('integer', 12, 10, 13)).toMatchObject({
      set: { [x]: 15 },
      resolutions: [{ policy: 'sum', outcome: 'combined' }],
    });
    expect(sum('long', '9007199254740993', '0', '2')).toMatchObject({ set: { [x]: '9007199254740995' } });
    expect(sum('decimal', '0.1', '0', '0.2')).toMatchObject({ set: { [x]: '0.3' } });
    expect(sum('integer', null, 5, 7)).toMatchObject({ set: { [x]: 2 } });
    expect(sum('integer', 6, 5, null)).toMatchObject({ set: { [x]: null } });
  });

  it('[SY15] refuses a sum that does not fit', () => {
    expect(sum('integer', 2147483647, 0, 1)).toEqual({ kind: 'overflow', member: x });
    expect(sum('long', '9223372036854775807', '0', '1')).toEqual({ kind: 'overflow', member: x });
    expect(sum('decimal', '99999999999999999999', '0', '1')).toEqual({ kind: 'overflow', member: x });
  });

  it('[SY15] gives the same total in whatever order devices arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: -1000, max: 1000 }),
        (deltas, start) => {
          const total = (order: readonly number[]) =>
            order.reduce((theirs, delta) => {
              const settled = sum('integer', theirs, start, start + delta);
              return settled.kind === 'write' ? (settled.set[x] as number) : Number.NaN;
            }, start);
          expect(total(deltas)).toBe(start + deltas.reduce((all, one) => all + one, 0));
          expect(total(deltas.toReversed())).toBe(total(deltas));
        },
      ),
    );
  });

  it('[SY11][SY12][SY14] never writes a member that was not set, and loses none in silence', () => {
    const cell = fc.constantFrom('base', 'theirs', 'mine', null);
    const policy = fc.constantFrom<Policy>(
      { kind: 'lastWins' },
      { kind: 'firstWins' },
      { kind: 'merge', overlap: 'firstWins' },
      { kind: 'merge', overlap: 'review' },
      { kind: 'review' },
    );
    const members = ['A', 'B', 'C'].map(member);
    fc.assert(
      fc.property(
        policy,
        fc.boolean(),
        fc.tuple(cell, cell, cell),
        fc.tuple(cell, cell, cell),
        fc.subarray(members),
        (kind, moved, mine, theirs, own) => {
          const cells = (values: readonly Cell[]) =>
            Object.fromEntries(members.map((one, at) => [one, values[at] ?? null]));
          const operation = update(a, cells(mine), cells(['base', 'base', 'base']));
          const settled = settleUpdate(
            operation,
            met({ policy: kind, moved, theirs: cells(theirs), ownLast: new Set(own) }),
          );
          if (settled.kind !== 'write') return;
          for (const one of members) {
            const told = settled.resolutions.find((resolution) => resolution.member === one);
            const isWritten = Object.hasOwn(settled.set, one);
            expect(isWritten || told?.outcome === 'theirs').toBe(true);
            if (isWritten) expect(settled.set[one]).toBe(operation.set[one]);
          }
        },
      ),
    );
  });
});

describe('deletes', () => {
  it.each([
    [{ kind: 'lastWins' }, 'delete'],
    [{ kind: 'firstWins' }, 'keep'],
    [{ kind: 'merge', overlap: 'firstWins' }, 'keep'],
    [{ kind: 'review' }, 'park'],
    [{ kind: 'microflow' }, 'park'],
  ] as const)('[SY20] under %o an object that moved: %s', (policy, outcome) => {
    expect(settleDelete(remove(a), policy, true).kind).toBe(outcome);
    expect(settleDelete(remove(a), policy, false)).toEqual({ kind: 'delete', resolutions: [] });
  });
});

describe('who changed it', () => {
  const log = [
    { rev: 2, deviceId: 'me', members: ['x'] },
    { rev: 3, deviceId: 'other', members: ['y'] },
    { rev: 4, deviceId: 'me', members: ['z'] },
  ];
  it('[SY10] an object moves by others, not by this device', () => {
    expect(hasMoved(1, 4, 'me', log)).toBe(true);
    expect(hasMoved(3, 4, 'me', log)).toBe(false);
    expect(hasMoved(4, 4, 'me', [])).toBe(false);
  });
  it('[SY10] system members do not count', () => {
    expect(hasMoved(1, 2, 'me', [{ rev: 2, deviceId: 'other', members: [] }])).toBe(false);
  });
  it('[SY10] what the log has forgotten counts as moved', () => {
    expect(hasMoved(1, 4, 'me', log.slice(2))).toBe(true);
  });
  it('[SY9] the last writer of each member', () => {
    expect(ownLastOf(['x', 'y', 'z', 'w'], 'me', log)).toEqual(new Set(['x', 'z']));
  });
});
