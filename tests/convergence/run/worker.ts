import { parentPort } from 'node:worker_threads';
import { makeTemplate } from '../world/service-host.ts';
import { type Played, play, shrink } from './play.ts';
import { scenarioOf } from './scenario.ts';

/** What a worker is asked: one seed at a time, so that all of them end together; null ends it. */
export type Asked = { readonly seed: number; readonly shrink: boolean } | null;
/** `ready` asks for a seed. */
export type Told =
  | { readonly kind: 'ready' }
  | { readonly kind: 'played'; readonly played: Played; readonly steps: number };

const port = parentPort;
if (!port) throw new Error('This file is the code of a worker: see simulate.ts.');
const template = await makeTemplate();
const tell = (told: Told) => port.postMessage(told);

port.on('message', (asked: Asked) => {
  if (asked) void playSeed(asked);
  else {
    template.remove();
    port.close();
  }
});
tell({ kind: 'ready' });

async function playSeed({ seed, shrink: isShrinking }: NonNullable<Asked>): Promise<void> {
  const scenario = scenarioOf(seed);
  const played = await play(template, scenario);
  if (played.broken && isShrinking) {
    const smaller = await shrink(template, scenario, played.broken.law);
    tell({ kind: 'played', played: smaller.played, steps: smaller.scenario.steps.length });
  } else {
    tell({
      kind: 'played',
      played: { ...played, trace: played.broken ? played.trace : [] },
      steps: scenario.steps.length,
    });
  }
  tell({ kind: 'ready' });
}
