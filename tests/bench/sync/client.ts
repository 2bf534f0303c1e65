/** The device that is measured, in a process of its own. It answers each step with the time it took. */

import type { Device, Outcome, SyncResult } from '@skerry/runtime/engine/device-face';
import { openNodeDevice } from '@skerry/runtime/platform/node/open-node-device';
import { median } from '../bench.ts';
import { ITEM, itemValues, PROFILE, passwordOf, teamId } from './app.ts';
import type { ClientStep, StepResult } from './messages.ts';
import { benchRow } from './rows.ts';

let device: Device;

process.on('message', (step: ClientStep) => {
  perform(step).then(
    (result) => {
      process.send?.(result, () => {
        if (step.kind === 'close') process.exit(0);
      });
    },
    (error: unknown) => {
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    },
  );
});

async function perform(step: ClientStep): Promise<StepResult> {
  const start = performance.now();
  const took = (bytes = 0): StepResult => ({ ms: performance.now() - start, bytes });
  switch (step.kind) {
    case 'open':
      device = await openNodeDevice({ folder: step.folder, serviceUrl: step.url, profile: PROFILE, automatic: false });
      done(await device.signIn('client', passwordOf('client')));
      return took();
    case 'firstSync':
      return took((await synchronize()).bytes);
    case 'noChange': {
      const times: number[] = [];
      for (let at = 0; at < step.times; at++) {
        const begun = performance.now();
        await synchronize();
        times.push(performance.now() - begun);
      }
      return { ms: median(times), bytes: 0 };
    }
    case 'incremental': {
      const { downloaded, bytes } = await synchronize();
      if (downloaded !== step.expected) throw new Error(`${downloaded} rows came, not ${step.expected}.`);
      return took(bytes);
    }
    case 'write':
      await write(step);
      return took();
    case 'upload': {
      const { applied, bytes } = await synchronize();
      if (applied !== step.expected) throw new Error(`${applied} transactions were applied, not ${step.expected}.`);
      return took(bytes);
    }
    case 'close':
      await device.close();
      return took();
  }
}

async function write({
  from,
  count,
  perTransaction,
  membership,
}: Extract<ClientStep, { kind: 'write' }>): Promise<void> {
  for (let at = 0; at < count; ) {
    const ids = [];
    for (; ids.length < perTransaction && at < count; at++) {
      const { id } = await device.create(ITEM);
      const team: { readonly [member: string]: string } = membership ? { 'Bench.Item_Team': teamId(0) } : {};
      done(await device.change(id, { ...itemValues(benchRow(from + at)), ...team }));
      ids.push(id);
    }
    done(await device.commit(ids));
  }
}

async function synchronize(): Promise<SyncResult> {
  const result = await device.synchronize();
  if (!result.ok || result.rejected.length > 0) throw new Error(JSON.stringify(result));
  return result;
}

function done(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
}
