import type { Template } from '../world/service-host.ts';
import type { PlantedBug } from './planted-bug.ts';
import type { Scenario, Step } from './scenario.ts';
import { Simulation } from './simulation.ts';
import type { Counts } from './tally.ts';
import { Violation } from './violation.ts';

export interface Played {
  readonly seed: number;
  readonly counts: Counts;
  readonly trace: readonly string[];
  /** Null when every law held. */
  readonly broken: { readonly law: string; readonly message: string } | null;
}

/** Plays one scenario from a fresh start. The same scenario always gives the same trace. */
export async function play(template: Template, scenario: Scenario, bug: PlantedBug | null = null): Promise<Played> {
  const simulation = new Simulation(template, scenario, bug);
  const { tally, trace } = simulation;
  try {
    await simulation.run();
    return { seed: scenario.seed, counts: tally.counts, trace, broken: null };
  } catch (thrown) {
    const law = thrown instanceof Violation ? thrown.law : 'defect';
    const message =
      thrown instanceof Violation ? thrown.message : String(thrown instanceof Error ? thrown.stack : thrown);
    return { seed: scenario.seed, counts: tally.counts, trace, broken: { law, message } };
  }
}

/** Tries at most so many smaller scenarios. */
const MOST_TRIES = 60;

/**
 * A scenario with fewer steps that breaks the same law: ever smaller pieces are left out as long as it still breaks.
 * Any part of a scenario can be played, since each step makes do with the world it finds.
 */
export async function shrink(
  template: Template,
  scenario: Scenario,
  law: string,
  bug: PlantedBug | null = null,
): Promise<{ readonly scenario: Scenario; readonly played: Played }> {
  let best = scenario;
  let played = await play(template, best, bug);
  let tries = 0;
  for (let size = Math.ceil(best.steps.length / 2); size >= 1 && tries < MOST_TRIES; ) {
    let hasShrunk = false;
    for (let at = 0; at < best.steps.length && tries < MOST_TRIES; ) {
      const steps: readonly Step[] = [...best.steps.slice(0, at), ...best.steps.slice(at + size)];
      const smaller = { ...best, steps };
      tries++;
      const again = await play(template, smaller, bug);
      if (again.broken?.law === law) {
        best = smaller;
        played = again;
        hasShrunk = true;
      } else {
        at += size;
      }
    }
    if (size === 1 && !hasShrunk) break;
    if (!hasShrunk || size > 1) size = Math.floor(size / 2);
  }
  return { scenario: best, played };
}
