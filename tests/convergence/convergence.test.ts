import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { play } from './run/play.ts';
import { scenarioOf } from './run/scenario.ts';
import { countTable, missing } from './run/tally.ts';
import { simulate } from './simulate.ts';
import { makeTemplate, type Template } from './world/service-host.ts';

/** As many as the gate has time for; `npm run simulate -- --seeds N` plays more. */
const SEEDS = 500;

describe('the convergence simulation', () => {
  it(`[L1] [L2] [L3] [L4] [L5] hold in ${SEEDS} seeds, and everything that should happen does`, async () => {
    const { failures, counts, seconds } = await simulate({ from: 1, seeds: SEEDS });
    console.log(`${countTable(counts)}\n${SEEDS} seeds in ${seconds.toFixed(0)} s`);
    expect(
      failures.map(({ seed, broken, trace }) => `seed ${seed}: ${broken?.message}\n${trace.slice(-40).join('\n')}`),
    ).toEqual([]);
    expect(missing(counts)).toEqual([]);
  }, 3_600_000);
});

describe('a seed', () => {
  let template: Template;
  beforeAll(async () => {
    template = await makeTemplate();
  });
  afterAll(() => template.remove());

  it('replays exactly', async () => {
    const [first, second] = [await play(template, scenarioOf(7)), await play(template, scenarioOf(7))];
    expect(second.trace).toEqual(first.trace);
    expect(second.counts).toEqual(first.counts);
    expect(first.trace.length).toBeGreaterThan(100);
  });

  it('has three devices of two users, forty operations and every kind of change', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { devices, steps } = scenarioOf(seed);
      expect(devices.length).toBeGreaterThanOrEqual(3);
      expect(new Set(devices.map(({ user }) => user)).size).toBeGreaterThanOrEqual(2);
      expect(steps.filter(({ kind }) => kind === 'act').length).toBeGreaterThanOrEqual(40);
      const kinds = new Set(steps.map(({ kind }) => kind));
      for (const kind of ['crash', 'loseReply', 'role', 'membership', 'publish', 'time'] as const)
        expect(kinds).toContain(kind);
    }
  });
});
