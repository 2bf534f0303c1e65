import { evaluate, type SyncFacts } from '@skerry/shared/sync/device-state';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const IDLE: SyncFacts = {
  signedIn: true,
  sessionExpired: false,
  hasBundle: true,
  foreignService: false,
  running: false,
  quiet: false,
  unanswered: 0,
  uncovered: 0,
  firstSyncDone: true,
  asked: false,
  pulled: 'upToDate',
  openPull: false,
  uploadsOnSave: true,
  bodiesToSend: 0,
  bodiesToFetch: 0,
  nextScopeChangeMs: null,
  nextPeriodicMs: null,
  clockOffsetMs: 0,
  backoff: null,
};
const NOW = 1_000_000;
const decide = (facts: Partial<SyncFacts>) => evaluate({ ...IDLE, ...facts }, NOW).kind;

const facts = fc.record({
  signedIn: fc.boolean(),
  sessionExpired: fc.boolean(),
  hasBundle: fc.boolean(),
  foreignService: fc.boolean(),
  running: fc.boolean(),
  quiet: fc.boolean(),
  unanswered: fc.nat(2),
  uncovered: fc.nat(2),
  firstSyncDone: fc.boolean(),
  asked: fc.boolean(),
  pulled: fc.constantFrom<'upToDate' | 'stale'>('upToDate', 'stale'),
  openPull: fc.boolean(),
  uploadsOnSave: fc.boolean(),
  bodiesToSend: fc.nat(2),
  bodiesToFetch: fc.nat(2),
  nextScopeChangeMs: fc.option(fc.integer({ min: NOW - 10, max: NOW + 10 })),
  nextPeriodicMs: fc.option(fc.integer({ min: NOW - 10, max: NOW + 10 })),
  clockOffsetMs: fc.integer({ min: -5, max: 5 }),
  backoff: fc.option(fc.record({ untilMs: fc.integer({ min: NOW - 10, max: NOW + 10 }), attempt: fc.nat(3) })),
});

describe('what a device does next', () => {
  test('nothing without a session, a bundle and the right service, whatever else is so', () => {
    fc.assert(
      fc.property(facts, (some) => {
        fc.pre(!some.signedIn || some.sessionExpired || !some.hasBundle || some.foreignService);
        expect(['wait', 'continue']).toContain(evaluate(some, NOW).kind);
      }),
    );
  });

  test('one action at a time', () => {
    fc.assert(
      fc.property(facts, (some) => {
        expect(evaluate({ ...some, running: true }, NOW)).toEqual({ kind: 'continue' });
      }),
    );
  });

  test('never pulls over work that it could send first', () => {
    fc.assert(
      fc.property(facts, (some) => {
        fc.pre(some.unanswered > 0);
        expect(evaluate(some, NOW).kind).not.toBe('download');
      }),
    );
  });

  test('moves bodies only when rows are settled', () => {
    fc.assert(
      fc.property(facts, (some) => {
        const { kind } = evaluate(some, NOW);
        if (kind === 'sendBodies' || kind === 'fetchBodies')
          expect([some.uncovered, some.openPull, some.asked]).toEqual([0, false, false]);
      }),
    );
  });

  test('waits out a failure, unless somebody asks', () => {
    const backoff = { untilMs: NOW + 5, attempt: 1 };
    expect(decide({ backoff, unanswered: 1 })).toBe('wait');
    expect(decide({ backoff, pulled: 'stale' })).toBe('wait');
    expect(decide({ backoff, asked: true })).toBe('download');
    expect(evaluate({ ...IDLE, backoff: { untilMs: NOW, attempt: 1 }, unanswered: 1 }, NOW)).toEqual({
      kind: 'upload',
    });
  });

  test('pulls what has been answered and not been covered', () => {
    expect(decide({ uncovered: 1 })).toBe('download');
  });

  test('wakes at the corrected instant of the next change of scope', () => {
    const at = { nextScopeChangeMs: NOW + 100, clockOffsetMs: 40 };
    expect(evaluate({ ...IDLE, ...at }, NOW)).toEqual({ kind: 'wait', untilMs: NOW + 60, because: 'idle' });
    expect(evaluate({ ...IDLE, ...at }, NOW + 60)).toEqual({ kind: 'download' });
  });

  test('is still when it is to be quiet', () => {
    expect(decide({ quiet: true, unanswered: 3, pulled: 'stale', firstSyncDone: false })).toBe('wait');
  });
});
