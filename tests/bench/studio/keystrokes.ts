import { randomFillSync } from 'node:crypto';
import { cp, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '@skerry/shared/base/invariant';
import type { DocumentKind } from '@skerry/shared/metamodel/kinds';
import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import { analysisRoom } from '../../../studio/host/analysis/room.ts';
import { createHost } from '../../../studio/host/host.ts';
import { type Measurement, median } from '../bench.ts';

const KEYSTROKES = 40;
const KINDS = ['entity', 'page', 'nanoflow', 'navigationProfile'] as const satisfies readonly DocumentKind[];

/**
 * Typing into the documentation of documents of several kinds, a key at a time, each when the answer to the one before
 * has come: from the command's call until problems and scope of its revision are complete. Without a window.
 */
export async function measureKeystrokes(name: string, project: string, state: string): Promise<readonly Measurement[]> {
  const parent = await mkdtemp(`${state}-`);
  const folder = join(parent, 'project');
  await cp(project, folder, { recursive: true });
  let wake = () => {};
  let complete = -1;
  const host = createHost({
    stateFolder: join(parent, 'state'),
    random: (count) => randomFillSync(new Uint8Array(count)),
    now: () => Date.now(),
    rooms: [(context) => analysisRoom(context)],
    watch: false,
    notify: (what, body) => {
      if (what !== 'analysis/problems' || !('isComplete' in body) || !body.isComplete) return;
      complete = body.revision;
      wake();
    },
  });
  const analysed = async (revision: number) => {
    while (complete < revision) await new Promise<void>((resolve) => (wake = resolve));
  };
  const openedAt = performance.now();
  const { revision } = await host.open(folder);
  const openMs = performance.now() - openedAt;
  await analysed(revision);
  const readyMs = performance.now() - openedAt;
  const commands: number[] = [];
  const whole: number[] = [];
  const { model } = host.context.session();
  const documents = KINDS.map(
    (kind) =>
      must(
        [...model.all(kind).values()].find(({ path }) => !isSystemPath(path)),
        `a ${kind}`,
      ).path,
  );
  let text = '';
  for (let key = 0; key < KEYSTROKES; key++) {
    text += 'x';
    const document = must(documents[key % documents.length], 'documents of every kind');
    const start = performance.now();
    const outcome = await host.handlers['command/run']({
      command: 'element.set',
      arguments: { changes: [{ document, path: ['documentation'], value: text }], merge: document },
    });
    commands.push(performance.now() - start);
    await analysed(outcome.revision);
    whole.push(performance.now() - start);
  }
  await host.close();
  const row = (what: string, value: number, note?: string): Measurement => ({
    bench: 'studio',
    what: `${name}: ${what}`,
    value,
    unit: 'ms',
    ...(note ? { note } : {}),
  });
  const of = `of ${KEYSTROKES}`;
  return [
    row('open a project', openMs, 'read and checked for its files'),
    row('open to all problems', readyMs),
    row('keystroke to its step', median(commands), `median ${of}, journal flushed`),
    row('keystroke to scope and problems', median(whole), `median ${of}`),
    row('keystroke to scope and problems, p95', percentile95(whole), `p95 ${of}`),
  ];
}

export function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
}
