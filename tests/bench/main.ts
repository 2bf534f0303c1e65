import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Bench, Measurement } from './bench.ts';

/** `npm run bench -- [--only NAME] [--json]`. Every other file of this folder that exports `bench` is one. */
const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } },
});

const benches: Bench[] = [];
for (const file of readdirSync(import.meta.dirname).sort()) {
  if (!file.endsWith('.ts') || file === 'main.ts' || file === 'bench.ts') continue;
  const module: { bench?: Bench } = await import(`./${file}`);
  if (module.bench) benches.push(module.bench);
}
const chosen = benches.filter((bench) => !values.only || values.only.includes(bench.name));
if (chosen.length === 0) {
  console.error(`There is no such bench. Benches: ${benches.map((bench) => bench.name).join(', ')}.`);
  process.exit(2);
}
const found: Measurement[] = [];
for (const bench of chosen) {
  const measured = await bench.run();
  found.push(...measured);
  if (!values.json) for (const one of measured) console.log(row(one));
}
if (values.json) console.log(JSON.stringify(found, undefined, 2));

function row({ bench, what, value, unit, note }: Measurement): string {
  const number = value >= 100 ? value.toFixed(0) : value.toFixed(2);
  return `${bench.padEnd(10)} ${what.padEnd(52)} ${number.padStart(10)} ${unit.padEnd(6)} ${note ?? ''}`.trimEnd();
}
