import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where a process spent its time itself, most first: `12.3 %  toBind  shared/relational/bind.ts:7`. */
export function hotSpots(file: string, count: number): readonly string[] {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const times = new Map<string, number>();
  let total = 0;
  samples.forEach((id, at) => {
    const place = places.get(id) ?? '';
    if (place === '(idle)') return;
    const delta = timeDeltas[at] ?? 0;
    total += delta;
    times.set(place, (times.get(place) ?? 0) + delta);
  });
  const top = [...times].sort(([, a], [, b]) => b - a).slice(0, count);
  return top.map(([place, time]) => `${((100 * time) / total).toFixed(1).padStart(5)} %  ${place}`);
}

function placeOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  if (functionName.startsWith('(')) return functionName;
  const path = url.startsWith('file:') ? relative(resolve(import.meta.dirname, '../../..'), fileURLToPath(url)) : url;
  return `${functionName || '(anonymous)'}  ${path}:${lineNumber + 1}`;
}
