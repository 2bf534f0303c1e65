import { aligned, distributed } from '@skerry/studio/renderer/canvas/align';
import { boundsOf, overlaps } from '@skerry/studio/renderer/canvas/geometry';
import { guided } from '@skerry/studio/renderer/canvas/helper-lines';
import { boxFromSidecar, placed } from '@skerry/studio/renderer/canvas/placing';
import { nextInDirection, readingOrder } from '@skerry/studio/renderer/canvas/spatial';
import { firstViewport, rememberedViewport, rememberViewport } from '@skerry/studio/renderer/canvas/viewport-memory';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const box = (x: number, y: number, width = 100, height = 50) => ({ x, y, width, height });
const size = fc.record({ width: fc.integer({ min: 20, max: 300 }), height: fc.integer({ min: 20, max: 300 }) });
const anyBox = fc
  .tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }), size)
  .map(([x, y, { width, height }]) => ({ x, y, width, height }));

describe('walking with the arrow keys', () => {
  const boxes = new Map([
    ['a', box(0, 0)],
    ['b', box(200, 10)],
    ['c', box(210, 300)],
    ['d', box(0, 310)],
  ]);
  it('goes to the nearest box in the direction', () => {
    expect([
      nextInDirection(boxes, 'a', 'right'),
      nextInDirection(boxes, 'a', 'down'),
      nextInDirection(boxes, 'c', 'left'),
      nextInDirection(boxes, 'c', 'up'),
    ]).toEqual(['b', 'd', 'd', 'b']);
  });
  it('stays where nothing lies ahead', () => {
    expect(nextInDirection(boxes, 'a', 'left')).toBeUndefined();
    expect(nextInDirection(boxes, 'a', 'up')).toBeUndefined();
  });
  it('reads rows from the left', () => {
    expect(readingOrder(boxes)).toEqual(['a', 'b', 'd', 'c']);
  });
});

describe('aligning and distributing', () => {
  const boxes = new Map([
    ['a', box(0, 0, 100)],
    ['b', box(130, 40, 60)],
    ['c', box(400, 90, 100)],
  ]);
  it('moves only what is not in line yet', () => {
    expect([...aligned(boxes, 'left')]).toEqual([
      ['b', { x: 0, y: 40 }],
      ['c', { x: 0, y: 90 }],
    ]);
    expect([...aligned(boxes, 'bottom')]).toEqual([
      ['a', { x: 0, y: 90 }],
      ['b', { x: 130, y: 90 }],
    ]);
  });
  it('makes gaps equal between boxes that stay at the ends', () => {
    // 500 wide, 260 taken: two gaps of 120.
    expect([...distributed(boxes, 'x')]).toEqual([['b', { x: 220, y: 40 }]]);
  });
});

describe('helper lines', () => {
  it('snap to an edge within reach and show where', () => {
    expect(guided(box(103, 200), [box(100, 0)])).toEqual({
      at: { x: 100, y: 200 },
      lines: [{ axis: 'x', at: 100, from: -16, to: 266 }],
    });
  });
  it('leave a box alone that is near nothing', () => {
    expect(guided(box(130, 200, 111, 50), [box(0, 0)])).toEqual({ at: { x: 130, y: 200 }, lines: [] });
  });
});

describe('places for boxes without geometry', () => {
  it('cover neither each other nor what stands', () => {
    fc.assert(
      fc.property(fc.array(anyBox, { maxLength: 6 }), fc.array(size, { maxLength: 20 }), (standing, missing) => {
        const wishes = new Map(missing.map((wish, i) => [String(i), wish]));
        const places = placed(wishes, standing);
        const made = [...places].map(([id, at]) => ({
          ...at,
          ...(wishes.get(id) as { width: number; height: number }),
        }));
        expect(made).toHaveLength(missing.length);
        for (const [i, one] of made.entries()) {
          for (const other of [...standing, ...made.slice(i + 1)]) expect(overlaps(one, other)).toBe(false);
        }
      }),
    );
  });
  it('read a sidecar entry and refuse a broken one', () => {
    expect(boxFromSidecar({ x: 1, y: 2, width: -5 })).toEqual({ x: 1, y: 2 });
    expect(boxFromSidecar({ x: 'left', y: 2 })).toBeUndefined();
    expect(boxFromSidecar(null)).toBeUndefined();
  });
});

describe('the viewport', () => {
  it('comes back from memory, and a broken memory is none', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    rememberViewport(storage, 'a.json', { x: 1, y: 2, zoom: 0.5 });
    expect(rememberedViewport(storage, 'a.json')).toEqual({ x: 1, y: 2, zoom: 0.5 });
    for (const key of kept.keys()) kept.set(key, '{"x":1,"y":2,"zoom":0}');
    expect(rememberedViewport(storage, 'a.json')).toBeUndefined();
  });
  it('shows all of a small diagram and the readable beginning of a large one', () => {
    const small = new Map([['a', box(0, 0, 500, 400)]]);
    expect(firstViewport(small, 1000, 800)).toEqual({ x: 250, y: 200, zoom: 1 });
    const large = new Map([['a', box(100, 0, 9000, 100)]]);
    expect(firstViewport(large, 1000, 800)).toMatchObject({ x: 40 - 90, zoom: 0.9 });
  });
  it('has bounds around all boxes', () => {
    expect(boundsOf([box(0, 0), box(50, -20)])).toEqual({ x: 0, y: -20, width: 150, height: 70 });
    expect(boundsOf([])).toBeUndefined();
  });
});
