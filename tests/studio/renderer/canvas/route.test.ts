import type { Box, Point } from '@skerry/studio/renderer/canvas/geometry';
import { grown, overlaps, segmentBox } from '@skerry/studio/renderer/canvas/geometry';
import { placedLabels, pointAlong, roundedPath } from '@skerry/studio/renderer/canvas/path';
import { type Route, routes, straightened } from '@skerry/studio/renderer/canvas/route';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const box = (x: number, y: number, width = 100, height = 50): Box => ({ x, y, width, height });
const segments = (route: Route) => route.slice(1).map((to, i) => [route[i] as Point, to] as const);
const crosses = (route: Route, at: Box) =>
  segments(route).some(([a, b]) => {
    const line = segmentBox(a, b);
    return overlaps({ ...line, width: Math.max(line.width, 0.1), height: Math.max(line.height, 0.1) }, grown(at, -1));
  });

describe('routes between boxes', () => {
  it('run straight between boxes that face each other', () => {
    const boxes = new Map([
      ['a', box(0, 0)],
      ['b', box(300, 0)],
    ]);
    expect(routes([{ id: 'l', from: 'a', to: 'b' }], boxes).get('l')).toEqual([
      { x: 100, y: 25 },
      { x: 300, y: 25 },
    ]);
  });
  it('lead around a box that stands between', () => {
    const between = box(150, -40, 100, 130);
    const boxes = new Map([
      ['a', box(0, 0)],
      ['b', box(300, 0)],
      ['c', between],
    ]);
    const route = routes([{ id: 'l', from: 'a', to: 'b' }], boxes).get('l') as Route;
    expect(crosses(route, between)).toBe(false);
  });
  it('find a way through a wall of boxes that a simple bend cannot take', () => {
    const boxes = new Map<string, Box>([
      ['a', box(0, 0)],
      ['b', box(400, 0)],
    ]);
    for (const [i, y] of [-120, -20, 80].entries()) boxes.set(`w${i}`, box(180, y, 60, 92));
    boxes.set('roof', box(100, -160, 260, 30));
    const route = routes([{ id: 'l', from: 'a', to: 'b' }], boxes).get('l') as Route;
    for (const [id, at] of boxes) if (id !== 'a' && id !== 'b') expect(crosses(route, at), id).toBe(false);
  });
  it('stand apart where they share a side', () => {
    const boxes = new Map([
      ['a', box(0, 0, 100, 200)],
      ['b', box(300, 0, 100, 80)],
      ['c', box(300, 120, 100, 80)],
    ]);
    const found = routes(
      [
        { id: 'one', from: 'a', to: 'b' },
        { id: 'two', from: 'a', to: 'c' },
      ],
      boxes,
    );
    expect(found.get('one')?.[0]?.y).toBeLessThan(found.get('two')?.[0]?.y as number);
  });
  it('are right-angled, begin and end at their boxes, and are the same each time', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(fc.uniqueArray(place, { minLength: 2, maxLength: 12, selector: String }), (places) => {
        const boxes = new Map(places.map(([x, y], i) => [`n${i}`, box(x * 200, y * 140)]));
        const links = places.slice(1).map((_, i) => ({ id: `l${i}`, from: `n${i}`, to: `n${i + 1}` }));
        const found = routes(links, boxes);
        expect(found).toEqual(routes(links, boxes));
        for (const { id, from, to } of links) {
          const route = found.get(id) as Route;
          for (const [a, b] of segments(route)) expect(a.x === b.x || a.y === b.y).toBe(true);
          expect(overlaps(grown(boxes.get(from) as Box, 1), { ...(route[0] as Point), width: 0.5, height: 0.5 })).toBe(
            true,
          );
          expect(
            overlaps(grown(boxes.get(to) as Box, 1), { ...(route.at(-1) as Point), width: 0.5, height: 0.5 }),
          ).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
  it('leave by different sides and join before they enter in flows', () => {
    const boxes = new Map([
      ['split', box(0, 0)],
      ['straight', box(200, 0)],
      ['below', box(200, 150)],
    ]);
    const found = routes(
      [
        { id: 'no', from: 'split', to: 'below' },
        { id: 'yes', from: 'split', to: 'straight' },
      ],
      boxes,
      { leave: ['right', 'bottom', 'top'], enter: ['left', 'top', 'bottom'], joins: true },
    );
    expect(found.get('yes')?.[0]).toEqual({ x: 100, y: 25 });
    expect(found.get('no')?.[0]).toEqual({ x: 50, y: 50 });
  });
});

describe('drawing a route', () => {
  it('drops points in the middle of lines and keeps corners', () => {
    const line = [0, 10, 20].map((x) => ({ x, y: 0 }));
    expect(straightened([...line, { x: 20, y: 9 }])).toEqual([
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 20, y: 9 },
    ]);
  });
  it('rounds corners, less where there is little room', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 4 },
      ]),
    ).toBe('M0 0L18 0Q20 0 20 2L20 4');
  });
  it('finds points from either end', () => {
    const route = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
    ];
    expect([pointAlong(route, 15), pointAlong(route, -5)]).toEqual([
      { x: 10, y: 5 },
      { x: 10, y: 5 },
    ]);
  });
  it('places labels on no box and on no other label', () => {
    const route = [
      { x: 0, y: 0 },
      { x: 200, y: 0 },
    ];
    const wish = { route, width: 40, height: 18 };
    const found = placedLabels(
      [
        { id: 'a', ...wish },
        { id: 'b', ...wish },
      ],
      new Map([['box', box(70, -20, 60, 40)]]),
    );
    expect(found.get('a')).toBeDefined();
    expect(found.get('b')).not.toEqual(found.get('a'));
    for (const at of found.values()) expect(at.x <= 48 || at.x >= 152).toBe(true);
  });
});
