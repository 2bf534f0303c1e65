import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, type Measurement, median } from './bench.ts';
import { type RawLimits, rawLimits } from './raw.ts';
import type { Rules } from './sync/app.ts';
import type { ClientStep, ServerOptions, StepResult } from './sync/messages.ts';
import { ask, type CountingProxy, countingProxy, ended, folderBytes, peakMegabytes, start } from './sync/process.ts';
import { hotSpots } from './sync/profile.ts';
import { changeElsewhere } from './sync/writer.ts';

/**
 * Sizes come from the environment: ROWS on the service, CH changed elsewhere, UP uploaded, RUNS, RULES (`attributes` or
 * `membership`). PROFILE=folder leaves CPU profiles there and prints where the time went.
 */
const ROWS = sizeOf('ROWS', 100_000);
const CHANGED = sizeOf('CH', 1000);
const UPLOADED = sizeOf('UP', 10_000);
const RUNS = sizeOf('RUNS', 1);
const RULES: Rules = process.env.RULES === 'membership' ? 'membership' : 'attributes';
const PROFILE = process.env.PROFILE;
const PER_TRANSACTION = 100;
const NO_CHANGE_TIMES = 50;

/** First sync, no change, changes from elsewhere, upload: a fresh service, a fresh device and fresh files each run. */
export const bench: Bench = {
  name: 'sync',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'skerry-bench-'));
    try {
      const raw = await rawLimits(ROWS, folder);
      const runs: Run[] = [];
      // Bytes are counted in a run of their own: the proxy takes time on the same cores.
      for (let run = 0; run < RUNS; run++) runs.push(await measure(join(folder, `run-${run}`), false));
      const counted = await measure(join(folder, 'counted'), true);
      return measurements(raw, runs, counted);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Run {
  readonly firstSyncMs: number;
  readonly noChangeMs: number;
  readonly incrementalMs: number;
  readonly writeMs: number;
  readonly uploadMs: number;
  readonly deviceMegabytes: number | null;
  readonly serviceMegabytes: number | null;
  readonly deviceMegabytesAtEnd: number | null;
  readonly serviceMegabytesAtEnd: number | null;
  readonly deviceFileBytes: number;
  readonly wire: { readonly [step: string]: { readonly down: number; readonly up: number } };
}

async function measure(folder: string, isCounted: boolean): Promise<Run> {
  const data = join(folder, 'service');
  const store = join(folder, 'device');
  mkdirSync(data, { recursive: true });
  const options: ServerOptions = { folder: data, rows: ROWS, rules: RULES, seed: true };
  await filled(options);
  const profile = isCounted ? undefined : PROFILE;
  const server = start('server', profile);
  const client = start('client', profile);
  let proxy: CountingProxy | null = null;
  const wire: { [step: string]: { down: number; up: number } } = {};
  try {
    const { url } = await ask<{ url: string }>(server, { ...options, seed: false });
    proxy = isCounted ? await countingProxy(url) : null;
    const step = async (what: ClientStep) => {
      const { ms } = await ask<StepResult>(client, what);
      if (proxy) wire[what.kind] = proxy.take();
      return ms;
    };
    await step({ kind: 'open', folder: store, url: proxy?.url ?? url });
    const firstSyncMs = await step({ kind: 'firstSync' });
    const [deviceMegabytes, serviceMegabytes] = [peakMegabytes(client), peakMegabytes(server)];
    const noChangeMs = await step({ kind: 'noChange', times: NO_CHANGE_TIMES });
    await changeElsewhere(url, CHANGED);
    const incrementalMs = await step({ kind: 'incremental', expected: CHANGED });
    const perTransaction = PER_TRANSACTION;
    const writeMs = await step({
      kind: 'write',
      from: ROWS,
      count: UPLOADED,
      perTransaction,
      membership: RULES === 'membership',
    });
    const uploadMs = await step({ kind: 'upload', expected: Math.ceil(UPLOADED / perTransaction) });
    const [deviceMegabytesAtEnd, serviceMegabytesAtEnd] = [peakMegabytes(client), peakMegabytes(server)];
    await step({ kind: 'close' });
    await ended(client);
    server.send('end');
    await ended(server);
    if (profile) printHotSpots(profile);
    return {
      firstSyncMs,
      noChangeMs,
      incrementalMs,
      writeMs,
      uploadMs,
      deviceMegabytes,
      serviceMegabytes,
      deviceMegabytesAtEnd,
      serviceMegabytesAtEnd,
      deviceFileBytes: folderBytes(store),
      wire,
    };
  } finally {
    proxy?.close();
    for (const child of [server, client]) child.kill('SIGKILL');
  }
}

/** In a process of its own, so that the memory it takes is not the service's. */
async function filled(options: ServerOptions): Promise<void> {
  const child: ChildProcess = start('server', undefined);
  await ask(child, options);
  child.send('end');
  await ended(child);
}

function measurements(raw: RawLimits, runs: readonly Run[], counted: Run): readonly Measurement[] {
  const note = RUNS > 1 ? `median of ${RUNS}` : undefined;
  const of = (pick: (run: Run) => number | null) => median(runs.flatMap((run) => pick(run) ?? []));
  const row = (what: string, value: number, unit: Measurement['unit'], more?: string): Measurement => {
    const notes = [more, note].filter((one) => one !== undefined).join(', ');
    return { bench: 'sync', what, value, unit, ...(notes ? { note: notes } : {}) };
  };
  const firstPerSecond = (ROWS / of((run) => run.firstSyncMs)) * 1000;
  const plainBytes = (raw.fileBytes / ROWS) * (ROWS + UPLOADED);
  const first = counted.wire.firstSync ?? { down: 0, up: 0 };
  const upload = counted.wire.upload ?? { down: 0, up: 0 };
  const noChange = of((run) => run.noChangeMs);
  return [
    row('raw: SQLite inserts', raw.insertRowsPerSecond, 'rows/s', 'WAL, synchronous FULL, one transaction'),
    row('raw: loopback transfer', raw.transferRowsPerSecond, 'rows/s', 'JSON arrays over HTTP'),
    row('raw: transfer, parse and insert', raw.naiveRowsPerSecond, 'rows/s', 'one process'),
    row('raw: round trip', raw.roundTripMs, 'ms', 'fetch, median of 200'),
    row(
      `first sync of ${ROWS}`,
      of((run) => run.firstSyncMs),
      'ms',
      RULES,
    ),
    row('first sync', firstPerSecond, 'rows/s'),
    row('first sync of raw inserts', firstPerSecond / raw.insertRowsPerSecond, 'ratio'),
    row('first sync of raw transfer, parse and insert', firstPerSecond / raw.naiveRowsPerSecond, 'ratio'),
    row('first sync: wire down', first.down / 1e6, 'MB'),
    row('first sync: wire per plain JSON rows', first.down / raw.wireBytes, 'ratio'),
    row(
      'first sync: device peak memory',
      of((run) => run.deviceMegabytes),
      'MB',
    ),
    row(
      'first sync: service peak memory',
      of((run) => run.serviceMegabytes),
      'MB',
    ),
    row('no change', noChange, 'ms', `median of ${NO_CHANGE_TIMES}`),
    row('no change per raw round trip', noChange / raw.roundTripMs, 'ratio'),
    row(
      `${CHANGED} changed of ${ROWS}`,
      of((run) => run.incrementalMs),
      'ms',
    ),
    row(
      `write ${UPLOADED} on the device`,
      (UPLOADED / of((run) => run.writeMs)) * 1000,
      'rows/s',
      `${PER_TRANSACTION} a transaction`,
    ),
    row(
      `upload of ${UPLOADED}`,
      (UPLOADED / of((run) => run.uploadMs)) * 1000,
      'rows/s',
      'until they are in a checkpoint',
    ),
    row('upload: wire up', upload.up / 1e6, 'MB'),
    row(
      'device peak memory at the end',
      of((run) => run.deviceMegabytesAtEnd),
      'MB',
    ),
    row(
      'service peak memory at the end',
      of((run) => run.serviceMegabytesAtEnd),
      'MB',
    ),
    row('device files', of((run) => run.deviceFileBytes) / 1e6, 'MB'),
    row('device files per plain SQLite file', of((run) => run.deviceFileBytes) / plainBytes, 'ratio'),
  ];
}

function printHotSpots(folder: string): void {
  for (const who of ['client', 'server']) {
    console.error(`Where the ${who} spent its time:`);
    for (const line of hotSpots(join(folder, `${who}.cpuprofile`), 25)) console.error(line);
  }
}

function sizeOf(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? otherwise);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${name}=${process.env[name]} is no size. Give a whole number above 0.`);
}
