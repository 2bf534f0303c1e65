import { existsSync, readFileSync } from 'node:fs';
import { checkConstraint } from '@skerry/shared/constraint/check';
import { parseConstraint } from '@skerry/shared/constraint/parse';
import { printConstraint } from '@skerry/shared/constraint/print';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { view } from '../../conformance/fixture.ts';
import { mutated } from './mutated.ts';

const samples = [
  "[Age = 30 and not(L.Person_City/L.City[Name = 'x' or Population > 2.5]/L.City_Country = empty)]",
  "[L.Person_Manager[reversed()]/L.Person/Level = L.Level.High][createdDate > '[%BeginOfCurrentDay%] - 3 * [%DayLength%]']",
  "[contains(Name, $a/B) or year-from-dateTime(Born, 'UTC') >= -5][@L.Strict]",
];

describe('parsing constraints', () => {
  it('[CX8] never throws, and says where, whatever the text; nor does the checker', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), mutated(samples)), (text) => {
        const { tree, diagnostics } = parseConstraint(text);
        printConstraint(tree);
        const checked = checkConstraint(tree, { view, entity: 'L.Person' });
        for (const { span } of [...diagnostics, ...checked.diagnostics]) {
          expect(span!.start).toBeGreaterThanOrEqual(0);
          expect(span!.end).toBeGreaterThanOrEqual(span!.start);
          expect(span!.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('[CX16] prints what it could read so that it reads the same', () => {
    fc.assert(
      fc.property(mutated(samples), (text) => {
        const { tree, diagnostics } = parseConstraint(text);
        fc.pre(diagnostics.length === 0);
        const printed = printConstraint(tree);
        expect(parseConstraint(printed).diagnostics).toEqual([]);
        expect(printConstraint(parseConstraint(printed).tree)).toBe(printed);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['parentheses', `[${'('.repeat(100_000)}`],
    ['not', `[${'not('.repeat(100_000)}`],
    ['brackets', `[${'A.b/C.d['.repeat(100_000)}`],
    ['calls', `[${'length('.repeat(100_000)}`],
  ])('[CX8] refuses %s that are nested beyond all reason', (_name, text) => {
    expect(parseConstraint(text).diagnostics.map(({ code }) => code)).toContain('constraint/too-deep');
  });

  const real = new URL('../../../../shared/data/language/constraint.jsonl', import.meta.url);
  if (!existsSync(real))
    console.warn(`\n  SKIPPED: the 110 real constraints, because ${real.pathname} is not there.\n`);
  it.runIf(existsSync(real))('[CX8] reads every constraint found in real projects', () => {
    const texts = readFileSync(real, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { text: string }).text);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => parseConstraint(text).diagnostics.length > 0)).toEqual([]);
    for (const text of texts) {
      const printed = printConstraint(parseConstraint(text).tree);
      expect(printConstraint(parseConstraint(printed).tree)).toBe(printed);
    }
  });
});
