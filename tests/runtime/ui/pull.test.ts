import { FURTHEST_PX, IDLE, isReady, nextPull, type Pull, READY_PX } from '@skerry/runtime/ui/data/pull';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const from = (x: number, y: number) => nextPull(IDLE, { kind: 'down', x, y });
const moved = (start: Pull, ...points: readonly (readonly [number, number])[]) =>
  points.reduce((pull, [x, y]) => nextPull(pull, { kind: 'move', x, y }), start);

describe('pulling a page down', () => {
  test('is ready after twice the way that is shown, and idle again once the finger is up', () => {
    const pulled = moved(from(100, 200), [100, 230], [102, 200 + 2 * READY_PX]);
    expect(pulled).toMatchObject({ kind: 'pulling', shownPx: READY_PX });
    expect(isReady(pulled)).toBe(true);
    expect(nextPull(pulled, { kind: 'up' })).toBe(IDLE);
  });

  test('can be taken back before letting go', () => {
    const pulled = moved(from(100, 200), [100, 400], [100, 240]);
    expect(pulled.kind).toBe('pulling');
    expect(isReady(pulled)).toBe(false);
  });

  test.each([
    ['up', [100, 180]],
    ['aside', [140, 215]],
  ] as const)('does not begin with a finger that goes %s first, whatever it does later', (_, first) => {
    expect(moved(from(100, 200), first, [100, 500])).toBe(IDLE);
  });

  test('a finger that only trembles decides nothing', () => {
    expect(moved(from(100, 200), [103, 206])).toMatchObject({ kind: 'touching', x: 100, y: 200 });
  });

  test('never shows less than nothing or more than the furthest, and is ready only while it is pulled', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ max: 999 }), fc.integer({ max: 999 }))), (points) => {
        const pull = moved(from(10, 10), ...points);
        if (pull.kind === 'pulling') {
          expect(pull.shownPx).toBeGreaterThanOrEqual(0);
          expect(pull.shownPx).toBeLessThanOrEqual(FURTHEST_PX);
        } else expect(isReady(pull)).toBe(false);
      }),
    );
  });
});
