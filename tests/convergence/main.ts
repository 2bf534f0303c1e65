import { parseArgs } from 'node:util';
import { countTable, missing } from './run/tally.ts';
import { simulate } from './simulate.ts';

const HELP = `npm run simulate -- [--seeds N] [--from S] [--workers W] [--no-shrink]

Plays N seeds (100) from seed S (1): real devices and the real service on a virtual network and clock, and checks the
laws of synchronisation after every step. A failing seed is made smaller and printed. Exit code 1 when a law was broken,
or when, over 100 seeds or more, something that should happen never did.`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string' },
    shrink: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const number = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`--${name} needs a whole number, not ${text}.`);
  process.exit(2);
};
const seeds = number('seeds', values.seeds);
const result = await simulate({
  from: number('from', values.from),
  seeds,
  shrink: values.shrink,
  ...(values.workers === undefined ? {} : { workers: number('workers', values.workers) }),
  onPlayed: ({ seed, broken }, done) => {
    if (broken) console.log(`seed ${seed}: ${broken.message}`);
    else if (done % 25 === 0) console.log(`${done} of ${seeds} seeds`);
  },
});
for (const { seed, broken, trace, steps } of result.failures) {
  console.log(
    `\nSeed ${seed} breaks in ${steps} steps: ${broken?.message}\n${trace.map((line) => `  ${line}`).join('\n')}`,
  );
}
console.log(`\n${countTable(result.counts)}`);
const absent = seeds >= 100 ? missing(result.counts) : [];
if (absent.length > 0) console.log(`\nNever happened: ${absent.join(', ')}.`);
console.log(`\n${result.seeds} seeds, ${result.failures.length} failed, ${result.seconds.toFixed(0)} s`);
process.exit(result.failures.length > 0 || absent.length > 0 ? 1 : 0);
