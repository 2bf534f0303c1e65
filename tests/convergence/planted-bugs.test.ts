import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANTED_BUGS, type PlantedBug } from './run/planted-bug.ts';
import { type Played, play, shrink } from './run/play.ts';
import { scenarioOf } from './run/scenario.ts';
import { makeTemplate, type Template } from './world/service-host.ts';

const MOST_SEEDS = 25;

let template: Template;
beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());

async function firstBroken(bug: PlantedBug): Promise<Played | null> {
  for (let seed = 1; seed <= MOST_SEEDS; seed++) {
    const played = await play(template, scenarioOf(seed), bug);
    if (played.broken) return played;
  }
  return null;
}

/** Laws that each bug may break: it is caught for what it is and not by an accident of its planting. */
const BREAKS: { readonly [name: string]: readonly string[] } = {
  'replay skipped': ['L1', 'verdict'],
  'cursor advanced before apply': ['L2', 'L5'],
  'scope exit forgotten': ['L2'],
};

describe('a planted bug', () => {
  it.each(PLANTED_BUGS.map((bug) => [bug.name, bug] as const))(
    '%s is caught',
    async (name, bug) => {
      const played = await firstBroken(bug);
      expect(played?.broken?.message).toBeDefined();
      expect(BREAKS[name]).toContain(played?.broken?.law);
    },
    300_000,
  );

  it('is shown by a scenario made smaller', async () => {
    const [bug] = PLANTED_BUGS.filter(({ name }) => name === 'scope exit forgotten');
    const played = bug ? await firstBroken(bug) : null;
    const scenario = scenarioOf(played?.seed ?? 0);
    const smaller = await shrink(template, scenario, played?.broken?.law ?? '', bug ?? null);
    expect(smaller.played.broken?.law).toBe(played?.broken?.law);
    expect(smaller.scenario.steps.length).toBeLessThan(scenario.steps.length / 4);
  }, 300_000);
});
